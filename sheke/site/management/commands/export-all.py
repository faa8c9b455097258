"""sheke export-all"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand

from sheke.site.backup.restoring import note
from sheke.site.export.writing import export_all


class Command(TyperCommand):
    help = gettext_lazy("Write everything into a folder in open formats (CSV, NDJSON, YAML).")

    def handle(
        self,
        out: Annotated[Path, typer.Option("--out", "-o", help="New folder.")],
        without_contacts: Annotated[
            bool, typer.Option("--without-contacts", help="Leave out people's phones and mail.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        told = export_all(out, personal=not without_contacts)
        note("export.make", folder=out.name, files=told["files"], contacts=not without_contacts)
        if as_json:
            told = {"folder": str(out), **told}
            sys.stdout.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
            return
        print(
            _("%(path)s: %(rows)s rows of %(nouns)s nouns, %(files)s files")
            % {
                "path": out,
                "rows": sum(told["rows"].values()),
                "nouns": len(told["rows"]),
                "files": told["files"],
            }
        )
        for name in told["missing"]:
            print(_("missing in the storage: %(name)s") % {"name": name}, file=sys.stderr)
