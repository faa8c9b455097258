"""Taking the items of a batch through their steps."""

from __future__ import annotations

import logging
import time

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from sheke.core.errors import BadInput
from sheke.core.jobs import tell

from ..models import Batch, Item, StepLog
from .holding import Overtaken, Question, holding
from .steps import STEPS, Step, following
from .tools import Tools

log = logging.getLogger("sheke.library")
ATTEMPTS = 3  # so many workers may die of one step of one file
TURN = 30.0  # seconds after which other jobs have their turn
_DATABASE = (OperationalError, InterfaceError)


def work_on(batch: Batch, *, alone: bool = False) -> bool:
    """Take the batch as far as this turn goes; True when nothing of it is under way any more.

    alone: nobody else waits, so there is one turn (a command, tests).
    """
    with override(batch.language), Tools(until=None if alone else time.monotonic() + TURN) as tools:
        while (item := batch.items.unfinished().order_by("pk").first()) is not None:
            try:
                advance(item, tools)
            except Overtaken:
                continue
            tell(*progress(batch))
            if tools.time_is_up and _others_wait():
                return not batch.items.unfinished().exists()
            tools.begin_turn()
    return True


def progress(batch: Batch) -> tuple[int, int]:
    """How many items are settled, and how many there are."""
    total = batch.items.count()
    return total - batch.items.unfinished().count(), total


def advance(item: Item, tools: Tools) -> None:
    """Take one item as far as it goes: to its end, a question, a failure, or the end of the turn."""
    while True:
        begun = _begin(item)
        if begun is None:
            return
        step, entry = begun
        item.refresh_from_db()
        try:
            finished = step.run(item, tools)
        except _DATABASE:
            raise  # the worker gives the job back
        except Overtaken:
            raise
        except Question:
            return _end(entry, StepLog.Outcome.QUESTION)
        except BadInput as error:
            return _fail(item, step, entry, str(error))
        except Exception as error:
            log.exception("intake: step %s of item %s", step.name, item.pk)
            reason = _(
                "An error of the program (%(kind)s) at the step “%(step)s”. Tell whoever looks after the site."
            )
            return _fail(
                item, step, entry, reason % {"kind": type(error).__name__, "step": step.label}
            )
        if not finished:
            _pause(item, step, entry)
            return None
        _go_on(item, step, entry)


@transaction.atomic
def _begin(item: Item) -> tuple[Step, StepLog] | None:
    """The step that comes next, with its line in the log; None when there is none."""
    held = Item.objects.select_for_update().filter(pk=item.pk).first()
    if held is None or held.state != Item.State.WAITING:
        return None
    step = STEPS[held.step]
    if held.attempts >= ATTEMPTS:
        _settle(
            held, Item.State.FAILED,
            _("The step “%(step)s” ended the worker %(n)s times; the file is left out.")
            % {"step": step.label, "n": ATTEMPTS},
        )  # fmt: skip
        return None
    held.attempts += 1
    held.save(update_fields=["attempts", "changed_at"])
    return step, StepLog.objects.create(item=held, step=step.name)


def _go_on(item: Item, step: Step, entry: StepLog) -> None:
    with holding(item, step.name) as held:
        held.attempts, held.step = 0, following(step.name)
        if not held.step:
            held.state, held.step = Item.State.DONE, step.name
        held.save(update_fields=["attempts", "step", "state", "changed_at"])
        _end(entry, StepLog.Outcome.DONE)


def _pause(item: Item, step: Step, entry: StepLog) -> None:
    with holding(item, step.name) as held:
        held.attempts = 0
        held.save(update_fields=["attempts", "changed_at"])
        _end(entry, StepLog.Outcome.PAUSED)


def _fail(item: Item, step: Step, entry: StepLog, reason: str) -> None:
    with holding(item, step.name) as held:
        _settle(held, Item.State.FAILED, reason)
        _end(entry, StepLog.Outcome.FAILED, reason)


def _settle(held: Item, state: str, reason: str) -> None:
    held.state, held.reason, held.attempts = state, reason[:500], 0
    held.save(update_fields=["state", "reason", "attempts", "changed_at"])


def _end(entry: StepLog, outcome: str, note: str = "") -> None:
    entry.outcome, entry.note, entry.ended_at = outcome, note[:500], timezone.now()
    entry.save(update_fields=["outcome", "note", "ended_at"])


def _others_wait() -> bool:
    return DBTaskResult.objects.ready().exists()
