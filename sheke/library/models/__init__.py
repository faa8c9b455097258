"""Nouns of the library."""

from .collections import Collection, Placement
from .experts import Career, Distinction, Expert, Merge, NameVariant
from .files import File, Page, PageVersion
from .intake import Batch, Item, Sketch, SketchBand, StepLog
from .links import PersistentLink
from .passages import Check, CheckPassage, CheckReport, CheckSource, CommonWording, Fingerprint
from .searching import SavedSearch
from .works import Adoption, Contribution, Identifier, OtherTitle, Relation, Work

__all__ = [
    "Adoption", "Batch", "Career", "Check", "CheckPassage", "CheckReport", "CheckSource", "Collection",
    "CommonWording", "Contribution", "Distinction", "Expert", "File", "Fingerprint",
    "Identifier", "Item", "Merge", "NameVariant", "OtherTitle", "Page", "PageVersion", "PersistentLink",
    "Placement", "Relation", "SavedSearch", "Sketch", "SketchBand", "StepLog", "Work",
]  # fmt: skip
