"""sheke search rebuild|follow|state"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.core.models import SearchEntry
from sheke.core.search.following import catch_up, is_built, rebuild

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Command(TyperCommand):
    help = gettext_lazy("The search index: build it anew, bring it up to date.")

    @command(
        help="Index everything anew; the old index goes on serving until the new one is whole."
    )
    def rebuild(self, as_json: Json = False) -> None:
        def progress(kind: str, done: int) -> None:
            if sys.stderr.isatty():
                print(f"\r{kind} {done}   ", end="", file=sys.stderr)

        total = rebuild(progress)
        print(
            json.dumps({"entries": total})
            if as_json
            else _("%(n)s entries indexed.") % {"n": total}
        )

    @command(help="Follow the audit log to its end (the worker does so by itself).")
    def follow(self, as_json: Json = False) -> None:
        if not is_built():
            rebuild()
        count = catch_up()
        print(
            json.dumps({"followed": count})
            if as_json
            else _("%(n)s changes followed.") % {"n": count}
        )

    @command(help="Whether there is an index, and of how many entries.")
    def state(self, as_json: Json = False) -> None:
        count = SearchEntry.objects.count()
        if as_json:
            print(json.dumps({"built": is_built(), "entries": count}))
        elif is_built():
            print(_("%(n)s entries are indexed.") % {"n": count})
        else:
            print(_("There is no index yet: sheke search rebuild"))
