"""Nouns of the ledger: records, their versions, participation, evidence, closings.

A record is never edited in place: `Version` keeps every state of it, append-only. `Line` and `Facet`
are derived from the current state; indicators read only these two.
"""

from .confirmations import Confirmation, Query, Reply
from .derived import SCALE, Facet, Line
from .evidence import Evidence, StoredFile
from .imports import ImportRun
from .records import Heading, Participation, Record, RecordQuerySet
from .versions import Closing, Reversal, Version

__all__ = [
    "SCALE", "Closing", "Confirmation", "Evidence", "Facet", "Heading", "ImportRun", "Line",
    "Participation", "Query", "Record", "RecordQuerySet", "Reply", "Reversal", "StoredFile",
    "Version",
]  # fmt: skip
