"""A federation large enough to measure on: rows straight into the tables, from a fixed seed.

300 organisations in three levels, 30 record types with two measures and two filter fields each,
five years. Every record has the lines and facets that posting it would have written.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction

from sheke.definitions.models import Definition, Edition
from sheke.directory.actions import create_organisation
from sheke.directory.models import Organisation
from sheke.ledger.models import SCALE

FIRST, YEARS, TYPES, ORGANISATIONS = date(2021, 1, 1), 5, 30, 300
TABLES = {
    "ledger_record": (
        "id, uid, type_id, edition_id, organisation_id, happened_on, ended_on, title, amounts,"
        " attributes, note, heading_id, revision, digest, posted_at, posted_by_id"
    ),
    "ledger_line": (
        "type_id, measure, happened_on, posted_on, organisation_id, record_id, seat, value, digest"
    ),
    "ledger_facet": "record_id, type_id, happened_on, field, value, number",
    "ledger_participation": "record_id, organisation_id, role",
}


@dataclass
class World:
    """What the questions are asked about."""

    organisations: list[Organisation]
    types: list[Edition]
    root: Organisation = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.organisations[0]


def build(records: int) -> World:
    """The world of the database, with `records` records made where it is empty."""
    world = World(_organisations(), [_type(n) for n in range(TYPES)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_record")
        if cursor.fetchone()[0] == 0:
            _fill(world, records)
            cursor.execute("ANALYZE")
    return world


def _organisations() -> list[Organisation]:
    known = list(Organisation.objects.order_by("id"))
    if known:
        return known
    root = create_organisation(parent=None, by=None, kind="federation", code="city", name="City")
    counties = [
        create_organisation(
            parent=root, by=None, kind="county_federation", code=f"c{n}", name=f"County {n}"
        )
        for n in range(12)
    ]
    societies = [
        create_organisation(
            parent=counties[n % 12], by=None, kind="society", code=f"s{n}", name=f"Society {n}"
        )
        for n in range(ORGANISATIONS - 13)
    ]
    return [root, *counties, *societies]


def _type(n: int) -> Edition:
    data = {
        "key": f"type{n}", "name": _words(f"Type {n}"), "unit": _words("piece"), "group": "bench",
        "about": _words(f"Type {n}"),
        "measures": [
            {"key": key, "name": _words(key), "unit": _words(key)} for key in ("people", "hours")
        ],
        "fields": [
            {
                "key": key, "name": _words(key),
                "choices": [{"key": f"v{i}", "name": _words(f"v{i}")} for i in range(5)],
            }
            for key in ("level", "form")
        ],
    }  # fmt: skip
    return edition("record_type", data)


def _words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def edition(kind: str, data: dict[str, Any]) -> Edition:
    """The current edition of a definition, made when it is missing."""
    definition, _made = Definition.objects.get_or_create(kind=kind, key=data["key"])
    if definition.current is None:
        definition.current = Edition.objects.create(
            definition=definition, number=1, data=data, digest=uuid.uuid4().hex
        )
        definition.save()
    return definition.current


def _fill(world: World, records: int) -> None:
    made = _records(world, records)
    with transaction.atomic(), connection.cursor() as cursor:
        while batch := list(islice(made, 20_000)):
            for table, columns in TABLES.items():
                marks = ", ".join(["%s"] * (columns.count(",") + 1))
                rows = [row for record in batch for row in record.get(table, ())]
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _records(world: World, records: int) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    random_ = random.Random(20_260_101)
    units = [o.pk for o in world.organisations]
    days = [(FIRST + timedelta(n)).isoformat() for n in range(365 * YEARS)]
    for pk in range(1, records + 1):
        type_, day = random_.choice(world.types), random_.choice(days)
        hosts = random_.sample(units, 2 if random_.random() < 0.08 else 1)
        people, level = random_.randrange(10, 500), f"v{random_.randrange(5)}"
        digest = random_.getrandbits(40)
        values = {"": SCALE, "people": people * SCALE}
        if random_.random() < 0.3:
            values["hours"] = random_.randrange(1, 8) * SCALE
        yield {
            "ledger_record": [
                (
                    pk, f"{random_.getrandbits(128):032x}", type_.definition_id, type_.pk, hosts[0],
                    day, None, f"Record {pk % 5000}", f'{{"people": "{people}"}}',
                    f'{{"level": "{level}"}}', "", None, 1, digest, f"{day} 08:00:00", None,
                )
            ],
            "ledger_line": [
                (type_.definition_id, measure, day, day, host, pk, seat, value, digest)
                for seat, host in enumerate(hosts)
                for measure, value in values.items()
            ],
            "ledger_facet": [(pk, type_.definition_id, day, "level", level, None)],
            "ledger_participation": [(pk, host, "cohost") for host in hosts[1:]],
        }  # fmt: skip
