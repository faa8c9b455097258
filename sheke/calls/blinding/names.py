"""The finder: where a text names its authors, for the office to decide before anything is released.

A finding is “likely” (the office need only agree), “look” (it may be chance: the words around decide)
or “hint” (the text speaks of its author without a name).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from re import Pattern

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .folding import Folded, fold
from .judging import judge_institution, judge_name
from .packet import Passage, Place
from .phrases import CONTACTS, PHRASES
from .spellings import han_pattern, spellings
from .tokens import digits_pattern, mail_patterns, number_pattern, tail_of_phone

LIKELY, LOOK, HINT = "likely", "look", "hint"
CONTEXT = 24
MAX_FINDINGS = 20_000
_ORDER = {LIKELY: 0, LOOK: 1, HINT: 2}


@dataclass(frozen=True)
class Person:
    """One of the applicants. others: former names, pen names, spellings like Cheung Wai."""

    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Organisation:
    """An institution of the applicants. others: short, former and English names; parts: faculties."""

    name: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Identity:
    """All that would reveal the applicants of one submission."""

    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    identity_numbers: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Characters ``start``–``end`` of a passage; `of` is the name as the applicants gave it."""

    place: Place
    start: int
    end: int
    text: str
    kind: str  # person, organisation, part, phone, mail, identity, project, contact, phrase
    of: str
    confidence: str  # likely, look, hint
    reason: str
    before: str
    after: str


@dataclass(frozen=True)
class _Sought:
    pattern: Pattern[str]
    kind: str
    of: str
    confidence: str = LIKELY
    reason: str = ""
    spelling: str = ""


def find(passages: Iterable[Passage], identity: Identity) -> list[Finding]:
    """All findings in order of the passages; of overlapping ones the surest, then the longest.

    BadInput when there are more than any document that was meant to be blind can have.
    """
    sought = _sought(identity)
    found: list[Finding] = []
    for passage in passages:
        found += _find_in(passage, sought, MAX_FINDINGS - len(found))
    return found


def _sought(identity: Identity) -> list[_Sought]:
    found = [*_people(identity), *_institutions(identity)]
    for phone in identity.phones:
        found += [_Sought(p, "phone", phone) for p in digits_pattern(phone)]
        found += [_Sought(p, "phone", phone, LOOK, _("the end of the number"))
                  for p in tail_of_phone(phone)]  # fmt: skip
    for mail in identity.mails:
        whole, local = mail_patterns(mail)
        found += [_Sought(p, "mail", mail) for p in whole]
        found += [_Sought(p, "mail", mail, LOOK, _("the part before the @")) for p in local]
    for number in identity.identity_numbers:
        found += [_Sought(p, "identity", number) for p in number_pattern(number)]
    for number in identity.projects:
        sure = LIKELY if sum(c.isalnum() for c in number) >= 6 else LOOK
        found += [_Sought(p, "project", number, sure) for p in number_pattern(number)]
    return found


def _people(identity: Identity) -> Iterator[_Sought]:
    for person in identity.people:
        for name in (person.name, *person.others):
            for spelling in spellings(name):
                yield _Sought(spelling.pattern, "person", person.name, spelling=spelling.kind)


def _institutions(identity: Identity) -> Iterator[_Sought]:
    for organisation in identity.organisations:
        for name in (organisation.name, *organisation.others):
            if pattern := han_pattern(name):
                yield _Sought(pattern, "organisation", organisation.name, spelling="institution")
        for part in organisation.parts:
            if pattern := han_pattern(part):
                reason = _("many institutions have a part of this name")
                yield _Sought(pattern, "part", part, LOOK, reason)


def _find_in(passage: Passage, sought: list[_Sought], limit: int) -> list[Finding]:
    folded = fold(passage.text)
    hits = islice(_named(passage, folded, sought), limit + 1)
    softer = chain(_matches(passage, folded, CONTACTS, "contact", LOOK),
                   _matches(passage, folded, PHRASES, "phrase", HINT))  # fmt: skip
    found = list(chain(hits, islice(softer, limit + 1)))
    if len(found) > limit:
        raise BadInput(
            _("More than %(limit)s places name the applicants; ask for another file.")
            % {"limit": MAX_FINDINGS}
        )
    return sorted(_surest(found, len(passage.text)), key=lambda f: (f.start, f.end))


def _named(passage: Passage, folded: Folded, sought: list[_Sought]) -> Iterator[Finding]:
    for item in sought:
        for match in item.pattern.finditer(folded.text):
            yield _finding(passage, folded, match.span(), item)


def _matches(
    passage: Passage,
    folded: Folded,
    patterns: tuple[tuple[str, Pattern[str]], ...],
    kind: str,
    confidence: str,
) -> Iterator[Finding]:
    for said, pattern in patterns:
        for match in pattern.finditer(folded.text):
            item = _Sought(pattern, kind, "", confidence, _(said))
            yield _finding(passage, folded, match.span(), item)


def _finding(passage: Passage, folded: Folded, span: tuple[int, int], item: _Sought) -> Finding:
    start, end = folded.span(*span)
    text = passage.text
    sure, reason = item.confidence, item.reason
    if item.kind == "person":
        sure, reason = judge_name(folded, span, item.spelling)
    elif item.spelling == "institution":
        sure, reason = judge_institution(folded, span)
    return Finding(
        passage.place, start, end, text[start:end], item.kind, item.of, sure, reason,
        text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT],
    )  # fmt: skip


def _surest(found: list[Finding], length: int) -> list[Finding]:
    """Of overlapping findings the surest, then the longest."""
    kept, taken = [], bytearray(length)
    for finding in sorted(found, key=lambda f: (_ORDER[f.confidence], f.start - f.end, f.start)):
        if not any(taken[finding.start : finding.end]):
            kept.append(finding)
            taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
    return kept
