"""Texts that other parts of the product have checked: what else such a text is compared with.

An app above the library registers its kind once; a check then names its subject, such as
`calls.version:12`, and the library asks the app by the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Other:
    """A text that is compared with: `key` names it for good, `label` to those who may see the check.

    own: an earlier text of the same authors.
    """

    key: str
    label: str
    text: str
    detail: str = ""
    own: bool = False


class Subject(Protocol):
    """What an app says of one kind of its texts, by primary key."""

    def others(self, pk: int) -> Iterable[Other]:
        """The texts beside the library that it is compared with."""
        ...

    def own_files(self, pk: int) -> Sequence[int]:
        """Files of the library that are the text itself, which it is not compared with."""
        ...

    def may_see(self, account: Any, pk: int) -> bool:
        """Whether the account may see what was found."""
        ...

    def url(self, pk: int) -> str:
        """Where the text stands in the app."""
        ...


_subjects: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Make a kind known, such as `calls.version`."""
    _subjects[kind] = subject


def subject_of(name: str) -> tuple[Subject | None, int]:
    """The kind and primary key of `calls.version:12`; no kind for what nobody registered."""
    kind, _colon, pk = name.partition(":")
    return _subjects.get(kind), int(pk) if pk.isdecimal() else 0
