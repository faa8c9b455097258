"""Calls of the demonstration: a research grant in its formal check, an award that takes submissions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from docx import Document

from sheke.calls.actions import calls as calling
from sheke.calls.actions import checks, phases, quotas, recommending
from sheke.calls.actions.importing import import_submissions
from sheke.calls.importing import Entry
from sheke.calls.models import Call, Member, Submission
from sheke.calls.tables import topics_in_text
from sheke.calls.values import check_values
from sheke.definitions.models import Definition, Edition
from sheke.definitions.programmes import Field
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account, Organisation, Person

from .clock import clock
from .organisations import Tree
from .people import names
from .source import dice, read

GRANT, AWARD = "research_grant", "works_award"
SUBMISSIONS = 40
KINDS = ("university_federation", "county_federation", "research_base", "society")


def make_calls(tree: Tree, office: Account, today: date) -> None:
    """The grant's applications were sent in and recommended last month; the award closes in three weeks."""
    words = read("calls")
    _grant(tree, office, today, words["grant"])
    _award(tree, office, today, words["award"])


def _grant(tree: Tree, office: Account, today: date, words: Any) -> None:
    edition = _edition(GRANT)
    began = today - timedelta(days=50)
    with clock(began):
        call = _open(edition, tree.root, office, began, 35, words)
        recommending_units = _units(tree)
        quotas.set_quotas(call=call, places=dict.fromkeys(recommending_units, 4), by=office)
        _plan(call, began, office)
        call = calling.announce_call(call=call, by=office)
    with clock(today - timedelta(days=18)):
        entries = list(_entries(edition, call, recommending_units, words))
        made = import_submissions(call=call, entries=entries, by=None)
    with clock(today - timedelta(days=14)):
        phases.end_phase(phase=call.phases.get(stage="collect"), by=office)
        phases.begin_phase(phase=call.phases.get(stage="recommend"), by=office)
    with clock(today - timedelta(days=6)):
        _recommend(call, made, words["reasons"])
        phases.end_phase(phase=call.phases.get(stage="recommend"), by=office)
    with clock(today - timedelta(days=3)):
        phases.begin_phase(phase=call.phases.get(stage="check"), by=office)
    with clock(today - timedelta(days=1)):
        _check(call, office, today, words)


def _award(tree: Tree, office: Account, today: date, words: Any) -> None:
    edition = _edition(AWARD)
    began = today - timedelta(days=9)
    with clock(began):
        call = _open(edition, tree.root, office, began, 30, words)
        quotas.set_quotas(call=call, places=dict.fromkeys(_units(tree), 6), by=office)
        _plan(call, began, office)
        calling.announce_call(call=call, by=office)


def _edition(key: str) -> Edition:
    return current_edition(Definition.Kind.PROGRAMME, key)


def _open(
    edition: Edition, root: Organisation, office: Account, began: date, days: int, words: Any
) -> Call:
    opens = timezone.make_aware(datetime.combine(began, time(9)))
    closes = timezone.make_aware(datetime.combine(began + timedelta(days=days), time(17)))
    call = calling.open_call(
        edition=edition, organisation=root, title=words["title"].format(year=began.year),
        year=began.year, opens_at=opens, closes_at=closes, about=words["about"],
        budget=words.get("budget"), people=[office], by=office,
        topics=topics_in_text("\n".join(words.get("topics", ()))),
    )  # fmt: skip
    notice = _document(call)
    calling.add_file(call=call, file=notice, name=f"{words['file']}.docx", by=office)
    return call


def _document(call: Call) -> io.BytesIO:
    """The announcement as a Word file."""
    document, file = Document(), io.BytesIO()
    document.add_heading(call.title)
    for line in call.about.splitlines():
        document.add_paragraph(line)
    document.save(file)
    return file


def _plan(call: Call, began: date, office: Account) -> None:
    """The stages one behind the other, each for its usual length."""
    first, days = began, {}
    for stage in call.programme.stages:
        last = first + timedelta(days=(stage.days or stage.working_days + 2) - 1)
        if stage.kind == "collect":
            last = timezone.localdate(call.closes_at)
        days[stage.key] = (first, last)
        first = last + timedelta(days=1)
    phases.plan_phases(call=call, days=days, by=office)


def _units(tree: Tree) -> list[Organisation]:
    """A dozen organisations that recommend: universities first."""
    found = [o for kind in KINDS for o in tree.of_kind(kind) if o.valid_to is None]
    return [o for kind in KINDS for o in found if o.kind == kind][:12]


def _entries(
    edition: Edition, call: Call, units: list[Organisation], words: Any
) -> Iterator[Entry]:
    random = dice("calls")
    taken = set(Person.objects.values_list("name", flat=True))
    fresh = names(dice("applicants"), taken)
    topics = {topic.pk: str(topic) for topic in call.topics.all()}
    titles = [f"{place}{matter}" for matter in words["matters"] for place in words["places"]]
    random.shuffle(titles)
    for number, title in enumerate(titles[:SUBMISSIONS]):
        unit = units[number % len(units)]
        values = _values(edition, title, list(topics), random, words)
        clean, _faults = check_values(edition.programme, values, topics=topics)
        people = [_person(Member.LEAD, 0, next(fresh), unit, random, call.closes_at.date())]
        for place in range(1, random.randint(1, 4)):
            people.append(
                _person("member", place, next(fresh), unit, random, call.closes_at.date())
            )
        yield Entry(number + 2, clean, unit, people)


def _person(
    role: str, place: int, name: str, unit: Organisation, random: Random, day: date
) -> dict[str, Any]:
    return {
        "role": role, "position": place, "name": name, "organisation": unit, "employer": unit.name,
        "born_on": date(day.year - random.randint(27, 57), random.randint(1, 12), 15),
        "gender": random.choice(["男", "女"]), "degree": random.choice(["博士", "博士", "硕士"]),
        "title": random.choice(["教授", "副教授", "副教授", "讲师", "研究员", "馆员"]),
        "discipline": "", "phone": f"1380000{random.randint(0, 9999):04d}", "email": "",
        "task": random.choice(["统稿", "调研", "资料整理", "数据分析"]) if place else "",
    }  # fmt: skip


def _values(
    edition: Edition, title: str, topics: list[int], random: Random, words: Any
) -> dict[str, Any]:
    """Something for every field that the form asks for, out of the sample's sentences."""
    values: dict[str, Any] = {}
    for field in edition.programme.fields:
        match field.kind:
            case "text":
                values[field.key] = "、".join(random.sample(words["keywords"], 3))
            case "paragraphs" | "rich":
                values[field.key] = "\n\n".join(random.sample(words["sentences"], 3)).format(
                    title=title
                )
            case "choice":
                values[field.key] = random.choice(field.choices).key
            case "choices":
                values[field.key] = [random.choice(field.choices).key]
            case "boolean":
                values[field.key] = True
            case "amount":
                values[field.key] = f"{random.choice([1, 1.5, 2, 3])}"
            case "date":
                values[field.key] = f"{timezone.localdate().year + 1}-06-30"
            case "table":
                values[field.key] = [_row(field, random, words)]
            case "topic" if topics and random.random() < 0.7:
                values[field.key] = random.choice(topics)
        if field.use == "title":
            values[field.key] = title
    return values


def _row(field: Field, random: Random, words: Any) -> dict[str, str]:
    """One row of a table field."""
    day = timezone.localdate()
    said = {"number": "1", "date": f"{day.year}-{random.randint(1, 12):02d}-15"}
    return {
        column.key: column.choices[0].key if column.choices
        else said.get(column.kind) or random.choice(words["keywords"])
        for column in field.columns
    }  # fmt: skip


def _recommend(call: Call, made: list[Submission], reasons: list[str]) -> None:
    """Every organisation fills its places; what is left was not recommended."""
    random = dice("recommending")
    for submission in made:
        held = call.seats.filter(organisation=submission.organisation, submission=None)
        if held.exists() and random.random() < 0.93:
            by = Account.objects.filter(
                is_active=True, person__tenures__organisation=submission.organisation
            ).first()
            recommending.recommend(submission=submission, reason=random.choice(reasons), by=by)


def _check(call: Call, office: Account, today: date, words: Any) -> None:
    """Half of them passed, one was refused, two came back for correction; the others wait."""
    there = list(call.submissions.filter(stage="check", state="in").order_by("number"))
    half = len(there) // 2
    checks.pass_submissions(call=call, submissions=there[:half], by=office)
    checks.refuse_submissions(
        call=call, submissions=there[half : half + 1], reason=words["refused"], by=office
    )
    for submission in there[half + 1 : half + 3]:
        checks.return_submission(
            submission=submission, reason=words["returned"], due_on=today + timedelta(days=5),
            fields={"summary": words["remark"]}, by=office,
        )  # fmt: skip
