"""sheke schedule list|run"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command

from sheke.core.jobs.actions import run_now
from sheke.core.jobs.queries import Line, schedule

from .job import Json, print_json


class Command(TyperCommand):
    help = _("What runs by the clock: list it, run a task out of turn.")

    @command(help="List the tasks, when they ran last and run next.", name="list")
    def list_(self, as_json: Json = False) -> None:
        lines = [plain(line) for line in schedule()]
        if as_json:
            return print_json(lines)
        for line in lines:
            print(
                line["task"], line["last"] or "never", line["state"] or "-", line["next"], sep="  "
            )

    @command(help="Run a task now, once.")
    def run(self, task: str, as_json: Json = False) -> None:
        run_now(key=task, by=None)
        if as_json:
            print_json({"task": task, "state": "waiting"})
        else:
            print(f"{task}  waiting")


def plain(line: Line) -> dict[str, Any]:
    """As JSON: times in UTC, `every` and `lasted` in seconds, `at` a local time."""
    scheduled, job = line.scheduled, line.job
    return {
        "task": scheduled.key,
        "every": scheduled.interval.total_seconds() if scheduled.interval else None,
        "at": scheduled.at.isoformat() if scheduled.at else None,
        "last": line.last, "next": line.next, "state": job.state if job else None,
        "lasted": job.lasted.total_seconds() if job and job.lasted is not None else None,
    }  # fmt: skip
