"""Which indicators a proposed target may mean, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from sheke.definitions.models import Edition
from sheke.definitions.schemas import Indicator

_SHARES = {"share", "ratio", "completion"}
_COUNTS = {"count", "sum", "distinct"}
_FAMILIES = ({"人", "人次", "名", "位", "万人次"}, {"元", "万元", "亿元"}, {"%", "‰", "个百分点"})
_FIGURE = re.compile("[0-9一二三四五六七八九十百千万]")
LOWEST = 25.0
_ALIKE = 14.0


@dataclass(frozen=True)
class Ranked:
    """An indicator with its score: above 60 it is likely the one."""

    edition: Edition
    score: float


def rank(proposal: dict[str, Any], indicators: Iterable[Edition], limit: int = 5) -> list[Ranked]:
    """The indicators that fit a proposal's words, measure word and kind; none if nothing fits."""
    scored = [Ranked(edition, _score(proposal, edition.indicator)) for edition in indicators]
    good = [one for one in scored if one.score >= LOWEST]
    return sorted(good, key=lambda one: (-one.score, one.edition.pk))[:limit]


def _score(proposal: dict[str, Any], indicator: Indicator) -> float:
    phrase, thing = _own_words(proposal), str(proposal.get("object") or "")
    nouns = (indicator.name.zh, *indicator.synonyms)
    # A long noun that stands in the phrase tells more than a short one.
    inside = max((len(noun) for noun in nouns if noun in phrase), default=0)
    named = min(50.0, 18.0 * inside**0.6) if inside else 0.0
    alike = max((fuzz.ratio(thing, noun) for noun in nouns), default=0.0) * 0.3 if thing else 0.0
    if not named and alike < _ALIKE:
        return 0.0  # the measure word alone names nothing
    done = 6.0 if any(verb in phrase for verb in indicator.verbs) else 0.0
    return (
        named
        + alike
        + done
        + _unit(str(proposal.get("unit") or ""), indicator)
        + _kind(str(proposal["kind"]), indicator)
    )


def _own_words(proposal: dict[str, Any]) -> str:
    """The part of a list (“一等奖5项、二等奖15项”) that the figure stands in."""
    phrase, text = str(proposal["phrase"]), str(proposal.get("text") or "")
    parts = phrase.split("、")
    if not text or len(parts) == 1 or not all(_FIGURE.search(part) for part in parts):
        return phrase
    own = re.compile(rf"(?<!\d){re.escape(text)}")  # 5项 is not the end of 15项
    return next((part for part in parts if own.search(part)), phrase)


def _unit(unit: str, indicator: Indicator) -> float:
    """People are not sessions, and money is neither; within a family the words may differ."""
    counted = indicator.unit.zh
    if not unit:
        return 0.0
    if unit == counted:
        return 18.0
    family, other = _family(unit), _family(counted)
    if family != other:
        return -25.0
    return 10.0 if family else -3.0


def _family(unit: str) -> int:
    return next((n for n, units in enumerate(_FAMILIES, 1) if unit in units), 0)


def _kind(kind: str, indicator: Indicator) -> float:
    """A share is no count."""
    if kind in {"share", "coverage", "growth"}:
        return 8.0 if indicator.aggregate in _SHARES else -25.0
    return 4.0 if indicator.aggregate in _COUNTS else -15.0
