"""sheke plan import|list|show|duties|template|export"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table
from rich.tree import Tree as RichTree

from sheke.core.documents import read_document
from sheke.core.errors import BadInput
from sheke.core.tables import read_table
from sheke.directory.models import Organisation
from sheke.plans import actions
from sheke.plans.breakdown import KNOWN, read_breakdown, template
from sheke.plans.models import Plan
from sheke.plans.nodes import Node
from sheke.plans.plain import as_dict
from sheke.plans.queries import plan_tree
from sheke.plans.reading import PlanText, read_plan

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Number = Annotated[int, typer.Argument(help="The plan's number, as “plan list” prints it.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")]


class Command(TyperCommand):
    help = gettext_lazy(
        "Plans: work points read from documents, with duties, targets and progress."
    )

    @command("import", help="Read a plan or a work summary (.docx, .txt) into the tree.")
    def import_(
        self,
        file: Annotated[Path, typer.Argument(help="The document.")],
        organisation: Annotated[str, typer.Option(help="Code; the only root if not given.")] = "",
        year: Annotated[int, typer.Option(help="The plan's year; read from the text.")] = 0,
        next_steps: Annotated[
            bool, typer.Option("--next-steps", help="Of a summary, only what is still to be done.")
        ] = False,
        dry_run: Annotated[bool, typer.Option(help="Read and print; write nothing.")] = False,
        as_json: Json = False,
    ) -> None:
        document = read_document(file)
        read = read_plan(document.text, year=year or None, name=document.stem)
        if not read.items:
            raise BadInput(_("%(name)s: no items were found.") % {"name": file.name})
        data = read.as_json()
        if not dry_run:
            plan = actions.import_plan(
                organisation=_organisation(organisation), read=read, by=None, year=year or None,
                document=document, data=file.read_bytes(), next_steps_only=next_steps,
            )  # fmt: skip
            data = {"plan": plan.pk} | data
        if as_json:
            return _print_json(data)
        _print_read(read)
        if not dry_run:
            Console().print(f"plan {plan.pk} · {plan.organisation} · {plan.year}", highlight=False)

    @command("list", help="List the plans.")
    def list_(self, as_json: Json = False) -> None:
        plans = Plan.objects.select_related("organisation")
        rows = [
            {"plan": p.pk, "year": p.year, "organisation": p.organisation.code, "title": p.title}
            for p in plans
        ]
        if as_json:
            return _print_json(rows)
        table = Table("plan", "year", "organisation", "title", box=None)
        for row in rows:
            table.add_row(*(str(value) for value in row.values()))
        Console().print(table)

    @command(help="Show a plan's tree with its progress.")
    def show(self, plan: Number, as_json: Json = False) -> None:
        tree = plan_tree(_plan(plan))
        if as_json:
            return _print_json(
                {"plan": plan, "title": tree.plan.title, "items": [as_dict(n) for n in tree.nodes]}
            )
        root = RichTree(f"[bold]{tree.plan.title}[/bold] {tree.done}/{len(tree.work)}")
        for top in tree.tops:
            _branch(root, top)
        Console().print(root, highlight=False)

    @command(help="Load duties from a task breakdown (.xlsx); without --save only check it.")
    def duties(
        self,
        file: Annotated[Path, typer.Argument(help="The table.")],
        plan: Annotated[
            int, typer.Option(help="The plan's number; the only plan if not given.")
        ] = 0,
        save: Annotated[bool, typer.Option(help="Write the duties if nothing is wrong.")] = False,
        as_json: Json = False,
    ) -> None:
        of = _plan(plan) if plan else _only(list(Plan.objects.all()), "--plan")
        read = read_breakdown(of, read_table(file, known=KNOWN))
        places = [{"row": p.row, "column": p.column, "message": p.message} for p in read.problems]
        saved = 0
        if save and not places:
            saved = actions.assign_duties(plan=of, assignments=read.assignments, by=None)
        if as_json:
            _print_json({"rows": read.rows, "duties": len(read.assignments), "saved": saved,
                         "problems": places})  # fmt: skip
        else:
            for place in places:
                self.stderr.write(f"{place['row']} {place['column']}: {place['message']}")
            self.stdout.write(f"{len(read.assignments)} duties in {read.rows} rows, {saved} saved")
        if places:
            raise BadInput(
                _("%(name)s: %(count)s problems; nothing was saved.")
                % {"name": file.name, "count": len(places)}
            )

    @command(name="template", help="Write the task breakdown of a plan, to be filled in.")
    def template_(self, plan: Number, output: Output = None) -> None:
        path = output or Path(f"plan-{plan}-duties.xlsx")
        path.write_bytes(template(_plan(plan)))
        self.stdout.write(str(path))


def _organisation(code: str) -> Organisation:
    if code:
        found = Organisation.objects.filter(code=code).first()
        if found is None:
            raise BadInput(_("There is no organisation with the code “%(code)s”.") % {"code": code})
        return found
    return _only(list(Organisation.objects.filter(parent=None)), "--organisation")


def _plan(number: int) -> Plan:
    plan = Plan.objects.select_related("organisation").filter(pk=number).first()
    if plan is None:
        raise BadInput(
            _("There is no plan %(number)s; “plan list” prints them.") % {"number": number}
        )
    return plan


def _only(found: list[Any], option: str) -> Any:
    if len(found) != 1:
        raise BadInput(
            _("There are %(count)s to choose from; say which with %(option)s.")
            % {"count": len(found), "option": option}
        )
    return found[0]


def _branch(root: RichTree, node: Node) -> None:
    percent = "" if node.percent is None else f" {node.percent}%"
    branch = root.add(f"{node.item}{percent}")
    for child in node.children:
        _branch(branch, child)


def _print_read(read: PlanText) -> None:
    console = Console()
    console.print(f"[bold]{read.title}[/bold]", highlight=False)
    for item in read.items:
        found = "、".join(t.text for _place, t in item.targets)
        due = f" ◷{item.due}" if item.due else ""
        mark = f" ◎{found}" if found else ""
        kind = f" ({item.kind})" if item.kind == "problem" else ""
        console.print(
            f"{'  ' * item.level}{item.number} {item.title}{kind}{due}{mark}", highlight=False,
            markup=False, soft_wrap=True,
        )  # fmt: skip


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")
