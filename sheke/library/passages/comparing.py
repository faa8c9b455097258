"""A text against texts that are given: no database, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .corpus import corpus_of
from .normal import Normal, normalise
from .result import COMMON, Key, Result, result_of
from .runs import Run, shared_runs

MINIMUM = 13
LEAST, MOST = 2, 10_000  # what may be asked for


def check_minimum(minimum: int, least: int = LEAST) -> int:
    """BadInput for a least length that is none."""
    if not least <= minimum <= MOST:
        raise BadInput(
            _("The shortest passage must have %(least)s to %(most)s characters.")
            % {"least": least, "most": MOST}
        )
    return minimum


def compare(
    text: str, others: Mapping[str, str], *, minimum: int = MINIMUM, common: int = COMMON,
    wordings: Iterable[str] = (),
) -> Result:  # fmt: skip
    """Every passage of at least `minimum` counted characters that the text shares with the others.

    others: texts by a key of the caller's. common: found in more of them, a wording is common.
    """
    check_minimum(minimum)
    normal = normalise(text)
    keys = list(others)
    sources: dict[Key, Normal] = {key: normalise(others[key]) for key in keys}
    corpus = corpus_of([sources[key].codes for key in keys])
    runs: dict[Key, Sequence[Run]] = {
        keys[n]: one for n, one in shared_runs(normal.codes, corpus, minimum).items()
    }
    return result_of(text, normal, sources, runs, minimum=minimum, common=common, wordings=wordings)
