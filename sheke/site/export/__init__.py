"""Everything in open formats, so that another system can read it. See docs/export.md."""
