"""What a condition demands, as a sentence in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from .eligibility import Condition, Eligibility
from .fields import Field
from .programme import Programme

COMPARISONS = {
    "eq": gettext_noop("“%(field)s” is: %(value)s"),
    "ne": gettext_noop("“%(field)s” is not: %(value)s"),
    "in": gettext_noop("“%(field)s” is one of: %(value)s"),
    "gte": gettext_noop("“%(field)s” is at least %(value)s"),
    "lte": gettext_noop("“%(field)s” is at most %(value)s"),
    "filled": gettext_noop("“%(field)s” is filled in"),
    "empty": gettext_noop("“%(field)s” is empty"),
}


def demand_of(condition: Condition, programme: Programme) -> str:
    """The condition in words, as the programme calls people and fields."""
    field = programme.field(condition.field) if condition.field else None
    return demand(condition, str(programme.applicant), field)


def demand(condition: Condition, applicant: str, field: Field | None) -> str:
    """The condition's own message where it has one, else a sentence made from its parts.

    applicant: what the lead is called. field: the field that the condition compares.
    """
    if condition.message:
        return str(condition.message)
    who = _("Everybody who takes part") if condition.who == "everyone" else applicant
    values = "、".join(condition.values)
    match condition.rule:
        case "age":
            return _age(condition, who)
        case "title":
            return _("%(who)s: academic title %(values)s") % {"who": who, "values": values}
        case "degree":
            return _("%(who)s: degree %(values)s") % {"who": who, "values": values}
        case "referees":
            return _referees(condition, values)
        case "organisation_kind":
            return _("The applying organisation is of one of these kinds: %(kinds)s") % {
                "kinds": "、".join(kind_name(key) for key in condition.values)
            }
        case "employed_below":
            return _("%(who)s: works for the calling organisation or one that belongs to it") % {
                "who": who
            }
        case "field":
            return _comparison(condition, field)
        case "previous_closed":
            return _("Every earlier project led is closed")
    return _counted(condition, who)


def _age(condition: Condition, who: str) -> str:
    words = {
        "who": who, "least": condition.least, "most": condition.most, "day": day_words(condition.day),
    }  # fmt: skip
    if condition.least is None:
        return _("%(who)s: at most %(most)s years old on %(day)s") % words
    if condition.most is None:
        return _("%(who)s: at least %(least)s years old on %(day)s") % words
    return _("%(who)s: %(least)s to %(most)s years old on %(day)s") % words


def _referees(condition: Condition, values: str) -> str:
    count = condition.least or 0
    if not values:
        return ngettext("%(n)s referee recommends", "%(n)s referees recommend", count) % {
            "n": count
        }
    return ngettext(
        "%(n)s referee with the title %(values)s recommends",
        "%(n)s referees with the title %(values)s recommend",
        count,
    ) % {"n": count, "values": values}


def _counted(condition: Condition, who: str) -> str:
    most = condition.most or 0
    words = {"who": who, "n": most}
    if condition.rule == "live_projects":
        if most == 0:
            return _("%(who)s: leads no project that is still open") % words
        text = ngettext(
            "%(who)s: leads at most %(n)s open project",
            "%(who)s: leads at most %(n)s open projects",
            most,
        )
    elif condition.rule == "teams":
        text = ngettext(
            "%(who)s: takes part in at most %(n)s submission of this call",
            "%(who)s: takes part in at most %(n)s submissions of this call",
            most,
        )
    else:
        text = ngettext(
            "%(who)s: leads at most %(n)s submission of this call",
            "%(who)s: leads at most %(n)s submissions of this call",
            most,
        )
    return text % words


def _comparison(condition: Condition, field: Field | None) -> str:
    op = condition.op or "filled"
    return _(COMPARISONS[op]) % {
        "field": field.name if field else condition.field,
        "value": value_words(condition.value, field),
    }


def value_words(value: Any, field: Field | None) -> str:
    """A value of a field in words: a choice by its name."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return "、".join(value_words(each, field) for each in value)
    names = {choice.key: str(choice.name) for choice in field.choices} if field else {}
    unit = str(field.unit) if field and field.unit else ""
    return names.get(str(value), f"{value} {unit}".strip())


def day_words(day: date | str) -> str:
    """The day from which an age is counted."""
    if isinstance(day, date):
        return day.isoformat()
    return _("the day the call opens") if day == "opening" else _("the day the call closes")


def kind_name(key: str) -> str:
    """A kind of organisation in words; the apps above name them, this one knows the keys only."""
    return _(KINDS[key]) if key in KINDS else key


KINDS = {
    "federation": gettext_noop("Federation"),
    "county_federation": gettext_noop("County federation"),
    "university_federation": gettext_noop("University federation"),
    "society": gettext_noop("Society"),
    "research_base": gettext_noop("Research base"),
    "popularisation_base": gettext_noop("Popularisation base"),
    "office": gettext_noop("Office"),
    "other": gettext_noop("Other"),
}


GROUPS = {
    "all": gettext_noop("All of these hold"),
    "any": gettext_noop("At least one of these holds"),
    "none": gettext_noop("None of these is the case"),
}


def group_demand(kind: str) -> str:
    """What a group of conditions demands, as the heading of its parts: kind is all, any or none."""
    return _(GROUPS[kind])


@dataclass(frozen=True)
class Line:
    """A node of the tree in words."""

    text: str
    warning: bool = False
    parts: tuple[Line, ...] = ()


def lines(programme: Programme) -> Line | None:
    """The whole tree in words, or None where everybody may apply."""
    tree = programme.eligibility
    return _line(tree, programme) if tree.conditions() else None


def _line(node: Eligibility, programme: Programme) -> Line:
    if node.condition is not None:
        return Line(demand_of(node.condition, programme), node.condition.severity == "warning")
    parts = tuple(_line(part, programme) for part in node.parts)
    return Line(group_demand(node.kind), False, parts)


def tree_text(programme: Programme) -> str:
    """The whole tree in one text, groups in brackets."""
    found = lines(programme)
    return _in_one(found) if found else ""


def _in_one(line: Line) -> str:
    if not line.parts:
        return line.text
    return f"{line.text}（{'；'.join(_in_one(part) for part in line.parts)}）"
