"""The first page after signing in: one desk for each role, its parts read when they are printed.

What counts records is kept in the cache until the ledger moves (`ledger/remembering.py`). See docs/workbench.md.
"""
