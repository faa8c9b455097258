"""Opening a call of the demonstration, and the applications that come in for it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from docx import Document

from sheke.calls.actions import calls as calling
from sheke.calls.actions import phases
from sheke.calls.importing import Entry
from sheke.calls.models import Call, Member
from sheke.calls.tables import topics_in_text
from sheke.calls.values import check_values
from sheke.definitions.models import Definition, Edition
from sheke.definitions.programmes import Field
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account, Organisation, Person

from .organisations import Tree
from .people import names
from .source import dice

KINDS = ("university_federation", "county_federation", "research_base", "society")


def edition_of(key: str) -> Edition:
    """The edition of a programme that calls opened now are pinned to."""
    return current_edition(Definition.Kind.PROGRAMME, key)


def open_call(
    edition: Edition, root: Organisation, office: Account, began: date, days: int, words: Any
) -> Call:
    """A call in preparation, with its topic guide and the announcement as a file."""
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


def plan(call: Call, began: date, office: Account) -> None:
    """The stages one behind the other, each for its usual length."""
    first, days = began, {}
    for stage in call.programme.stages:
        last = first + timedelta(days=(stage.days or stage.working_days + 2) - 1)
        if stage.kind == "collect":
            last = timezone.localdate(call.closes_at)
        days[stage.key] = (first, last)
        first = last + timedelta(days=1)
    phases.plan_phases(call=call, days=days, by=office)


def units_of(tree: Tree) -> list[Organisation]:
    """A dozen organisations that recommend: universities first."""
    found = [o for kind in KINDS for o in tree.of_kind(kind) if o.valid_to is None]
    return [o for kind in KINDS for o in found if o.kind == kind][:12]


def entries_of(
    call: Call, units: Sequence[Organisation], words: Any, *, count: int, seed: str = "calls",
    known: Sequence[Person] = (), ends_on: date | None = None,
) -> Iterator[Entry]:  # fmt: skip
    """Applications of organisations in turn. known: people of the directory who lead the first of them,
    for their own organisation. ends_on: what they put down as a date; else the middle of next year.
    """
    random, programme = dice(seed), call.programme
    taken = set(Person.objects.values_list("name", flat=True))
    fresh = names(dice("applicants" if seed == "calls" else f"applicants {seed}"), taken)
    topics = {topic.pk: str(topic) for topic in call.topics.all()}
    titles = [f"{place}{matter}" for matter in words["matters"] for place in words["places"]]
    random.shuffle(titles)
    day = call.closes_at.date()
    ends_on = ends_on or date(timezone.localdate().year + 1, 6, 30)
    for number, title in enumerate(titles[:count]):
        person = known[number] if number < len(known) else None
        unit = _unit(person) if person else units[number % len(units)]
        values = _values(call.edition, title, list(topics), random, words, ends_on)
        clean, _faults = check_values(programme, values, topics=topics)
        lead = _person(Member.LEAD, 0, person.name if person else next(fresh), unit, random, day)
        people = [lead | ({"person": person} if person else {})]
        if programme.people.roles:
            role = programme.people.roles[0].key
            for place in range(1, random.randint(1, 4)):
                people.append(_person(role, place, next(fresh), unit, random, day))
        yield Entry(number + 2, clean, unit, people)


def _unit(person: Person) -> Organisation:
    tenure = person.tenures.select_related("organisation").order_by("pk").first()
    if tenure is None:
        raise LookupError(person)
    return tenure.organisation


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
    edition: Edition, title: str, topics: list[int], random: Random, words: Any, ends_on: date
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
                values[field.key] = ends_on.isoformat()
            case "number":
                values[field.key] = f"{random.randint(20, 90)}"
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
