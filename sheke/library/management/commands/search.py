"""sheke search "QUERY" [--kind …] [--limit N] [--json]"""

from __future__ import annotations

import json
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Command(TyperCommand):
    help = gettext_lazy(
        "Search the library: words, “phrases”, OR, −without, field:value, 2019-2022."
    )

    def handle(
        self,
        query: Annotated[str, typer.Argument(metavar="QUERY")],
        kind: Annotated[
            list[str] | None,
            typer.Option(help="Only works of this kind, or work, expert, collection; repeatable."),
        ] = None,
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="Hits shown.")] = 10,
        sort: Annotated[
            str, typer.Option(help="relevance, newest, oldest or level.")
        ] = "relevance",
        public: Annotated[bool, typer.Option(help="Only what everybody may see.")] = False,
        as_json: Json = False,
    ) -> None:
        from sheke.library.index.asking import found_by_operator

        found = found_by_operator(query, kinds=kind or (), limit=limit, sort=sort, public=public)
        if as_json:
            print(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
            return
        for remark in found["remarks"]:
            print(f"({remark})")
        for hit in found["hits"]:
            print(f"{hit['id']}  {hit['title']}\n    {hit['snippet']}")
        print(_("%(total)s hits, %(ms)s ms") % {"total": found["total"], "ms": found["ms"]})
