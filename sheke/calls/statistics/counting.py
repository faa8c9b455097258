"""The numbers of one call. A constant number of queries, none of which reads a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.definitions.programmes import Programme
from sheke.directory.models import Organisation

from ..listing import no_organisation
from ..models import Call, Member, Submission
from .hiding import hidden
from .people import age_band, band_keys, band_name, gender_name, unknown

State = Submission.State
DIGITS = 6  # of a level of an organisation's path


@dataclass(frozen=True)
class Step:
    """One step of the way: how many came so far. `query` narrows the list to them; None: no list."""

    key: str
    name: str
    count: int
    query: str | None


@dataclass(frozen=True)
class Group:
    """Submissions of one group. sent, awarded: None where the group is too small to be told."""

    key: str
    name: str
    sent: int | None
    awarded: int | None
    query: str | None = None

    @property
    def rate(self) -> float | None:
        """Awarded of those sent in, in percent."""
        if not self.sent or self.awarded is None:
            return None
        return round(100 * self.awarded / self.sent, 1)

    @property
    def is_hidden(self) -> bool:
        return self.sent is None


@dataclass(frozen=True)
class Table:
    """The submissions by one property. `hides` says that groups are left out since they are small."""

    key: str
    title: str
    groups: list[Group]
    about_people: bool = False

    @property
    def hides(self) -> bool:
        return any(group.is_hidden for group in self.groups)


@dataclass(frozen=True)
class Statistics:
    """Of one call. least: submissions that a group of people must have to be shown."""

    funnel: list[Step]
    sent: int
    awarded: int
    decided: bool
    tables: list[Table]
    least: int


@dataclass(frozen=True)
class Row:
    """What is counted of a submission."""

    organisation: int | None
    discipline: str
    category: str
    topic: int | None
    stage: str
    state: str
    born: Any
    gender: str
    title: str

    @property
    def awarded(self) -> bool:
        return self.state == State.AWARDED


def statistics_of(call: Call) -> Statistics:
    """Everything that the page shows. Eight queries at most."""
    rows = rows_of(call)
    awarded = sum(row.awarded for row in rows)
    return Statistics(
        funnel=funnel_of(call, rows), sent=len(rows), awarded=awarded,
        decided=any(row.state in (State.AWARDED, State.NOT_AWARDED) for row in rows),
        tables=_tables(call, rows), least=settings.CALLS_LEAST_SHOWN,
    )  # fmt: skip


def rows_of(call: Call) -> list[Row]:
    """What was sent in, with its lead. Two queries."""
    leads = Member.objects.filter(submission__call=call, role=Member.LEAD)
    people: dict[int, tuple[Any, ...]] = {
        one[0]: one[1:]
        for one in leads.values_list("submission_id", "born_on", "gender", "title").order_by()
    }
    found = call.submissions.filter(sent__isnull=False).order_by().values_list(
        "pk", "organisation_id", "discipline", "category", "topic_id", "stage", "state"
    )  # fmt: skip
    nobody: tuple[Any, ...] = (None, "", "")
    return [Row(*one[1:], *people.get(one[0], nobody)) for one in found]


def funnel_of(call: Call, rows: list[Row]) -> list[Step]:
    """From the drafts to the awards. What got beyond a stage stands at a later one, whatever became of it."""
    stages = call.programme.stages
    places = {stage.key: place for place, stage in enumerate(stages)}
    at = Counter(places.get(row.stage, 0) for row in rows)
    steps = [
        Step("begun", _("Begun"), call.submissions.count(), None),
        Step("sent", pgettext("submissions", "Sent in"), len(rows), ""),
    ]
    for place, stage in enumerate(stages[:-1]):
        if stage.kind == "collect":
            continue
        count = sum(n for where, n in at.items() if where > place)
        steps.append(
            Step(stage.key, _passed(stage.kind, str(stage.name)), count, f"beyond={stage.key}")
        )
    awarded = sum(row.awarded for row in rows)
    return [*steps, Step("awarded", str(State.AWARDED.label), awarded, "state=awarded")]


def _passed(kind: str, name: str) -> str:
    return {
        "recommend": pgettext("submission", "Recommended"),
        "notice": _("Stood through the public notice"),
    }.get(kind) or _("Passed: %(stage)s") % {"stage": name}


def _tables(call: Call, rows: list[Row]) -> list[Table]:
    programme, day = call.programme, timezone.localdate(call.closes_at)
    units = _units(rows)
    topics = {topic.pk: str(topic) for topic in call.topics.all()}
    known = units.values()
    kinds = dict(Organisation.Kind.choices)
    tables = [
        _table("kind", _("By kind of organisation"), rows, lambda r: _kind(units, r),
               lambda key: str(kinds.get(key, key)) or no_organisation(), "kind"),
        _table("branch", _("By branch"), rows, _branch_of(call, units), _name_of(call, known), "branch"),
        _table("organisation", pgettext("statistics", "By organisation"), rows, lambda r: r.organisation or "",
               lambda key: units[key].label if key in units else no_organisation(), "organisation"),
        _choices("discipline", _("By discipline"), programme, rows),
        _choices("category", _("By category"), programme, rows),
    ]  # fmt: skip
    if topics:
        tables.append(_table("topic", _("By topic"), rows, lambda r: r.topic or "",
                             lambda key: topics.get(key, "") or _("Outside the guide"), "topic"))  # fmt: skip
    tables += [
        _people("age", _("By age of the lead"), rows, lambda r: age_band(r.born, day), band_name, band_keys()),
        _people("gender", _("By gender of the lead"), rows, lambda r: r.gender, gender_name, ["female", "male"]),
        _people("title", _("By academic title of the lead"), rows, lambda r: r.title.strip(),
                lambda key: key or unknown()),
    ]  # fmt: skip
    return [table for table in tables if len(table.groups) > 1 or table.key == "organisation"]


Of = Callable[[Row], Any]
Name = Callable[[Any], str]


def _table(key: str, title: str, rows: list[Row], of: Of, name: Name, query: str = "") -> Table:
    """The largest groups first."""
    sent, awarded = _counted(rows, of)
    order = sorted(sent, key=lambda each: (-sent[each], name(each)))
    return Table(key, title, [
        Group(str(each), name(each), sent[each], awarded[each], f"{query}={each}" if query and each else None)
        for each in order
    ])  # fmt: skip


def _choices(use: str, title: str, programme: Programme, rows: list[Row]) -> Table:
    used = programme.used_as(use)
    names = {c.key: str(c.name) for c in used.choices} if used else {}
    return _table(
        use,
        title,
        rows,
        lambda row: getattr(row, use),
        lambda key: names.get(key, key) or unknown(),
        use,
    )


def _people(
    key: str, title: str, rows: list[Row], of: Of, name: Name, order: Iterable[str] = ()
) -> Table:
    """Without links: a list of names is no statistics. Small groups are hidden."""
    sent, awarded = _counted(rows, of)
    gone = hidden(sent, settings.CALLS_LEAST_SHOWN)
    known = list(order)
    others = sorted((k for k in sent if k not in known), key=lambda k: (not k, -sent[k], k))
    return Table(key, title, [
        Group(each, name(each), *((None, None) if each in gone else (sent[each], awarded[each])))
        for each in [k for k in known if sent[k]] + others
    ], about_people=True)  # fmt: skip


def _counted(rows: list[Row], of: Of) -> tuple[Counter[Any], Counter[Any]]:
    return Counter(of(row) for row in rows), Counter(of(row) for row in rows if row.awarded)


def _units(rows: list[Row]) -> dict[int, Organisation]:
    numbers = {row.organisation for row in rows if row.organisation is not None}
    return {unit.pk: unit for unit in Organisation.objects.filter(pk__in=numbers)}


def _kind(units: dict[int, Organisation], row: Row) -> str:
    unit = units.get(row.organisation or 0)
    return unit.kind if unit else ""


def _branch_of(call: Call, units: dict[int, Organisation]) -> Of:
    """The organisation below the calling one under which the applying one stands; else itself."""
    depth = len(call.organisation.path) + DIGITS
    paths = {
        unit.path[:depth] for unit in units.values() if unit.path.startswith(call.organisation.path)
    }
    tops = dict(Organisation.objects.filter(path__in=paths).values_list("path", "pk"))

    def branch(row: Row) -> int | str:
        unit = units.get(row.organisation or 0)
        return tops.get(unit.path[:depth], unit.pk) if unit else ""

    return branch


def _name_of(call: Call, units: Iterable[Organisation]) -> Name:
    depth = len(call.organisation.path) + DIGITS
    held = list(units)
    paths = {unit.path[:depth] for unit in held}
    found = Organisation.objects.filter(path__in=paths)
    names = {unit.pk: unit.label for unit in [*held, *found]}
    return lambda key: names.get(key) or no_organisation()
