"""Nouns of the library."""

from .collections import Collection, Placement
from .experts import Career, Distinction, Expert, Merge, NameVariant
from .files import File, Page, PageVersion
from .intake import Batch, Item, Sketch, SketchBand, StepLog
from .links import PersistentLink
from .works import Adoption, Contribution, Identifier, OtherTitle, Relation, Work

__all__ = [
    "Adoption", "Batch", "Career", "Collection", "Contribution", "Distinction", "Expert", "File",
    "Identifier", "Item", "Merge", "NameVariant", "OtherTitle", "Page", "PageVersion", "PersistentLink",
    "Placement", "Relation", "Sketch", "SketchBand", "StepLog", "Work",
]  # fmt: skip
