"""One function for each rule of a condition: what is the case, and what to do about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sheke.definitions.programmes import Condition, Field, Programme
from sheke.definitions.programmes.words import kind_name, value_words

from .facts import Facts, Taker
from .verdicts import FAILS, HOLDS, OPEN, Outcome

BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
BETWEEN = re.compile(r"[、,，;；/\s]+")


@dataclass(frozen=True)
class Finding:
    """The outcome of one condition, in words; `field` says where to fill in what is not known."""

    outcome: Outcome
    found: str = ""
    todo: str = ""
    field: str = ""


Rule = Callable[[Condition, Programme, Facts], Finding]


def age(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    day = facts.closing if condition.day == "closing" else facts.opening
    if isinstance(condition.day, date):
        day = condition.day

    def one(taker: Taker) -> Finding:
        if taker.born_on is None:
            return _missing(taker, "born_on", _("Fill in the day of birth of %(name)s."))
        years = years_between(taker.born_on, day)
        least, most = condition.least, condition.most
        fits = (least is None or years >= least) and (most is None or years <= most)
        found = _("%(name)s is %(years)s on %(day)s.") % {
            "name": taker.name, "years": years, "day": day.isoformat(),
        }  # fmt: skip
        return Finding(HOLDS if fits else FAILS, found, "" if fits else _other_person(taker))

    return _of_whom(condition, facts, one)


def title(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        if not taker.title.strip():
            return _missing(taker, "title", _("Fill in the academic title of %(name)s."))
        found = _("%(name)s: %(text)s") % {"name": taker.name, "text": taker.title}
        fits = says_one_of(taker.title, condition.values)
        return Finding(HOLDS if fits else FAILS, found, "" if fits else _other_person(taker))

    return _of_whom(condition, facts, one)


def degree(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        if not taker.degree.strip():
            return _missing(taker, "degree", _("Fill in the degree of %(name)s."))
        found = _("%(name)s: %(text)s") % {"name": taker.name, "text": taker.degree}
        fits = says_one_of(taker.degree, condition.values)
        return Finding(HOLDS if fits else FAILS, found, "" if fits else _other_person(taker))

    return _of_whom(condition, facts, one)


def employed_below(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        if taker.employer_path:
            fits = taker.employer_path.startswith(facts.caller_path)
            found = _("%(name)s: %(text)s") % {"name": taker.name, "text": taker.employer}
            return Finding(HOLDS if fits else FAILS, found, "" if fits else _other_person(taker))
        if not taker.employer:
            return _missing(taker, "organisation", _("Choose the employer of %(name)s."))
        found = _("“%(text)s” is not in the directory.") % {"text": taker.employer}
        todo = _("Choose the employer of %(name)s from the list; ask the office if it is missing.")
        return Finding(FAILS, found, todo % {"name": taker.name}, _place(taker, "organisation"))

    return _of_whom(condition, facts, one)


def live_projects(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        count = len(taker.open_projects)
        fits = count <= (condition.most or 0)
        return Finding(HOLDS if fits else FAILS, _projects(taker), "" if fits else _close_first())

    return _of_whom(condition, facts, one)


def previous_closed(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        fits = not taker.open_projects
        return Finding(HOLDS if fits else FAILS, _projects(taker), "" if fits else _close_first())

    return _of_whom(condition, facts, one)


def teams(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        count, most = taker.takes_part + 1, condition.most or 0
        found = ngettext(
            "With this one, %(name)s takes part in %(n)s submission.",
            "With this one, %(name)s takes part in %(n)s submissions.",
            count,
        ) % {"name": taker.name, "n": count}
        todo = _("Let %(name)s leave this team or another one.") % {"name": taker.name}
        return Finding(HOLDS if count <= most else FAILS, found, "" if count <= most else todo)

    return _of_whom(condition, facts, one)


def submissions(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    def one(taker: Taker) -> Finding:
        count, most = taker.leads + 1, condition.most or 0
        found = ngettext(
            "With this one, %(name)s leads %(n)s submission.",
            "With this one, %(name)s leads %(n)s submissions.",
            count,
        ) % {"name": taker.name, "n": count}
        todo = _("Withdraw an earlier submission first, or let somebody else lead this one.")
        return Finding(HOLDS if count <= most else FAILS, found, "" if count <= most else todo)

    return _of_whom(condition, facts, one)


def referees(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    needed = condition.least or 0
    values = condition.values
    untitled = [r for r in facts.referees if values and not r.title.strip()]
    right = [r for r in facts.referees if not values or says_one_of(r.title, values)]
    found = ngettext("%(n)s such referee is named.", "%(n)s such referees are named.", len(right))
    found %= {"n": len(right)}
    place = next((role.key for role in programme.people.roles if role.referee), "referee")
    if len(right) >= needed:
        return Finding(HOLDS, found)
    if len(right) + len(untitled) >= needed:
        name = untitled[0].name
        todo = _("Fill in the academic title of %(name)s.") % {"name": name}
        return Finding(OPEN, found, todo, f"{place}.title")
    more = needed - len(right)
    todo = ngettext("Name %(n)s more referee.", "Name %(n)s more referees.", more) % {"n": more}
    wrong = len(facts.referees) >= needed  # enough people, but not the ones that are asked for
    return Finding(FAILS if wrong else OPEN, found, todo, place)


def organisation_kind(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    if not facts.organisation_kind:
        return Finding(OPEN, todo=_("Choose the applying organisation."), field="organisation")
    found = _("It is: %(kind)s") % {"kind": kind_name(facts.organisation_kind)}
    if facts.organisation_kind in condition.values:
        return Finding(HOLDS, found)
    todo = _("Apply through an organisation of one of these kinds.")
    return Finding(FAILS, found, todo, "organisation")


def form_field(condition: Condition, programme: Programme, facts: Facts) -> Finding:
    field = programme.field(condition.field or "")
    if field is None:
        raise LookupError(condition.field)
    fill = _("Fill in “%(field)s”.") % {"field": field.name}
    if facts.values is None:
        return Finding(OPEN, todo=fill, field=field.key)
    value = facts.values.get(field.key)
    empty = value is None or value == "" or value == []
    todo = _("Look at “%(field)s”.") % {"field": field.name}
    if condition.op == "filled":
        return Finding(OPEN, todo=fill, field=field.key) if empty else Finding(HOLDS)
    if condition.op == "empty":
        return Finding(HOLDS if empty else FAILS, "", fill if empty else todo, field.key)
    if empty:
        return Finding(OPEN, todo=fill, field=field.key)
    outcome = compared(value, condition, field)
    found = _("It says: %(value)s") % {"value": value_words(value, field)}
    return Finding(outcome, found, todo, field.key)


def compared(value: Any, condition: Condition, field: Field) -> Outcome:
    """A filled value against the condition's; open where a draft holds what cannot be read."""
    wanted = condition.value
    if condition.op in ("gte", "lte"):
        pair = _ordered(value, field), _ordered(wanted, field)
        if pair[0] is None or pair[1] is None:
            return OPEN
        fits = pair[0] >= pair[1] if condition.op == "gte" else pair[0] <= pair[1]
        return HOLDS if fits else FAILS
    values = [_plain(each, field) for each in (value if isinstance(value, list) else [value])]
    asked = wanted if condition.op == "in" else [wanted]
    meets = any(_plain(each, field) in values for each in asked)
    return HOLDS if meets != (condition.op == "ne") else FAILS


def _ordered(value: Any, field: Field) -> Any:
    if field.kind == "date":
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _plain(value: Any, field: Field) -> Any:
    if field.kind in ("number", "amount"):
        return _ordered(value, field)
    return value if isinstance(value, bool) else str(value)


def _of_whom(condition: Condition, facts: Facts, one: Callable[[Taker], Finding]) -> Finding:
    """The lead's finding; of everybody: the first that fails, else the first that is open."""
    if facts.lead is None:
        return Finding(OPEN, todo=_("Fill in who leads."), field="lead")
    if condition.who != "everyone":
        return one(facts.lead)
    findings = [one(taker) for taker in facts.everyone]
    for outcome in (FAILS, OPEN):
        if found := next((f for f in findings if f.outcome == outcome), None):
            return found
    return Finding(HOLDS, findings[0].found if len(findings) == 1 else "")


def _missing(taker: Taker, particular: str, todo: str) -> Finding:
    return Finding(OPEN, todo=todo % {"name": taker.name}, field=_place(taker, particular))


def _place(taker: Taker, particular: str) -> str:
    return f"{taker.role}.{particular}"


def _other_person(taker: Taker) -> str:
    if taker.role == "lead":
        return _("Somebody else who meets this may lead; correct the entry if it is wrong.")
    return _("Take %(name)s out, or correct the entry if it is wrong.") % {"name": taker.name}


def _projects(taker: Taker) -> str:
    if not taker.open_projects:
        return _("%(name)s has no open project.") % {"name": taker.name}
    return _("Open: %(projects)s") % {"projects": "；".join(taker.open_projects)}


def _close_first() -> str:
    return _("Close the open project first.")


def years_between(born: date, day: date) -> int:
    """Full years of age on a day. Who was born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def says_one_of(text: str, values: Iterable[str]) -> bool:
    """Whether a typed title (“教授（二级）、博士生导师”) is, in one of its parts, one of the values."""
    plain = BRACKETS.sub("", unicodedata.normalize("NFKC", text))
    parts = {part.casefold() for part in BETWEEN.split(plain) if part}
    wanted = {unicodedata.normalize("NFKC", value).strip().casefold() for value in values}
    return bool(parts & wanted) or plain.strip().casefold() in wanted


RULES: dict[str, Rule] = {
    "age": age, "title": title, "degree": degree, "referees": referees,
    "live_projects": live_projects, "teams": teams, "submissions": submissions,
    "previous_closed": previous_closed, "organisation_kind": organisation_kind,
    "employed_below": employed_below, "field": form_field,
}  # fmt: skip
