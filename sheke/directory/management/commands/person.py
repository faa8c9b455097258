"""sheke person list|import|export"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command

from sheke.directory.commands import (
    Json,
    export_table,
    import_table,
    print_json,
    print_table,
)
from sheke.directory.masking import mask_phone
from sheke.directory.models import Person
from sheke.directory.queries import (
    find_people,
    organisation_by_code,
    people_within,
    with_current_tenures,
)

Tenures = Annotated[bool, typer.Option("--tenures", help="Tenures instead of people.")]


class Command(TyperCommand):
    help = _("People and their tenures.")

    @command(help="List people with their current tenures; phone numbers are masked.", name="list")
    def list_(
        self,
        text: Annotated[str, typer.Argument(help="Words of the name, number, organisation.")] = "",
        organisation: Annotated[str, typer.Option(help="Of this organisation and below.")] = "",
        as_json: Json = False,
    ) -> None:
        found = find_people(text)
        if organisation:
            within = people_within(organisation_by_code(organisation))
            found = found.filter(pk__in=within.values("pk"))
        people = with_current_tenures(found)
        if as_json:
            return print_json([summary(person) for person in people])
        rows = [(p.name, p.code or "", mask_phone(p.phone), places(p)) for p in people]
        print_table(("name", "number", "phone", "where"), rows)

    @command(
        help="Import an xlsx or csv table: all of it or, when anything is wrong, nothing.",
        name="import",
    )
    def import_(
        self, file: Path, tenures: Tenures = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")] = False,
        as_json: Json = False,
    ) -> None:  # fmt: skip
        what = "tenures" if tenures else "people"
        import_table(what, file, dry_run=dry_run, as_json=as_json)

    @command(help="Export people, or their tenures, as xlsx or csv.")
    def export(self, file: Path, tenures: Tenures = False, as_json: Json = False) -> None:
        export_table("tenures" if tenures else "people", file, as_json=as_json)


def summary(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "code": person.code, "title": person.title,
        "phone": mask_phone(person.phone),
        "tenures": [
            {"organisation": t.organisation.code, "role": t.role, "post": t.post}
            for t in person.current_tenures  # type: ignore[attr-defined]
        ],
    }  # fmt: skip


def places(person: Person) -> str:
    tenures = person.current_tenures  # type: ignore[attr-defined]
    return "; ".join(f"{t.organisation.label} {t.post or t.get_role_display()}" for t in tenures)
