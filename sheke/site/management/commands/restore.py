"""sheke restore"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand

from sheke.site.backup.making import summary
from sheke.site.backup.restoring import note, restore, unfinished


class Command(TyperCommand):
    help = gettext_lazy("Put a backup in the place of this installation's database and files.")

    def handle(
        self,
        path: Annotated[Path, typer.Argument(help="A backup, or a folder of backups.")],
        replace: Annotated[
            bool, typer.Option("--replace", help="Also where there are data (backed up first).")
        ] = False,
        without_key: Annotated[
            bool, typer.Option("--without-key", help="Keep the secret key that is here.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        if left := unfinished():
            print(
                _("A restore of %(backup)s, begun %(started)s, did not come to its end.") % left,
                file=sys.stderr,
            )
        manifest = restore(path, replace=replace, with_key=not without_key)
        note("backup.restore", backup=path.name, made_at=manifest.made_at)
        told = summary(path, manifest)
        if as_json:
            sys.stdout.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
            return
        print(
            _(
                "Restored as of %(made_at)s: %(records)s records, %(files)s files. Run “sheke check --deep”."
            )
            % told
        )
