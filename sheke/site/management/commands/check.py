"""sheke check"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand
from rich.console import Console
from rich.markup import escape

from sheke.site.checks.findings import Finding, Severity, findings

COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}


class Command(TyperCommand):
    help = gettext_lazy("Tell what is wrong with this installation and how to mend it.")
    requires_system_checks: list[str] = []  # they are among what is told

    def handle(
        self,
        deep: Annotated[
            bool, typer.Option("--deep", help="Also the whole database, the audit log, the seals.")
        ] = False,
        files: Annotated[
            bool, typer.Option("--files", help="Also read every file and compare its SHA-256.")
        ] = False,
        deploy: Annotated[bool, typer.Option("--deploy", hidden=True)] = True,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        found = findings(deep=deep, files=files)
        counts = Counter(finding.severity for finding in found)
        if as_json:
            told: dict[str, object] = {str(one): counts[one] for one in Severity}
            told |= {"findings": [finding.as_json() for finding in found]}
            sys.stdout.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
        else:
            show(found)
            print(
                _("%(errors)s errors, %(warnings)s warnings")
                % {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}
            )
        if counts[Severity.ERROR]:
            sys.exit(1)


def show(found: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    names = {"error": _("Error"), "warning": _("Warning"), "info": _("Information")}
    for finding in found:
        colour = COLOURS[finding.severity]
        console.print(
            f"[{colour}]{names[finding.severity]}[/{colour}]  {escape(finding.what)}  [dim]{finding.id}[/dim]"
        )
        if finding.mend:
            console.print(f"    → {escape(finding.mend)}")
