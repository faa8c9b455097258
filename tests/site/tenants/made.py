"""What the tenants are to a test: their accounts, browsers and what addresses are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from sheke.directory.models import Account, Organisation
from sheke.ledger.models import Record

ROLES = ("member", "secretary_a", "secretary_b", "staff", "leader", "administrator")


@dataclass
class Tenants:
    """`objects` are numbers and keys for addresses, all of society B unless the name says otherwise."""

    city: Organisation
    a: Organisation
    b: Organisation
    record: Record
    accounts: dict[str, Account] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which the role is signed in; `anonymous` is not."""
        client = Client()
        if role != "anonymous":
            client.force_login(self.accounts[role])
        return client


def words() -> dict[str, Any]:
    """Parts of addresses that are nobody's."""
    return {
        "word": "word", "number": 1,
        "kind": "indicator", "what": "people", "file": "xlsx", "group": "popularisation",
        "code_b": "B", "type": "lecture", "indicator": "lectures_held", "slot": "held",
        "app": "ledger", "noun": "record",
    }  # fmt: skip
