"""sheke setup"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand

from sheke.site.installing import PACK, set_up


class Command(TyperCommand):
    help = _("Prepare the database and the folders and load the shipped definitions.")

    def handle(
        self, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    ) -> None:
        loaded = set_up()
        where = settings.DATABASES["default"]["NAME"]
        counts = {"new": len(loaded.new), "changed": len(loaded.changed)}
        if as_json:
            data = {"database": str(where), "folder": str(settings.VAR), "pack": PACK, **counts}
            sys.stdout.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")
            return
        print(f"{where}: ready; {PACK}: {counts['new']} new, {counts['changed']} changed")
