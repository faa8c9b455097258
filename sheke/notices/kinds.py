"""What people are told, by kind. An app registers its kinds in its own `notices.py`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """`text` is printed with the notice's data when it is read, so in the reader's language.

    key: “app.what”, as in the audit log. label: what a person chooses channels for. urgent: is sent
    at once also to those who chose a digest (quiet hours still hold). personal: concerns the account
    alone, so that no group is ever told.
    """

    key: str
    label: str | Promise
    text: str | Promise  # “%(item)s is due on %(due)s”
    urgent: bool = False
    personal: bool = False


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; a key is registered once."""
    for kind in kinds:
        if KINDS.setdefault(kind.key, kind) != kind:
            raise ValueError(f"two kinds of notice are called {kind.key}")
