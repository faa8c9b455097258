"""Verbs of accounts."""

from .factors import note_factor, remove_factors
from .identities import note_identity, unlink_identity
from .invitations import accept_as_known, accept_as_new, invite, send_again, withdraw
from .passwords import change_password, create_with_password, give_password, reset_password
from .sessions import end_sessions

__all__ = [
    "accept_as_known",
    "accept_as_new",
    "change_password",
    "create_with_password",
    "end_sessions",
    "give_password",
    "invite",
    "note_factor",
    "note_identity",
    "remove_factors",
    "reset_password",
    "send_again",
    "unlink_identity",
    "withdraw",
]
