"""Comparing a new board with the standing one: who stays, who leaves, who begins."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .models import Organisation, Person, Tenure, Term
from .queries import find_people, people_within, with_current_tenures

ORDER = {role: place for place, role in enumerate(Tenure.BOARD)}


@dataclass(frozen=True)
class Entry:
    """One seat of the new board. Without `person` somebody new of that name is made."""

    name: str
    role: str
    post: str = ""
    person: Person | None = None

    @property
    def role_label(self) -> str:
        return str(Tenure.Role(self.role).label)


@dataclass
class Change:
    """What one change of term does, from `since` on."""

    organisation: Organisation
    since: date
    stays: list[Tenure] = field(default_factory=list)
    ends: list[Tenure] = field(default_factory=list)
    begins: list[Entry] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        """Of what ends."""
        return self.since - timedelta(days=1)

    @property
    def prolonged(self) -> list[Tenure]:
        """Stay, though they had an end: that end is taken away."""
        return [tenure for tenure in self.stays if tenure.until is not None]

    @property
    def empty(self) -> bool:
        return not (self.ends or self.begins)

    @property
    def digest(self) -> str:
        """What a person saw in the preview; another one when anything of it is another."""
        said = [self.organisation.pk, self.since.isoformat()]
        said += [[t.pk, t.until and t.until.isoformat()] for t in (*self.stays, *self.ends)]
        said += [[e.person.pk if e.person else e.name, e.role, e.post] for e in self.begins]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def standing_board(organisation: Organisation, day: date) -> list[Tenure]:
    """Who is on the board on `day`: leaders, secretaries, members with a post. One query."""
    found = organisation.tenures.board().at(day).select_related("person", "organisation")
    return by_rank(found)


def by_rank(tenures: Iterable[Tenure]) -> list[Tenure]:
    """Leaders first, then in the order in which they were given."""
    return sorted(tenures, key=lambda t: (ORDER.get(Tenure.Role(t.role), 9), t.pk))


def compare(organisation: Organisation, entries: Sequence[Entry], since: date) -> Change:
    """The change from the board on the day before `since` to `entries`.

    Same person, role and post stays; everything else ends or begins. Raises BadInput for an empty
    board, somebody twice in one role and post, or a day that is not after what it ends.
    """
    if not entries:
        raise BadInput(_("The new board has nobody."))
    _nobody_twice(entries)
    _after_the_last_term(organisation, since)
    change = Change(organisation, since)
    standing = {
        (t.person_id, t.role, t.post): t
        for t in standing_board(organisation, since - timedelta(days=1))
    }
    for entry in entries:
        kept = standing.pop((entry.person.pk if entry.person else 0, entry.role, entry.post), None)
        change.stays.append(kept) if kept else change.begins.append(entry)
    change.ends = list(standing.values())
    for tenure in change.ends:
        if tenure.since is not None and tenure.since >= since:
            raise BadInput(
                _("%(name)s began on %(day)s; the new term begins later than that.")
                % {"name": tenure.person.name, "day": tenure.since}
            )
    return change


def _nobody_twice(entries: Sequence[Entry]) -> None:
    seen = set()
    for entry in entries:
        key = (entry.person.pk if entry.person else entry.name, entry.role, entry.post)
        if key in seen:
            raise BadInput(_("%(name)s stands twice with the same post.") % {"name": entry.name})
        seen.add(key)


def _after_the_last_term(organisation: Organisation, since: date) -> None:
    last = organisation.terms.standing().order_by("-since").first()
    if last is not None and since <= last.since:
        raise BadInput(
            _("The term “%(term)s” began on %(day)s; a new one begins later.")
            % {"term": last, "day": last.since}
        )


class People:
    """Finding the people of a new board by number or name, among those one may bring in.

    An administrator brings in everybody; who composes the board of their own organisation only those
    who are or were of it. Otherwise putting somebody on one's board would show one their telephone.
    """

    def __init__(self, organisation: Organisation, *, everybody: bool) -> None:
        self.everybody = everybody
        found = Person.objects.all() if everybody else people_within(organisation)
        self.among = found.filter(erasure=None)

    def find(self, words: str) -> list[Person]:
        """By words of the name, with their current tenures, for a choice."""
        found = find_people(words).filter(pk__in=self.among.values("pk"))
        return list(with_current_tenures(found)[:40])

    def by_number(self, number: str) -> Person:
        """Raises BadInput when there is nobody of the number, or not for this account."""
        person = self.among.filter(code=number).first()
        if person is None:
            raise BadInput(_("There is nobody with the number “%(number)s”.") % {"number": number})
        return person

    def named(self, name: str) -> Person | None:
        """The one person of that name; None when there is nobody. Raises BadInput for several."""
        found = list(self.among.filter(name=name)[:2])
        if len(found) > 1:
            raise BadInput(
                _("Several people are called %(name)s; give the person number.") % {"name": name}
            )
        return found[0] if found else None


@dataclass
class Board:
    """One board of the past or of today, for reading."""

    label: str
    since: date | None
    until: date | None
    term: Term | None
    tenures: list[Tenure]


def boards(organisation: Organisation) -> list[Board]:
    """All boards, latest first; before the first change of term stands who it found. Two queries."""
    terms = list(
        organisation.terms.standing()
        .select_related("by__person")
        .prefetch_related("seats__tenure__person", "seats__tenure__organisation")
        .order_by("-since", "-id")
    )
    found, until = [], None
    for term in terms:
        found.append(Board(str(term), term.since, until, term, _those(term, "begin", "stay")))
        until = term.since - timedelta(days=1)
    if terms and (before := _those(terms[-1], "end", "stay")):
        found.append(Board("", None, until, None, before))
    return found


def _those(term: Term, *acts: str) -> list[Tenure]:
    return by_rank(seat.tenure for seat in term.seats.all() if seat.act in acts)
