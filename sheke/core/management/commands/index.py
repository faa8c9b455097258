"""sheke index rebuild|follow|state"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.core.search.indexes import INDEXES, Index

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(metavar="[NAME]", help="One index; without it all of them.")]


class Command(TyperCommand):
    help = gettext_lazy("What searches use: build an index anew, bring it up to date.")

    @command(
        help="Index everything anew; the old index goes on serving until the new one is whole."
    )
    def rebuild(self, name: Name = "", as_json: Json = False) -> None:
        told: dict[str, object] = {}
        for index in _chosen(name):
            total = index.rebuild(_progress)
            if total is None:
                raise BadInput(
                    _("Another process is building the index “%(name)s”.") % {"name": index.name}
                )
            told[index.name] = {"entries": total}
            if not as_json:
                print(f"{index.name}: " + _("%(n)s entries indexed.") % {"n": total})
        if as_json:
            print(json.dumps(told))

    @command(help="Follow the audit log to its end (the worker does so by itself).")
    def follow(self, name: Name = "", as_json: Json = False) -> None:
        told: dict[str, object] = {}
        for index in _chosen(name):
            if not index.is_built():
                index.rebuild(_progress)
            count = index.follow()
            told[index.name] = {"followed": count}
            if not as_json:
                print(f"{index.name}: " + _("%(n)s changes followed.") % {"n": count})
        if as_json:
            print(json.dumps(told))

    @command(help="Whether there is an index, and of how many entries.")
    def state(self, name: Name = "", as_json: Json = False) -> None:
        told = {index.name: dict(index.state()) for index in _chosen(name)}
        if as_json:
            print(json.dumps(told))
            return
        for one, facts in told.items():
            rest = ", ".join(f"{k} {v}" for k, v in facts.items() if k not in ("built", "entries"))
            if facts["built"]:
                said = _("%(n)s entries are indexed.") % {"n": facts["entries"]}
            else:
                said = _("There is no index yet: sheke index rebuild")
            print(f"{one}: {said}" + (f" ({rest})" if rest else ""))


def _chosen(name: str) -> list[Index]:
    if not name:
        return list(INDEXES.values())
    if name not in INDEXES:
        raise BadInput(
            _("There is no index “%(name)s”; there are %(known)s.")
            % {"name": name, "known": ", ".join(INDEXES)}
        )
    return [INDEXES[name]]


def _progress(kind: str, done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{kind} {done}   ", end="", file=sys.stderr)
