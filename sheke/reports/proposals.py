"""What a slot may be bound to: indicators ranked by the words around the figure.

The score adds what was found: the indicator's words in the clause (the nearer and longer the
better), its measure word, its verb. It ranks; only a person decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from sheke.definitions.models import Edition
from sheke.indicators.catalogue import Catalogue
from sheke.reports.models import Slot
from sheke.reports.printing import Printing, infer_printing
from sheke.reports.reading import frame_of
from sheke.reports.slots import Slot as Found
from sheke.reports.slots.sentences import is_planned
from sheke.reports.spoken_periods import spoken_period
from sheke.reports.spoken_scopes import spoken_scope

LIMIT = 6
_LEAST = 20.0
_SPLIT = re.compile(r"[，。；：、！？（）()\n]")
_FOREIGN = re.compile(
    r"国家统计局|全国(?:共有|共|累计|的)|我国|全省(?:共|累计|平均)|世界|规定|按要求|比如|例如|兄弟市|先进(?:地区|市)"
)
# Growth and differences are no indicator's value: 比去年同期多4期, 同比增长15%.
_COMPARED = re.compile(
    r"(?:比|较|同比|环比)[^，。；]{0,10}(?:增加|多|增长|提高|上升|提升|下降|减少|降低)了?(?:近|约|超过?)?$"
    r"|(?:净增|增幅达?|增长率?)$"
)
# 现有78家 is a stock; 新成立3家 is what the ledger counts in a period.
_STOCK = re.compile(r"现有|拥有|总数|总量|存量|共有|现设|下设|目前有|达到\d*[家个]")
_FLOW = re.compile(r"^(?:新|获批|认定|成立|完成)")
_NEXT = re.compile(
    r"^[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+部分)(?P<words>[^。；\n]{1,40})$",
    re.MULTILINE,
)
_COMING = re.compile(r"下一步|下步|下半年|明年|打算|计划|安排|思路|目标任务|展望|今后")
# Measure words that offices use for one another.
_KIN = [
    {"场", "场次", "次", "期", "讲", "场（次）", "节", "堂"},
    {"人", "人次", "名", "位", "人（次）"},
    {"篇", "条", "件", "份", "篇（条）", "则"},
    {"个", "家", "所", "处", "项"},
    {"项", "个", "件", "项次"},
    {"部", "本", "种", "册", "套"},
    {"次", "人次", "件", "件次", "项"},
    {"小时", "个小时", "课时", "学时"},
    {"%", "个百分点", "百分点", "成"},
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An indicator with period, scope and printing, why, and how sure."""

    edition: Edition
    score: float
    reasons: tuple[str, ...]
    period: dict[str, Any] = field(default_factory=dict)
    scope: dict[str, Any] = field(default_factory=dict)
    printing: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.edition.definition.key


@dataclass(frozen=True, slots=True)
class Place:
    """The words around a slot, from the nearest to the widest."""

    near: str
    thing: str
    clause: str
    before: str  # of the sentence
    verb: str
    unit: str
    planned: bool

    @property
    def is_foreign(self) -> bool:
        """Whether the figure seems to be another's: national statistics, norms, comparisons."""
        return _FOREIGN.search(self.before + self.clause) is not None


def place_of(slot: Slot) -> Place:
    """The words around a slot of a template."""
    text, start, end = slot.template.text, slot.start, slot.end
    reading = slot.reading
    sentence_start = max(text.rfind(mark, 0, start) for mark in "。！？\n；") + 1
    before = _row_of(slot) + text[sentence_start:start]
    near = _SPLIT.split(before)[-1] + "□" + _SPLIT.split(text[end : end + 24])[0]
    return Place(
        near=near,
        thing=str(reading.get("object") or ""),
        clause=slot.context,
        before=before,
        verb=str(reading.get("verb") or ""),
        unit=str(reading.get("unit") or ""),
        planned=bool(reading.get("planned", is_planned(before, slot.context)))
        or _stands_among_plans(text, start),
    )


def _row_of(slot: Slot) -> str:
    """What the first cell of a table's row calls the figure in another one; else nothing."""
    lines = slot.template.text.split("\n")
    cells = frame_of(slot.template, len(lines)).cells
    place = cells.get(slot.template.text.count("\n", 0, slot.start))
    if place is None or place[2] == 0:
        return ""
    first = (place[0], place[1], 0)
    return "".join(lines[number].strip() for number, cell in cells.items() if cell == first)


def _stands_among_plans(text: str, start: int) -> bool:
    """Whether the heading above the figure announces what is to come."""
    words = ""
    for heading in _NEXT.finditer(text, 0, start):
        if heading[0].lstrip(" \u3000").startswith("（"):
            continue  # a chapter's sections do not end it
        words = heading["words"]
    return _COMING.search(words) is not None


def propose(slot: Slot, catalogue: Catalogue) -> list[Proposal]:
    """The likeliest indicators for a slot, best first; none where nothing fits."""
    place = place_of(slot)
    if _COMPARED.search(place.before):
        return []
    ranked = []
    for edition in catalogue.indicators.values():
        score, reasons = _score(place, edition, catalogue)
        if score >= _LEAST:
            ranked.append((score, edition, reasons))
    ranked.sort(key=lambda row: (-row[0], row[1].definition.key))
    period = spoken_period(place.before, slot.template.year)
    scope = spoken_scope(place.before, place.clause)
    return [
        Proposal(
            edition,
            round(score, 1),
            tuple(reasons),
            period,
            scope,
            printing_for(slot, edition).model_dump(exclude_defaults=True),
        )
        for score, edition, reasons in ranked[:LIMIT]
    ]


def printing_for(slot: Slot, edition: Edition) -> Printing:
    """The old wording's printing, fitted to the indicator's own measure word (万元)."""
    printing = inferred(slot)
    unit = edition.indicator.unit.zh
    if printing.magnitude and unit == printing.magnitude + printing.unit:
        places = 0 if printing.suffix else max(printing.places, 0)
        return printing.model_copy(update={"magnitude": "", "unit": unit, "places": places})
    return printing


def inferred(slot: Slot) -> Printing:
    """The printing behind the slot's old wording."""
    reading = {key: slot.reading[key] for key in _READ if key in slot.reading}
    reading["approximation"] = tuple(reading.get("approximation", ()))
    blank = Found(slot.start, slot.end, slot.text, False, None, None, None, False)
    data = {name: getattr(blank, name) for name in blank.__dataclass_fields__} | reading
    return infer_printing(Found(**data))


_READ = ("blank", "value", "magnitude", "unit", "approximate", "approximation", "low", "high")


def _score(place: Place, edition: Edition, catalogue: Catalogue) -> tuple[float, list[str]]:
    indicator = edition.indicator
    unit = indicator.unit.zh
    if place.unit and ("%" in unit) != (place.unit in ("%", "个百分点", "百分点", "成")):
        return 0.0, []
    words, reasons = _words(place, edition, catalogue)
    if not words:
        return 0.0, []
    score = words + _unit_score(place.unit, unit)
    if f"{indicator.name.zh}□" in place.near:
        score += 14  # named in full; the measure word may differ
    if place.unit == unit:
        reasons.append(_("measure word “%(unit)s”") % {"unit": unit})
    if place.verb and place.verb in indicator.verbs:
        score += 8
        reasons.append(_("verb “%(verb)s”") % {"verb": place.verb})
    if _STOCK.search(place.clause) and _FLOW.search(indicator.name.zh):
        score -= 20
    if indicator.aggregate == "completion" and "完成" not in place.clause:
        score -= 12
    return score, reasons


def _unit_score(ours: str, theirs: str) -> float:
    if not ours or not theirs:
        return 0.0
    bare = theirs.removeprefix("万").removeprefix("亿")
    if ours in (theirs, bare):
        return 18.0
    if any(ours in kin and bare in kin for kin in _KIN):
        return 9.0
    return -14.0


def _words(place: Place, edition: Edition, catalogue: Catalogue) -> tuple[float, list[str]]:
    """The best of the indicator's words found near the figure."""
    best, said = 0.0, ""
    for term, weight in _terms(edition, catalogue):
        score = weight * _term_score(place, term)
        if score > best:
            best, said = score, term
    if best:
        return best, [_("the text says “%(word)s”") % {"word": said}]
    return _likeness(place, edition)


def _likeness(place: Place, edition: Edition) -> tuple[float, list[str]]:
    """Words that are nearly the indicator's: 集中学习 for 集体学习."""
    words = place.near + place.thing
    best, said = 0.0, ""
    for term in (edition.indicator.name.zh, *edition.indicator.synonyms):
        likeness = fuzz.partial_ratio(term, words) if len(term) > 3 else 0.0
        if likeness > best:
            best, said = likeness, term
    if best < 74:
        return 0.0, []
    return best / 6 + 2 * min(len(said), 8), [_("like “%(name)s”") % {"name": said}]


def _term_score(place: Place, term: str) -> float:
    """Longer words say more; words nearer to the figure say more."""
    base = 12 + 5 * min(len(term), 8)
    if place.thing == term:
        return base * 1.3
    if place.thing.endswith(term) or place.near.startswith(term + "□"):
        return base * 1.2
    if term in place.near:
        return base * 1.1
    if term in place.thing:
        return base
    if term in place.clause:
        return base * 0.7
    return base * 0.5 if term in place.before else 0.0


def _terms(edition: Edition, catalogue: Catalogue) -> list[tuple[str, float]]:
    indicator = edition.indicator
    terms = [(word, 1.0) for word in {indicator.name.zh, *indicator.synonyms} if len(word) > 1]
    if indicator.where or indicator.aggregate not in ("count", "sum", "distinct"):
        return terms  # the record type's own name says too little
    for key in indicator.types:
        found = catalogue.types.get(key)
        if found is not None:
            record_type = found.record_type
            # One of many types says little of what counts them all.
            weight = 0.6 if len(indicator.types) == 1 else 0.3
            terms += [(word, weight) for word in {record_type.name.zh, *record_type.synonyms}]
    return terms
