"""sheke definition load|list|show|compare|export|check"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from sheke.core.errors import BadInput
from sheke.definitions.comparing import compare
from sheke.definitions.loading import load_pack
from sheke.definitions.models import Definition, Edition
from sheke.definitions.packs import dump, pack_folder, read_pack
from sheke.definitions.queries import current_edition, current_editions, publishers
from sheke.definitions.validation import near

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Kind = Annotated[
    str,
    typer.Option(
        help="record_type, indicator, programme, return_form or group; found by the key if not given."
    ),
]


class Command(TyperCommand):
    help = _("Definitions: record types, indicators, programmes, and the packs that bring them.")

    @command(
        help="Load a pack by its name or folder; an office's own changes are never overwritten."
    )
    def load(
        self,
        pack: Annotated[
            str, typer.Argument(help="A shipped pack's name or a folder.")
        ] = "federation",
        dry_run: Annotated[
            bool, typer.Option(help="Say what would happen; write nothing.")
        ] = False,
        take: Annotated[
            list[str], typer.Option(help="Key whose conflict is settled for the pack.")
        ] = [],  # noqa: B006
        as_json: Json = False,
    ) -> None:
        loaded = load_pack(pack=read_pack(pack_folder(pack)), take=take, dry_run=dry_run)
        if as_json:
            return print_json(asdict(loaded))
        for verdict, names in asdict(loaded).items():
            self.stdout.write(f"{verdict:<10} {len(names)}")
            if verdict in ("kept", "conflicts", "gone"):
                for name in names:
                    self.stdout.write(f"  {name}")
        if loaded.conflicts:
            self.stderr.write(
                "The office's own editions stand; “--take KEY” publishes the pack's instead."
            )

    @command(help="Check a pack without loading it; exit code 1 if it has faults.", name="check")
    def check_pack(
        self,
        pack: Annotated[
            str, typer.Argument(help="A shipped pack's name or a folder.")
        ] = "federation",
        as_json: Json = False,
    ) -> None:
        read = read_pack(pack_folder(pack))
        if as_json:
            counts = {kind: len(read.of(kind)) for kind in Definition.Kind.values}
            print_json(
                {"pack": read.key, "counts": counts, "faults": [f.as_dict() for f in read.faults]}
            )
        else:
            for fault in read.faults:
                self.stdout.write(str(fault))
        if read.faults:
            raise BadInput(f"{pack}: {len(read.faults)} faults")
        if not as_json:
            self.stdout.write(f"{pack}: {len(read.items)} definitions, no faults")

    @command(help="List the definitions in use.", name="list")
    def list_(
        self,
        kind: Annotated[
            str, typer.Option(help="record_type, indicator, programme, return_form or group.")
        ] = "",
        as_json: Json = False,
    ) -> None:
        kinds = [check_kind(kind)] if kind else ["record_type", "indicator", "programme"]
        editions = [edition for k in kinds for edition in current_editions(k).values()]
        if as_json:
            return print_json([summary(edition) for edition in editions])
        table = Table("kind", "key", "name", "unit", "group", "edition", box=None)
        for edition in editions:
            row = summary(edition)
            table.add_row(
                *(
                    str(row[column])
                    for column in ("kind", "key", "name", "unit", "group", "edition")
                )
            )
        Console().print(table)

    @command(help="Show a definition with its editions.")
    def show(self, key: str, kind: Kind = "", as_json: Json = False) -> None:
        edition = find(key, kind)
        editions = list(edition.definition.editions.all())
        if as_json:
            return print_json({
                **summary(edition), "data": edition.data,
                "editions": [history(e, publishers(editions)) for e in editions],
            })  # fmt: skip
        self.stdout.write(dump([edition.schema]))
        for each in editions:
            row = history(each, publishers(editions))
            self.stdout.write(
                f"#{row['number']}  {row['published_at']:%Y-%m-%d %H:%M}  {row['by']}  {row['note']}"
            )

    @command(help="Compare two editions of a definition field by field.")
    def compare(
        self, key: str, before: int, after: int, kind: Kind = "", as_json: Json = False
    ) -> None:
        definition = find(key, kind).definition
        changes = compare(numbered(definition, before), numbered(definition, after))
        if as_json:
            return print_json([asdict(change) for change in changes])
        for change in changes:
            self.stdout.write(f"{change.label}: {change.before or '–'} → {change.after or '–'}")
        if not changes:
            self.stdout.write("No difference.")

    @command(help="Write the definitions in use as YAML that a pack can hold.")
    def export(
        self,
        keys: Annotated[
            list[str] | None, typer.Argument(help="Keys; all of the kind if none.")
        ] = None,
        kind: Kind = "",
        output: Annotated[
            Path | None, typer.Option("-o", "--output", help="File to write.")
        ] = None,
    ) -> None:
        if keys:
            editions = [find(key, kind) for key in keys]
        else:
            editions = list(current_editions(check_kind(kind or "indicator")).values())
        text = dump([edition.schema for edition in editions])
        if output is None:
            self.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")


def check_kind(kind: str) -> str:
    if kind not in Definition.Kind.values:
        raise BadInput(f"There is no kind “{kind}”{near(kind, Definition.Kind.values)}")
    return kind


def find(key: str, kind: str = "") -> Edition:
    """The current edition by its key, an indicator before a record type of the same key."""
    if kind:
        return current_edition(check_kind(kind), key)
    found = Definition.objects.filter(key=key).in_use()
    by_kind = {definition.kind: definition for definition in found}
    for each in ("indicator", "record_type", "programme", "return_form", "group"):
        if each in by_kind:
            return current_edition(each, key)
    keys = Definition.objects.all().in_use().values_list("key", flat=True)
    raise BadInput(f"There is no definition “{key}”{near(key, keys)}")


def numbered(definition: Definition, number: int) -> Edition:
    edition = definition.editions.filter(number=number).select_related("definition").first()
    if edition is None:
        raise BadInput(f"{definition.key} has no edition {number}.")
    return edition


def summary(edition: Edition) -> dict[str, Any]:
    schema = edition.schema
    return {
        "kind": edition.definition.kind, "key": edition.definition.key, "name": str(schema.name),
        "unit": str(getattr(schema, "unit", "")), "group": getattr(schema, "group", ""),
        "edition": edition.number, "pack": edition.pack, "digest": edition.digest,
    }  # fmt: skip


def history(edition: Edition, names: dict[int, str]) -> dict[str, Any]:
    return {
        "number": edition.number, "published_at": edition.published_at,
        "by": names.get(edition.pk, ""), "note": edition.note, "digest": edition.digest,
    }  # fmt: skip


def print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, separators=(",", ":"), default=str)
    sys.stdout.write("\n")
