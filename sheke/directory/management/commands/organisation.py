"""sheke organisation list|show|create|rename|move|board|boards|import|export"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.core.tables import read_table
from sheke.directory import actions
from sheke.directory.boards import Change, People, compare
from sheke.directory.boards import boards as boards_of
from sheke.directory.commands import (
    Json,
    export_table,
    import_table,
    print_json,
    print_table,
)
from sheke.directory.history import steps
from sheke.directory.models import Organisation, Tenure
from sheke.directory.queries import find_organisations, organisation_by_code
from sheke.directory.tables.boards import read_board

Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day of the change; today if left out."),
]
Reason = Annotated[str, typer.Option(help="Why; it stands in the history.")]


class Command(TyperCommand):
    help = _("Organisations: the tree with its history.")

    @command(help="List organisations in the order of the tree.", name="list")
    def list_(
        self,
        text: Annotated[str, typer.Argument(help="Words of the name, a former name or code.")] = "",
        kind: Annotated[str, typer.Option(help="federation, society, …")] = "",
        below: Annotated[str, typer.Option(help="Code of the one above.")] = "",
        ended: Annotated[bool, typer.Option("--ended", help="With those that ended.")] = False,
        as_json: Json = False,
    ) -> None:
        found = find_organisations(text).select_related("parent").order_by("path")
        if kind:
            found = found.filter(kind=check_kind(kind))
        if below:
            found = found.below(organisation_by_code(below))
        if not ended:
            found = found.at(timezone.localdate())
        if as_json:
            return print_json([summary(o) for o in found])
        rows = [("  " * o.depth + o.name, o.get_kind_display(), o.code) for o in found]
        print_table(("name", "kind", "code"), rows)

    @command(help="Show an organisation with its history and people.")
    def show(self, code: str, as_json: Json = False) -> None:
        subject = organisation_by_code(code)
        data = summary(subject) | {"history": history(subject), "people": people(subject)}
        if as_json:
            return print_json(data)
        print(f"{subject.name}  {subject.code}  {subject.get_kind_display()}")
        for state in data["history"]:
            print(
                f"  {state['since']}  {state['name']}  < {state['parent'] or '—'}  {state['reason']}"
            )
        for one in data["people"]:
            print(f"  {one['name']}  {one['role']}  {one['post']}")

    @command(help="Create an organisation.")
    def create(
        self,
        code: str,
        name: str,
        kind: Annotated[str, typer.Option(help="federation, society, …")],
        under: Annotated[str, typer.Option(help="Code of the one above; none for a root.")] = "",
        short_name: Annotated[str, typer.Option(help="As lists call it.")] = "",
        since: Since = None,
        as_json: Json = False,
    ) -> None:
        made = actions.create_organisation(
            parent=organisation_by_code(under) if under else None, by=None, code=code, name=name,
            kind=check_kind(kind), short_name=short_name,
            valid_from=since.date() if since else None,
        )  # fmt: skip
        print_json(summary(made)) if as_json else print(made.code)

    @command(help="Give another name; the old one stays in the history.")
    def rename(
        self, code: str, name: str, reason: Reason,
        short_name: Annotated[str, typer.Option(help="As lists call it.")] = "",
        since: Since = None, as_json: Json = False,
    ) -> None:  # fmt: skip
        subject = organisation_by_code(code)
        actions.rename_organisation(
            organisation=subject, name=name, short_name=short_name, since=day_of(since),
            reason=reason, by=None,
        )  # fmt: skip
        print_json(summary(subject)) if as_json else print(subject.name)

    @command(help="Hang an organisation with all below it under another one.")
    def move(
        self, code: str, reason: Reason,
        under: Annotated[str, typer.Option(help="Code of the new one above.")],
        since: Since = None, as_json: Json = False,
    ) -> None:  # fmt: skip
        subject, parent = organisation_by_code(code), organisation_by_code(under)
        actions.move_organisation(
            organisation=subject, parent=parent, since=day_of(since), reason=reason, by=None
        )
        print_json(summary(subject)) if as_json else print(f"{subject.name} < {parent.name}")

    @command(
        help="Import an xlsx or csv table: all of it or, when anything is wrong, nothing.",
        name="import",
    )
    def import_(
        self, file: Path,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")] = False,
        since: Since = None,
        reason: Reason = "",
        as_json: Json = False,
    ) -> None:  # fmt: skip
        options = {"since": day_of(since), "reason": reason}
        import_table("organisations", file, dry_run=dry_run, as_json=as_json, **options)

    @command(help="Export all organisations as xlsx or csv.")
    def export(self, file: Path, as_json: Json = False) -> None:
        export_table("organisations", file, as_json=as_json)

    @command(help="Change the whole board at once, from a table of the new one.")
    def board(
        self, code: str,
        file: Annotated[Path, typer.Option(help="Table: name, post, role, person number.")],
        since: Annotated[
            datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of the new board.")
        ],
        label: Annotated[str, typer.Option(help="As the term is called.")] = "",
        resolution: Annotated[str, typer.Option(help="Resolution or document number.")] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Show only; write nothing.")] = False,
        as_json: Json = False,
    ) -> None:  # fmt: skip
        subject = organisation_by_code(code)
        entries = read_board(read_table(file), People(subject, everybody=True))
        change = compare(subject, entries, since.date())
        told = told_change(change) | {"dry_run": dry_run}
        if not dry_run:
            actions.change_term(
                organisation=subject, entries=entries, since=change.since, label=label,
                resolution=resolution, by=None,
            )  # fmt: skip
        if as_json:
            return print_json(told)
        for word in ("ends", "begins", "stays"):
            for one in told[word]:
                print(f"{word:7}{one['name']}  {one['post']}  {one['role']}")

    @command(help="List the boards of an organisation, latest first.")
    def boards(self, code: str, as_json: Json = False) -> None:
        found: list[dict[str, Any]] = [
            {"term": b.label, "since": b.since, "until": b.until,
             "resolution": b.term.resolution if b.term else "",
             "people": [told_tenure(tenure) for tenure in b.tenures]}
            for b in boards_of(organisation_by_code(code))
        ]  # fmt: skip
        if as_json:
            return print_json(found)
        for one in found:
            print(f"{one['term'] or '—'}  {one['since'] or '…'} – {one['until'] or '…'}")
            for person in one["people"]:
                print(f"  {person['name']}  {person['post']}  {person['role']}")


def told_tenure(tenure: Tenure) -> dict[str, Any]:
    return {
        "name": tenure.person.name, "number": tenure.person.code, "post": tenure.post,
        "role": tenure.role,
    }  # fmt: skip


def told_change(change: Change) -> dict[str, Any]:
    return {
        "organisation": change.organisation.code, "since": change.since,
        "ends": [told_tenure(tenure) for tenure in change.ends],
        "begins": [
            {"name": e.name, "number": e.person.code if e.person else None, "post": e.post,
             "role": e.role, "new": e.person is None}
            for e in change.begins
        ],
        "stays": [told_tenure(tenure) for tenure in change.stays],
    }  # fmt: skip


def check_kind(kind: str) -> str:
    if kind not in Organisation.Kind.values:
        raise BadInput(
            f"There is no kind “{kind}”; it is one of: {', '.join(Organisation.Kind.values)}"
        )
    return kind


def day_of(since: datetime | None) -> date:
    return since.date() if since else timezone.localdate()


def summary(organisation: Organisation) -> dict[str, Any]:
    return {
        "code": organisation.code, "name": organisation.name,
        "short_name": organisation.short_name, "kind": organisation.kind,
        "parent": organisation.parent.code if organisation.parent else None,
        "valid_from": organisation.valid_from, "valid_to": organisation.valid_to,
    }  # fmt: skip


def history(organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {"since": step.since, "name": step.new.name, "short_name": step.new.short_name,
         "parent": step.new.parent.code if step.new.parent else None, "reason": step.new.reason}
        for step in reversed(steps(organisation))
    ]  # fmt: skip


def people(organisation: Organisation) -> list[dict[str, Any]]:
    tenures = organisation.tenures.at(timezone.localdate()).select_related("person")
    return [
        {"name": t.person.name, "role": t.role, "post": t.post, "since": t.since} for t in tenures
    ]
