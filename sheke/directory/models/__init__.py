"""Nouns of the directory: organisations in a tree, people, tenures, accounts, boards, consents."""

from .accounts import Account
from .boards import Seat, Term, TermQuerySet
from .organisations import (
    STEP,
    Organisation,
    OrganisationChange,
    OrganisationQuerySet,
    path_range,
)
from .people import Person
from .privacy import Consent, Erasure, ErasureRequest
from .tenures import Tenure, TenureQuerySet

__all__ = [
    "STEP", "Account", "Consent", "Erasure", "ErasureRequest", "Organisation",
    "OrganisationChange", "OrganisationQuerySet", "Person", "Seat", "Tenure", "TenureQuerySet",
    "Term", "TermQuerySet", "path_range",
]  # fmt: skip
