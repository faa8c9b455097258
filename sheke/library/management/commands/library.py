"""sheke library check|add|cite…: the body of each verb stands in its part of the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command, initialize

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Command(TyperCommand):
    help = _("The library: take in, check for copied passages.")

    @initialize()
    def begin(self) -> None:
        """A verb follows, also while there is only one."""

    @command(
        "check", help="Find every passage of a file that stands in other texts, or in the holdings."
    )
    def passages(
        self,
        files: Annotated[
            list[Path],
            typer.Argument(metavar="FILE", help="The file; further ones count as --against."),
        ],
        minimum: Annotated[
            int, typer.Option(help="Shortest passage, in Han characters, letters and digits.")
        ] = 13,
        against: Annotated[
            list[Path] | None,
            typer.Option(help="Files and folders to compare with, instead of the holdings."),
        ] = None,
        common: Annotated[
            int, typer.Option(help="Wording found in more texts than this is common.")
        ] = 10,
        as_json: Json = False,
    ) -> None:
        from sheke.library.passages.command import check

        check(files, minimum=minimum, against=against or [], common=common, as_json=as_json)

    @command(help="Take files and folders in; each good file becomes a draft work.")
    def add(
        self,
        paths: Annotated[
            list[Path], typer.Argument(metavar="PATH", help="Files, folders and zips.")
        ],
        organisation: Annotated[
            str,
            typer.Option(help="Code of the organisation that keeps them; the root if left out."),
        ] = "",
        title: Annotated[str, typer.Option(help="Name of the batch.")] = "",
        listed: Annotated[
            Path | None, typer.Option("--list", help="A table that says what the files are.")
        ] = None,
        queue: Annotated[
            bool, typer.Option("--queue", help="Let a worker do it in the background.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        from sheke.library.intake.command import add

        add(
            paths, organisation=organisation, title=title, listed=listed, queue=queue,
            as_json=as_json,
        )  # fmt: skip

    @command(help="Print works as a list of references.")
    def cite(
        self,
        works: Annotated[
            list[str],
            typer.Argument(metavar="ID", help="Numbers or lasting links of works, in their order."),
        ],
        style: Annotated[
            str,
            typer.Option(
                help="gbt-numeric, gbt-author-date, bibtex, ris, csl-json, json-ld, dublin-core"
            ),
        ] = "gbt-numeric",
        as_json: Json = False,
    ) -> None:
        from sheke.library.citing.command import cite_works

        cite_works(works, style=style, as_json=as_json)

    @command("verify-report", help="Whether a printed report of copied passages is genuine.")
    def verify_report(
        self,
        file: Annotated[Path, typer.Argument(help="The PDF.")],
        as_json: Json = False,
    ) -> None:
        from sheke.library.passages.command import verify_report

        verify_report(file, as_json=as_json)

    @command(help="List works: drafts, public ones, those taken back.")
    def works(
        self,
        text: Annotated[str, typer.Option("--text", help="Of the title or an author.")] = "",
        state: Annotated[str, typer.Option(help="draft, public or withdrawn")] = "",
        organisation: Annotated[
            str, typer.Option(help="Code of an organisation; those below it count, too.")
        ] = "",
        limit: Annotated[int, typer.Option(help="At most so many, the latest first.")] = 100,
        as_json: Json = False,
    ) -> None:
        from sheke.library.keeping import list_works

        list_works(text, state=state, organisation=organisation, limit=limit, as_json=as_json)

    @command(help="Show works to everybody; those with a level count in the ledger.")
    def publish(
        self,
        works: Annotated[list[str], typer.Argument(metavar="ID", help="Numbers of works.")],
        uncounted: Annotated[
            bool, typer.Option("--uncounted", help="Post nothing to the ledger.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        from sheke.library.keeping import publish

        publish(works, counted=not uncounted, as_json=as_json)

    @command(help="Take a public work back; its lasting address says so.")
    def withdraw(
        self,
        work: Annotated[str, typer.Argument(metavar="ID", help="Number or lasting link.")],
        reason: Annotated[str, typer.Option(help="Readers of its address see it.")],
        as_json: Json = False,
    ) -> None:
        from sheke.library.keeping import withdraw

        withdraw(work, reason=reason, as_json=as_json)
