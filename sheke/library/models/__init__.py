"""Nouns of the library."""

from .collections import Collection, Placement
from .experts import Career, Distinction, Expert, Merge, NameVariant
from .files import File, Page, PageVersion
from .links import PersistentLink
from .works import Adoption, Contribution, Identifier, OtherTitle, Relation, Work

__all__ = [
    "Adoption", "Career", "Collection", "Contribution", "Distinction", "Expert", "File",
    "Identifier", "Merge", "NameVariant", "OtherTitle", "Page", "PageVersion", "PersistentLink",
    "Placement", "Relation", "Work",
]  # fmt: skip
