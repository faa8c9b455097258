"""sheke report slots|templates|template|fill|list|sources|freeze|verify|…"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command, group


class Layout(StrEnum):
    """How a Word file looks."""

    ORIGINAL = "original"
    STANDARD = "standard"


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Number = Annotated[int, typer.Argument(help="Number of the report.")]
Look = Annotated[
    Layout, typer.Option(help="The template's own look, or the standard GB/T 9704—2012.")
]


class Command(TyperCommand):
    help = _("Reports: find figures in a text, bind them, fill, freeze and verify.")

    @command(help="Find every reported figure and every blank of a .docx or .txt.")
    def slots(
        self,
        file: Annotated[Path, typer.Argument(help="The document.")],
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.slots import show_slots

        show_slots(file, as_json=as_json)

    @command(help="Fill a template for an organisation and a period and write the Word file.")
    def fill(
        self,
        template: Annotated[str, typer.Argument(help="Key or number of a template, or a file.")],
        organisation: Annotated[str, typer.Option(help="Code of the organisation.")],
        period: Annotated[
            str, typer.Option(help="2025, 2025-H1, 2025-Q3, 2025-10 or 2025-01-01..2025-10-31.")
        ],
        out: Annotated[Path, typer.Option("--out", "-o", help="The Word file to write.")],
        layout: Look = Layout.ORIGINAL,
        red_head: Annotated[
            str, typer.Option(help="Document number; asks for a red head in the standard layout.")
        ] = "",
        accept: Annotated[
            bool,
            typer.Option(help="Bind what leaves little doubt, when the template is a new file."),
        ] = False,
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.fill import fill

        fill(
            template,
            organisation=organisation,
            period=period,
            out=out,
            layout=layout.value,
            number=red_head,
            accept=accept,
            as_json=as_json,
        )

    @command("list", help="All reports, latest first.")
    def show(self, as_json: Json = False) -> None:
        from sheke.reports.commands.freeze import show_reports

        show_reports(as_json=as_json)

    @command(help="Write a report's annex of sources (.docx) or the rows of its figures (.xlsx).")
    def sources(
        self,
        report: Number,
        out: Annotated[Path, typer.Option("--out", "-o", help="The .docx or .xlsx to write.")],
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.fill import sources

        sources(report, out=out, as_json=as_json)

    @command(help="Seal a report: its text, figures, definitions and rows.")
    def freeze(
        self,
        report: Number,
        out: Annotated[
            Path | None, typer.Option("--out", "-o", help="Also write the sealed Word file.")
        ] = None,
        layout: Look = Layout.ORIGINAL,
        refill: Annotated[bool, typer.Option(help="Fill it again first.")] = False,
        confirm_personal: Annotated[
            bool, typer.Option("--confirm-personal", help="Seal it though it holds personal data.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.freeze import freeze

        freeze(
            report, out=out, layout=layout.value, refill=refill, as_json=as_json,
            confirm_personal=confirm_personal,
        )  # fmt: skip

    @command(
        help="Say for every figure of a frozen report, and a Word file of it, what still holds."
    )
    def verify(
        self,
        file: Annotated[Path | None, typer.Argument(help="The Word file.")] = None,
        code: Annotated[str, typer.Option(help="Code of a frozen report.")] = "",
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.freeze import verify

        verify(file, code=code, as_json=as_json)

    @command(help="All templates, the latest year first.")
    def templates(self, as_json: Json = False) -> None:
        from sheke.reports.commands.templates import show_templates

        show_templates(as_json=as_json)

    @group(help="Templates: import a document, bind its slots, carry bindings over.")
    def template(self) -> None:
        pass

    @template.command("import", help="Make a template of a .docx or .txt; its slots are found.")
    def import_template(
        self,
        file: Annotated[Path, typer.Argument(help="The document.")],
        organisation: Annotated[str, typer.Option(help="Code of the organisation.")],
        title: Annotated[
            str, typer.Option(help="Its title; read from the text if not given.")
        ] = "",
        year: Annotated[int | None, typer.Option(help="The year the text speaks of.")] = None,
        key: Annotated[
            str, typer.Option(help="Its key; made from code and year if not given.")
        ] = "",
        carry_from: Annotated[str, typer.Option(help="Key of an older template.")] = "",
        accept: Annotated[bool, typer.Option(help="Bind what leaves little doubt.")] = False,
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.templates import import_template

        import_template(
            file, organisation=organisation, title=title, year=year, key=key,
            carry_from=carry_from, accept=accept, as_json=as_json,
        )  # fmt: skip

    @template.command("show", help="The slots of a template and what they are bound to.")
    def show_slots(
        self, template: Annotated[str, typer.Argument(help="Key.")], as_json: Json = False
    ) -> None:
        from sheke.reports.commands.templates import show_template

        show_template(template, as_json=as_json)

    @template.command(help="The ranked proposals of a slot, or of all.")
    def propose(
        self,
        template: Annotated[str, typer.Argument(help="Key.")],
        slot: Annotated[str, typer.Argument(help="Key of a slot, as s003.")] = "",
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.templates import show_proposals

        show_proposals(template, slot, as_json=as_json)

    @template.command(help="Bind a slot to an indicator or to words.")
    def bind(
        self,
        template: Annotated[str, typer.Argument(help="Key.")],
        slot: Annotated[str, typer.Argument(help="Key of a slot, as s003.")],
        indicator: Annotated[str, typer.Option(help="Key of an indicator.")] = "",
        until: Annotated[str, typer.Option(help="Last day counted, as 10-31.")] = "",
        constant: Annotated[str, typer.Option(help="Words that stay.")] = "",
        name: Annotated[str, typer.Option(help="A name.")] = "",
        text: Annotated[str, typer.Option(help="Free text.")] = "",
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.templates import bind

        words = {"constant": constant, "name": name, "text": text}
        bind(template, slot, indicator=indicator, until=until, words=words, as_json=as_json)

    @template.command(help="Bind every slot whose first proposal leaves little doubt.")
    def accept(
        self,
        template: Annotated[str, typer.Argument(help="Key.")],
        least: Annotated[float, typer.Option(help="The score a proposal must have.")] = 50.0,
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.templates import accept

        accept(template, least=least, as_json=as_json)

    @template.command(help="Carry bindings over from an older template by their words.")
    def carry(
        self,
        template: Annotated[str, typer.Argument(help="Key.")],
        previous: Annotated[str, typer.Argument(help="Key of the older one.")],
        as_json: Json = False,
    ) -> None:
        from sheke.reports.commands.templates import carry

        carry(template, previous, as_json=as_json)

    @command(help="Check the seals of all frozen reports and the chain they make.")
    def seals(self, as_json: Json = False) -> None:
        from sheke.reports.commands.freeze import check_seals

        check_seals(as_json=as_json)
