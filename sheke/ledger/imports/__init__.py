"""Records from tables: the template of a type, the dry run, posting all or nothing."""
