"""What is searched. An app registers its sources in its own `search.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True)
class Document:
    """What is indexed of one subject. organisations: numbers of those through which it is seen."""

    subject_id: int
    title: str
    text: str = ""
    organisations: Collection[int] = ()


@dataclass(frozen=True)
class Row:
    """How a hit is shown."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of subject.

    documents: those of the numbers that (still) exist. ids: all numbers, the least telling first, since
    later ones are shown before earlier ones. visible: what an account may see, ready for `row`. scope:
    numbers of the organisations through which an account sees such subjects, None for no bound.
    follows: by kind of an audit event's subject (“ledger.record”), the numbers of ours that it touched.
    """

    kind: str
    label: str | Promise
    icon: str
    documents: Callable[[Collection[int]], Iterable[Document]]
    ids: Callable[[], Iterable[int]]
    visible: Callable[[Any], models.QuerySet[Any]]
    row: Callable[[Any], Row]
    scope: Callable[[Any], Collection[int] | None] = lambda account: None
    follows: Mapping[str, Callable[[Collection[int]], Iterable[int]]] = field(default_factory=dict)


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known; shown in the order of registration."""
    SOURCES[source.kind] = source


def same(ids: Collection[int]) -> Collection[int]:
    """For `follows`: the event's subject is ours."""
    return ids
