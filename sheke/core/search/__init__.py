"""One search over everything that one may see.

analysis   text and queries become the same tokens: simplified, lower case, overlapping Han pairs
sources    what is searched: an app registers its nouns in its own `search.py`
index      where tokens are kept: SQLite's FTS5 or PostgreSQL's tsvector
following  keeps the index true: it follows the sealed audit log, so no action need know of it
finding    the hits that an account may see
"""
