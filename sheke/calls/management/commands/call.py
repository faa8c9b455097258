"""sheke call assign-file|check-file"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.calls.assignment import files
from sheke.calls.assignment.checker import check
from sheke.calls.assignment.engine import assign
from sheke.calls.assignment.plan import Plan
from sheke.calls.assignment.problem import read_problem
from sheke.directory.commands import print_json

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem, a JSON file.")]


class Command(TyperCommand):
    help = gettext_lazy("Calls: submissions, reviewers, decisions.")

    @command(name="assign-file", help="Assign reviewers to the submissions of a file; no database.")
    def assign_file(
        self,
        problem: ProblemFile,
        output: Annotated[
            Path | None, typer.Option("-o", "--output", help="File to write; else it is printed.")
        ] = None,
        as_json: Json = False,
    ) -> None:
        plan = assign(read_problem(files.read(problem)))
        if output is None:
            sys.stdout.write(files.text(plan))
            return
        files.write(output, plan)
        if as_json:
            left_out = ("pairs", "certificate", "infeasible")
            data = {key: value for key, value in plan.data().items() if key not in left_out}
            print_json({"file": str(output), "pairs": len(plan.pairs)} | data)
        else:
            _tell(output, plan)

    @command(
        name="check-file",
        help="Check a plan against its problem, by another way than it was made; ends with 1 when it breaks a rule.",
    )
    def check_file(
        self,
        problem: ProblemFile,
        plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan, a JSON file.")],
        as_json: Json = False,
    ) -> None:
        verdict = check(read_problem(files.read(problem)), files.read(plan))
        if as_json:
            print_json(verdict.data())
        else:
            said = {
                "objective": verdict.objective,
                "bound": verdict.certified,
                "missing": verdict.declared,
            }
            print("\n".join(verdict.violations) or _("Every rule is kept."))
            print(_("Affinity %(objective)s; proved bound %(bound)s; missing %(missing)s.") % said)
        if not verdict.holds:
            sys.exit(1)


def _tell(output: Path, plan: Plan) -> None:
    said = {
        "file": output, "pairs": len(plan.pairs), "gap": f"{100 * plan.gap:.2f}",
        "seconds": plan.seconds,
    }  # fmt: skip
    print(_("%(file)s: %(pairs)s pairs, at most %(gap)s %% below the best, %(seconds)s s") % said)
    for item in plan.infeasible:
        print(item["because"])
