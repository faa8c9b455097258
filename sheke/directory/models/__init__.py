"""Nouns of the directory: organisations in a tree, people, tenures, accounts."""

from .accounts import Account
from .organisations import (
    STEP,
    Organisation,
    OrganisationChange,
    OrganisationQuerySet,
    path_range,
)
from .people import Person
from .tenures import Tenure, TenureQuerySet

__all__ = [
    "STEP", "Account", "Organisation", "OrganisationChange", "OrganisationQuerySet", "Person",
    "Tenure", "TenureQuerySet", "path_range",
]  # fmt: skip
