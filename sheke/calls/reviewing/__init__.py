"""From reviewers to scores, on the database: what is found, built and read. Writes are in `actions/`."""
