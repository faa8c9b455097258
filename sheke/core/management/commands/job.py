"""sheke job list|retry|cancel"""

from __future__ import annotations

import json
import sys
import uuid
from typing import Annotated, Any

import typer
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.core.jobs.actions import cancel_job, retry_job
from sheke.core.jobs.queries import STATES, Job, counts, jobs, rows, workers

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Number = Annotated[str, typer.Argument(help="Number of the job, as “sheke job list” prints it.")]


class Command(TyperCommand):
    help = _("Background jobs: list, run again, cancel.")

    @command(help="List the latest jobs, their progress and failures.", name="list")
    def list_(
        self,
        state: Annotated[str, typer.Option(help=", ".join(STATES))] = "",
        limit: Annotated[int, typer.Option(help="So many at most.", min=1)] = 50,
        as_json: Json = False,
    ) -> None:
        if state and state not in STATES:
            raise BadInput(f"There is no state “{state}”; it is one of: {', '.join(STATES)}")
        found = jobs(rows(state)[:limit])
        if as_json:
            data = {"counts": counts(), "workers": len(workers()), "jobs": list(map(plain, found))}
            return print_json(data)
        for job in found:
            part = f"{job.done}/{job.total or '?'}" if job.done or job.total else ""
            print(job.number, job.state, job.task, part, job.reason, sep="  ")
        print(f"{len(workers())} workers", *(f"{n} {s}" for s, n in counts().items()), sep="  ")

    @command(help="Let a failed or cancelled job run again.")
    def retry(self, number: Number, as_json: Json = False) -> None:
        retry_job(job=numbered(number), by=None)
        said(number, "waiting", as_json)

    @command(help="Take a waiting job out of the queue.")
    def cancel(self, number: Number, as_json: Json = False) -> None:
        cancel_job(job=numbered(number), by=None)
        said(number, "cancelled", as_json)


def numbered(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise BadInput(f"“{text}” is no number of a job; “sheke job list” prints all.") from None


def plain(job: Job) -> dict[str, Any]:
    return {
        "job": job.number, "task": job.task, "state": job.state, "attempts": job.attempts,
        "enqueued_at": job.enqueued_at, "started_at": job.started_at,
        "finished_at": job.finished_at, "done": job.done, "total": job.total,
        "reason": job.reason,
    }  # fmt: skip


def said(number: str, state: str, as_json: bool) -> None:
    if as_json:
        print_json({"job": number, "state": state})
    else:
        print(f"{number}  {state}")


def print_json(data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    sys.stdout.write(text + "\n")
