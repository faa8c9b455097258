"""The library's search: works, experts and collections, found by any two characters in either script.

    from sheke.library.index import search, suggest

    search(query, account=…, filters={"kind": ["article"]}, sort="newest", page=1) -> Results
    suggest(text, account=…) -> list[Suggestion]

Who is nobody in particular (AnonymousUser) finds what is public: `account` decides about hits, totals,
facets, snippets and suggestions alike. Malformed queries never fail; `Results.asked` says what was understood.

language    what people type becomes a tree of words, phrases, fields and years
planning    the tree, the reader's rights and the filters become one clause that every engine compiles
clauses     the clauses, requests and answers; engine.py the small interface of an engine
engines/    tantivy (embedded), SQLite's FTS5, OpenSearch: all on the same tokens
entries     what is indexed of a work, an expert, a collection
places      where the index lies, which version of it serves, who may write
following   keeps it true by the audit log, and makes it anew beside the old one
finding     hits with their rows of the database; marking: what is marked in them
"""

from .finding import Hit, Results, search
from .suggesting import Suggestion, suggest

__all__ = ["Hit", "Results", "Suggestion", "search", "suggest"]
