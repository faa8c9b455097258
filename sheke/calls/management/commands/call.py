"""sheke call list|open|template|import-submissions|export|projects|assign-file|check-file"""

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
from sheke.calls.commands import archiving, certifying, office, reviewing
from sheke.calls.commands import projects as running
from sheke.calls.importing import template as template_of
from sheke.calls.listing import Wanted
from sheke.core.errors import BadInput
from sheke.directory.commands import print_json, print_table

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str, typer.Argument(metavar="CALL", help="Key of a call; see: sheke call list")]
By = Annotated[str, typer.Option("--by", help="User name in whose name it is done.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]
Stage = Annotated[str, typer.Option(help="Stage of reviewing; else the one that runs.")]
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem, a JSON file.")]


class Command(TyperCommand):
    help = gettext_lazy("Calls: submissions, reviewers, decisions.")

    @command(name="list", help="List calls, the latest first.")
    def list_(
        self, state: Annotated[str, typer.Option(help="open or all")] = "all", as_json: Json = False
    ) -> None:
        rows = office.listed(state)
        if as_json:
            print_json(rows)
        elif rows:
            heads = ("key", "title", "programme", "closes", "sent")
            print_table(heads, ([str(row[head]) for head in heads] for row in rows))

    @command(name="open", help="Open a call of a programme; it is prepared until it is announced.")
    def open_(
        self,
        programme: Annotated[str, typer.Argument(help="Key of a programme.")],
        organisation: Annotated[str, typer.Option(help="Code of who calls.")],
        opens: Annotated[str, typer.Option(help="Day or moment: 2026-03-01 or 2026-03-01T09:00.")],
        closes: Annotated[str, typer.Option(help="The same; a day counts to its end.")],
        title: Annotated[str, typer.Option(help="Else made of year and programme.")] = "",
        year: Annotated[int, typer.Option(help="Else that of the opening.")] = 0,
        key: Annotated[str, typer.Option(help="Else made of programme and year.")] = "",
        about: Annotated[Path | None, typer.Option(help="Text file of the announcement.")] = None,
        topics: Annotated[
            Path | None, typer.Option(help="Topic guide: a text, a line each, or a sheet.")
        ] = None,
        kind: Annotated[
            list[str] | None, typer.Option(help="Kinds of organisations that recommend.")
        ] = None,
        quota: Annotated[
            int | None, typer.Option(help="Places of each; else the programme's.")
        ] = None,
        announce: Annotated[bool, typer.Option(help="Announce it at once.")] = False,
        by: By = "",
        as_json: Json = False,
    ) -> None:
        call = office.opened(
            programme=programme, organisation=organisation, opens=opens, closes=closes, title=title,
            year=year, about=about, topics=topics, quota=quota, kinds=kind or [],
            announce=announce, key=key, by=office.account_named(by),
        )  # fmt: skip
        row = {
            "key": call.key, "title": call.title, "edition": call.edition.number,
            "topics": call.topics.count(), "places": call.seats.count(),
            "announced": call.announced_at is not None,
        }  # fmt: skip
        print_json(row) if as_json else print(f"{call.key}: {call.title}")

    @command(name="template", help="Write the sheet in which submissions are imported.")
    def template(self, call: Key, output: Output, as_json: Json = False) -> None:
        office.write(output, template_of(office.call_by_key(call)))
        print_json({"file": str(output)}) if as_json else print(output)

    @command(
        name="import-submissions",
        help="Take submissions from a filled template, as sent in: all of them, or none.",
    )
    def import_submissions(
        self,
        file: Annotated[Path, typer.Argument(metavar="FILE", help="The filled template.")],
        call: Key,
        dry_run: Annotated[bool, typer.Option(help="Check only.")] = False,
        by: By = "",
        as_json: Json = False,
    ) -> None:
        found = office.call_by_key(call)
        try:
            done = office.imported(file, found, dry_run=dry_run, by=office.account_named(by))
        except BadInput as error:
            if as_json:
                print_json(office.faults(error, found))
            else:
                for fault in error.problems[:50]:
                    print(f"{fault.row}\t{fault.column}\t{fault.message}")
            raise
        if as_json:
            print_json(done)
        else:
            print(f"{done['call']}: {done['imported']} / {done['rows']}")

    @command(name="export", help="Write the submissions of a call as xlsx, with all that was sent.")
    def export(
        self,
        call: Key,
        output: Output,
        stage: Annotated[str, typer.Option(help="Only at this stage.")] = "",
        state: Annotated[str, typer.Option(help="Only in this state.")] = "",
        as_json: Json = False,
    ) -> None:
        wanted = Wanted(stage=stage, state=state)
        count = office.exported(office.call_by_key(call), output, wanted)
        if as_json:
            print_json({"file": str(output), "submissions": count})
        else:
            print(f"{output}: {count}")

    @command(help="Propose who reviews what at a stage of reviewing; --deploy puts it in force.")
    def assign(
        self,
        call: Key,
        seed: Annotated[int | None, typer.Option(help="Repeat a draw; else one is drawn.")] = None,
        deploy: Annotated[
            bool, typer.Option("--deploy/--propose", help="Put in force, or only propose.")
        ] = False,
        stage: Stage = "",
        by: By = "",
        as_json: Json = False,
    ) -> None:
        data = reviewing.assigned(
            office.call_by_key(call),
            stage=stage,
            seed=seed,
            deploy=deploy,
            by=office.account_named(by),
        )
        if as_json:
            print_json(data)
            return
        said = {
            "pairs": len(data["pairs"]), "missing": data["missing"], "seed": data["seed"],
            "affinity": data["objective"],
        }  # fmt: skip
        print(
            _("%(pairs)s pairs, %(missing)s missing, affinity %(affinity)s, seed %(seed)s") % said
        )
        for item in data["infeasible"]:
            print(item["because"])

    @command(
        name="check",
        help="Check the assignments in force by the independent checker; ends with 1 when a rule is broken.",
    )
    def check_(self, call: Key, stage: Stage = "", as_json: Json = False) -> None:
        data = reviewing.checked(office.call_by_key(call), stage=stage)
        if as_json:
            print_json(data)
        else:
            print("\n".join(data["violations"]) or _("Every rule is kept."))
            print(_("%(pairs)s pairs, %(missing)s missing") % data)
        if not data["holds"]:
            sys.exit(1)

    @command(help="Print scores by all methods; only when the stage of reviewing is over.")
    def scores(
        self,
        call: Key,
        within: Annotated[int | None, typer.Option(help="How many are chosen.")] = None,
        stage: Stage = "",
        as_json: Json = False,
    ) -> None:
        data = reviewing.scored(office.call_by_key(call), stage=stage, within=within)
        if as_json:
            print_json(data)
            return
        names = ("number", "title", "reviews", "raw", "trimmed", "z", "bayes", "low", "high")
        print_table(
            list(names), [[_short(one[name]) for name in names] for one in data["submissions"]]
        )

    @command(name="certificates", help="Issue missing certificates; write all valid ones as PDF.")
    def certificates(
        self,
        call: Key,
        output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.")],
        by: By = "",
        as_json: Json = False,
    ) -> None:
        done = certifying.certificates(
            office.call_by_key(call), output, by=office.account_named(by)
        )
        print_json(done) if as_json else print(f"{done['folder']}: {len(done['files'])}")

    @command(help="List the projects of a call: how they stand, what is due, what was paid.")
    def projects(
        self,
        call: Key,
        overdue: Annotated[
            bool, typer.Option("--overdue", help="Only those that are late.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        rows = running.projects(office.call_by_key(call), overdue=overdue)
        if as_json:
            print_json(rows)
        elif rows:
            heads = ("number", "title", "lead", "state", "next_due", "ends", "budget", "paid")
            print_table(heads, ([str(row[head] or "") for head in heads] for row in rows))

    @command(help="Write the whole call to one zip file, with an index, and read it back.")
    def archive(self, call: Key, output: Output, as_json: Json = False) -> None:
        done = archiving.archived(office.call_by_key(call), output)
        print_json(done) if as_json else print(f"{output}: {done['submissions']} / {done['files']}")
        if not done["verified"]:
            sys.exit(1)

    @command(
        name="check-archive",
        help="Compare an archive with its list of sums; ends with 1 when something was changed.",
    )
    def check_archive(
        self,
        file: Annotated[Path, typer.Argument(metavar="FILE", help="The zip file.")],
        as_json: Json = False,
    ) -> None:
        done = archiving.checked(file)
        if as_json:
            print_json(done)
        else:
            print(
                "\n".join([*done["missing"], *done["changed"], *done["unlisted"]])
                or _("Nothing was changed.")
            )
        if not done["holds"]:
            sys.exit(1)

    @command(help="Count a call: the way through its stages, groups, years.")
    def statistics(self, call: Key, as_json: Json = False) -> None:
        done = archiving.counted(office.call_by_key(call))
        if as_json:
            print_json(done)
            return
        print_table(
            ("step", "submissions"), [[each["name"], str(each["count"])] for each in done["funnel"]]
        )
        for groups in done["tables"].values():
            rows = [[str("*" if one[key] is None else one[key]) for key in ("name", "sent", "awarded", "rate")]
                    for one in groups]  # fmt: skip
            print_table(("group", "sent", "awarded", "%"), rows)

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


def _short(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _tell(output: Path, plan: Plan) -> None:
    said = {
        "file": output, "pairs": len(plan.pairs), "gap": f"{100 * plan.gap:.2f}",
        "seconds": plan.seconds,
    }  # fmt: skip
    print(_("%(file)s: %(pairs)s pairs, at most %(gap)s %% below the best, %(seconds)s s") % said)
    for item in plan.infeasible:
        print(item["because"])
