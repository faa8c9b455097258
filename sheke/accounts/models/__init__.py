"""Nouns of accounts: what signing in leaves behind, invitations."""

from .history import SignIn
from .invitations import Acceptance, Invitation, Withdrawal
from .passwords import OneTimePassword

__all__ = ["Acceptance", "Invitation", "OneTimePassword", "SignIn", "Withdrawal"]
