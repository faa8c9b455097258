"""Invitations that a newcomer finds in the list: open, accepted by nobody yet, withdrawn, expired."""

from __future__ import annotations

from datetime import date, timedelta

from sheke.accounts.actions import invite, withdraw
from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations

from .clock import clock

# Who invites whom as what, so many days ago, and whether it was taken back.
ENTRIES = (
    ("guanli", "邹以宁", "staff", "科普科干事", 3, False),
    ("guanli", "祁望舒", "staff", "学会科干事", 40, False),
    ("qinglan", "柏思远", "secretary", "", 5, False),
    ("lishi", "岑若水", "secretary", "副秘书长", 2, False),
    ("lishi", "岑若冰", "secretary", "副秘书长", 2, True),
)


def make_invitations(accounts: dict[str, Account], today: date) -> None:
    """The links are handed to nobody: who tries the demonstration makes their own."""
    for user, name, role, post, days, taken_back in ENTRIES:
        by = accounts[user]
        organisation = acting_organisations(by).order_by("path").first()
        if organisation is None:
            continue
        with clock(today - timedelta(days=days)):
            invitation, _token = invite(
                organisation=organisation, role=role, name=name, post=post, by=by
            )
            if taken_back:
                withdraw(invitation=invitation, by=by)
