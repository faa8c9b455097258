"""One check from its text to what is found, and as the rows that keep it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Prefetch, Q

from ..models import Check, CommonWording, Contribution, Expert, File
from .joining import joined
from .masks import Mask, stretches, without
from .normal import Normal, normalise
from .result import Key, Result, counts_of
from .searching import Searched, search
from .subjects import Other, subject_of
from .wording import shipped_wordings

LEVEL = 6  # digits of a level in an organisation's path


@dataclass(frozen=True)
class PassageRow:
    start: int
    end: int
    source_start: int
    source_end: int
    text: str
    near: bool
    common: bool


@dataclass(frozen=True)
class SourceRow:
    """A source with its passages, the one that holds most of the text first."""

    file: int | None
    subject: str
    label: str
    detail: str
    own: bool
    characters: int
    passages: tuple[PassageRow, ...]


@dataclass(frozen=True)
class Outcome:
    """What `actions.checks.finish_check` writes: numbers of the check, and its sources."""

    numbers: dict[str, Any]
    sources: tuple[SourceRow, ...]


def perform(check: Check) -> Outcome:
    """Compare the text with the holdings, and with what its subject names."""
    start = time.perf_counter()
    subject, pk = subject_of(check.subject)
    others = {one.key: one for one in (subject.others(pk) if subject else ())}
    leave_out = list(subject.own_files(pk)) if subject else []
    if check.work_id is not None:
        leave_out += File.objects.filter(work=check.work_id).values_list("pk", flat=True)
    own = [file for file in own_files(check.authors) if file not in leave_out]
    searched = search(
        check.text, minimum=check.minimum, common=check.common, leave_out=leave_out,
        wordings=wordings_for(check.organisation.path), always=own,
        others={key: one.text for key, one in others.items()},
    )  # fmt: skip
    return _outcome(check.text, searched, others, set(own), start)


def wordings_for(path: str) -> list[str]:
    """The product's lists, and those of an organisation and of the ones above it."""
    above = [path[:n] for n in range(LEVEL, len(path) + 1, LEVEL)]
    kept = CommonWording.objects.filter(organisation__path__in=above)
    return [*shipped_wordings(), *kept.values_list("text", flat=True)]


def own_files(authors: Sequence[str]) -> list[int]:
    """Files of works by somebody of these names, and by the experts that they stand for."""
    names = [name for name in authors if name]
    if not names:
        return []
    experts = Expert.objects.filter(Q(name__in=names) | Q(variants__name__in=names))
    mine = Q(name__in=names) | Q(expert__in=experts)
    works = Contribution.objects.filter(mine).values("work")
    return list(File.objects.filter(work__in=works).values_list("pk", flat=True))


def _outcome(
    text: str, searched: Searched, others: dict[str, Other], own: set[int], start: float
) -> Outcome:
    result, normal = searched.result, normalise(text)
    mine: set[Key] = {*own, *(key for key, one in others.items() if one.own)}
    own_runs = [runs for key, runs in result.runs.items() if key in mine]
    by_others = result.counts > counts_of(len(normal), own_runs)
    numbers = {
        "documents": searched.documents + len(others),
        "characters": len(normal),
        "covered": int(result.covered.sum()),
        "covered_by_others": int(by_others.sum()),
        "without_common": _left(result, result.common),
        "without_quoted": _left(result, result.quoted),
        "to_explain": int(without(by_others, result.common | result.quoted, result.minimum).sum()),
        "marks": {
            "common": _marks(result.common & result.covered, normal),
            "quoted": _marks(result.quoted, normal),
        },
    }
    sources = tuple(_sources(normal, searched, others, mine))
    numbers["milliseconds"] = round((time.perf_counter() - start) * 1000)
    return Outcome(numbers, sources)


def _left(result: Result, excluded: Mask) -> int:
    return int(without(result.covered, excluded, result.minimum).sum())


def _marks(mask: Mask, normal: Normal) -> list[list[int]]:
    return [list(normal.span(start, end)) for start, end in stretches(mask)]


def _sources(
    normal: Normal, searched: Searched, others: dict[str, Other], mine: set[Key]
) -> Iterable[SourceRow]:
    result = searched.result
    held = {key: _held(result, key) for key in result.runs}
    works = _works([key for key in held if isinstance(key, int)])
    for key in sorted(held, key=lambda key: -held[key]):
        passages = tuple(_passages(normal, searched.texts[key], result, key))
        if isinstance(key, int):
            label, detail = works.get(key, ("", ""))
            yield SourceRow(key, "", label, detail, key in mine, held[key], passages)
        else:
            one = others[key]
            yield SourceRow(None, key, one.label, one.detail, one.own, held[key], passages)


def _held(result: Result, key: Key) -> int:
    mask = np.zeros(result.characters, bool)
    for run in result.runs[key]:
        mask[run.start : run.end] = True
    return int(mask.sum())


def _passages(normal: Normal, source: str, result: Result, key: Key) -> Iterable[PassageRow]:
    other = normalise(source)
    for one in joined(normal.text, other.text, result.runs[key]):
        start, end = normal.span(one.start, one.end)
        source_start, source_end = other.span(one.place, one.place_end)
        common = bool(result.common[one.start : one.end].all())
        text = source[source_start:source_end]
        yield PassageRow(start, end, source_start, source_end, text, one.near, common)


def _works(files: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Title of the work, and its authors with the year, by file."""
    authors = Prefetch("work__contributions", Contribution.objects.order_by("position"))
    found = {}
    for file in File.objects.filter(pk__in=files).select_related("work").prefetch_related(authors):
        if file.work is None:
            found[file.pk] = (file.name, "")
            continue
        names = "、".join(one.name for one in file.work.contributions.all()[:3])
        parts = [part for part in (names, str(file.work.year or "")) if part]
        found[file.pk] = (file.work.title, "，".join(parts))
    return found
