"""Backups: made while people write, verified by restoring, restored whole or not at all.

A backup is a folder, or the same as one tar:

    manifest.json          what it holds, with the SHA-256 of every member; written last
    database.sqlite3.zst   or database.sql.zst (what pg_dump prints): one consistent moment
    files.ndjson.zst       every file that the database names: name, sha256, size
    secret_key             unless left out
    files/ab/abcdef…       contents by SHA-256; in a folder of backups they are shared beside them

The database is taken first, then the files it names: nothing deletes a file that a row names, so a
file can only be there or be missing already before. See docs/backup.md.
"""
