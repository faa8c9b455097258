"""sheke worker"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand

from sheke.core.jobs.parent import end_with_parent
from sheke.core.jobs.worker import Runner


class Command(TyperCommand):
    help = _("Run the background jobs until stopped; any number of workers may run.")

    def handle(
        self,
        once: Annotated[
            bool, typer.Option("--once", help="Leave when no job is left that can run now.")
        ] = False,
        patience: Annotated[
            float, typer.Option(help="Seconds that a running job may take after a stop.", min=0)
        ] = 10,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        end_with_parent()
        ran = Runner(patience=patience, until_idle=once).run()
        if as_json:
            sys.stdout.write(json.dumps({"ran": ran}, separators=(",", ":")) + "\n")
        elif once:
            print(f"{ran} jobs ran")
