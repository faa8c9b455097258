"""sheke library check|…: the body of each verb stands in its part of the library."""

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

    @command(help="Find every passage of a file that stands in other texts, or in the holdings.")
    def check(
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
