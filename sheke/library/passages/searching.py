"""A text against the holdings, and against other texts of the same day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from ..models.passages import Fingerprint
from .comparing import MINIMUM, check_minimum
from .corpus import corpus_of
from .finding import Found
from .holdings import texts_of
from .looking import View, holdings
from .normal import Normal, normalise
from .result import COMMON, Key, Result, counts_of, result_of
from .runs import Run, shared_runs
from .winnowing import SHARED

SOURCES = 100  # files whose passages are told one by one; more where a passage stands in no other


@dataclass(frozen=True)
class Searched:
    """What a check found: sources that are `int` are files of the library, others the caller's texts."""

    result: Result
    documents: int  # compared with, in the library
    texts: Mapping[Key, str]  # of the sources


def search(
    text: str, *, minimum: int = MINIMUM, common: int = COMMON, wordings: Iterable[str] = (),
    leave_out: Sequence[int] = (), always: Sequence[int] = (),
    others: Mapping[str, str] | None = None,
) -> Searched:  # fmt: skip
    """Every passage that the text shares with the library's files, and with `others`.

    leave_out: files (primary keys) that are not compared with, such as the checked ones themselves.
    always: files that are told of however little they share. Of wording that more than `common`
    texts hold not every other source is told.
    """
    check_minimum(minimum, SHARED)
    normal = normalise(text)
    view = holdings().view()
    out = list(_prints_of(leave_out).values_list("id", flat=True))
    found = view.find(normal.codes, minimum=minimum, bound=common, leave_out=out)
    texts: dict[Key, str] = {}
    texts.update(texts_of(_files(view, found, len(normal), always)).items())
    given: dict[Key, Normal] = {key: normalise(other) for key, other in (others or {}).items()}
    among = _runs(normal, given, minimum)
    sources: dict[Key, Normal] = {file: normalise(other) for file, other in texts.items()}
    told = _runs(normal, sources, minimum)
    counts = found.counts
    if normal.codes.dtype != np.uint16:  # rare characters, several of which share a code there
        counts = np.where(counts_of(len(normal), told.values()), counts, 0).astype(np.int32)
    counts = counts + counts_of(len(normal), among.values())
    sources, runs = sources | given, told | among
    result = result_of(
        text, normal, sources, runs, minimum=minimum, common=common, wordings=wordings,
        counts=counts,
    )  # fmt: skip
    texts.update((others or {}).items())
    return Searched(result, len(view) - len(out), texts)


def _runs(normal: Normal, sources: Mapping[Key, Normal], minimum: int) -> dict[Key, Sequence[Run]]:
    keys = list(sources)
    corpus = corpus_of([sources[key].codes for key in keys])
    return {keys[n]: one for n, one in shared_runs(normal.codes, corpus, minimum).items()}


def _files(view: View, found: Found, length: int, always: Sequence[int]) -> list[int]:
    """The files that are told of: those that share most, and enough others to show each passage."""
    if not len(found.spans):
        return []
    keys = view.keys_of(found)
    chosen = _chosen(keys, found.spans.starts, found.spans.ends, length)
    rows = Fingerprint.objects.filter(id__in=chosen).values_list("id", "file_id")
    files = dict(rows)
    told = [files[key] for key in chosen if key in files]
    there = set(keys.tolist())
    more = _prints_of(always).values_list("id", "file_id")
    return list(dict.fromkeys([*told, *(file for key, file in more if key in there)]))


def _chosen(
    keys: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], length: int
) -> list[int]:
    names, which = np.unique(keys, return_inverse=True)
    shares = np.bincount(which, weights=ends - starts)
    order = np.argsort(-shares, kind="stable")[:SOURCES]
    chosen = [int(names[n]) for n in order]
    told = np.zeros(length, bool)
    taken = np.isin(which, order)
    for start, end in zip(starts[taken].tolist(), ends[taken].tolist(), strict=True):
        told[start:end] = True
    rest = np.flatnonzero(~taken)
    keys, starts, ends = keys[rest], starts[rest], ends[rest]
    while len(open_ := _not_whole(told, starts, ends)):
        start, end = starts[open_[0]], ends[open_[0]]
        missing = start + int(np.flatnonzero(~told[start:end])[0])
        over = np.flatnonzero((starts <= missing) & (ends > missing))
        best = over[np.argmax(ends[over] - starts[over])]
        told[starts[best] : ends[best]] = True
        chosen.append(int(keys[best]))
    return list(dict.fromkeys(chosen))


def _not_whole(
    told: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Which stretches hold a character that is not told of yet."""
    missing = np.concatenate(([0], np.cumsum(~told)))
    return np.flatnonzero(missing[ends] > missing[starts])


def _prints_of(files: Sequence[int]) -> QuerySet[Fingerprint]:
    return Fingerprint.objects.filter(file__in=files) if files else Fingerprint.objects.none()
