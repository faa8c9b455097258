"""Verbs: open a call, change it, announce it, close it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation, path_range
from sheke.ledger.evidence.actions import store_file

from ..guarding import locked_call, needed, still_open
from ..models import Call, CallClosure, CallFile, Charge, Phase, Step, Submission, Topic
from ..steps import take_step
from ..telling import acting_for_any, tell_all

CHANGEABLE = ("title", "year", "about", "budget", "opens_at", "closes_at")
MOST_FILES = 20


@dataclass(frozen=True)
class TopicLine:
    """One entry of a topic guide, as it was written."""

    number: str
    title: str
    note: str = ""


@transaction.atomic
def open_call(
    *, edition: Edition, organisation: Organisation, title: str, year: int, opens_at: datetime,
    closes_at: datetime, by: Account | None, about: str = "", budget: Decimal | None = None,
    people: Iterable[Account] = (), topics: Sequence[TopicLine] = (), key: str = "",
) -> Call:  # fmt: skip
    """A call in preparation, pinned to `edition`, with a phase for every stage of the programme.

    Raises BadInput where the days do not fit or the key is taken.
    """
    programme = edition.programme
    title = " ".join(title.split())[:200] or f"{year} {programme.name.zh}"
    if closes_at <= opens_at:
        raise BadInput(_("The call closes before it opens."))
    if key and Call.objects.filter(key=key).exists():
        raise BadInput(_("There is a call “%(key)s” already.") % {"key": key})
    call = Call.objects.create(
        key=key or _free_key(f"{programme.key.replace('_', '-')}-{year}"), edition=edition,
        organisation=organisation, title=title, year=year, about=about.strip(), budget=budget,
        opens_at=opens_at, closes_at=closes_at, made_by=by,
    )  # fmt: skip
    Phase.objects.bulk_create(
        Phase(call=call, stage=stage.key, position=position)
        for position, stage in enumerate(programme.stages)
    )
    audit.record("call.open", call, by=by, key=call.key, edition=edition.number)
    put_in_charge(call=call, people=people, by=by)
    if topics:
        set_topics(call=call, topics=topics, by=by)
    return call


@transaction.atomic
def change_call(
    *, call: Call, changes: Mapping[str, Any], by: Account | None, reason: str = ""
) -> Call:
    """Change title, year, announcement, budget or dates. After the announcement a reason is needed.

    The log keeps what stood there before.
    """
    call = locked_call(call)
    still_open(call)
    changed = {k: v for k, v in changes.items() if k in CHANGEABLE and getattr(call, k) != v}
    if not changed:
        return call
    if call.announced_at:
        reason = needed(reason)
    before = {k: _plain(getattr(call, k)) for k in changed}
    for name, value in changed.items():
        setattr(call, name, value)
    if call.closes_at <= call.opens_at:
        raise BadInput(_("The call closes before it opens."))
    call.save(update_fields=list(changed))
    after = {k: _plain(v) for k, v in changed.items()}
    if call.announced_at:
        take_step(Step.Act.CHANGED, call=call, by=by, reason=reason, before=before, after=after)
        _tell_of_changes(call, changed, reason, by)
    else:
        audit.record("call.change", call, by=by, before=before, after=after)
    return call


@transaction.atomic
def put_in_charge(*, call: Call, people: Iterable[Account], by: Account | None) -> None:
    """Who is in charge from now on."""
    wanted = {account.pk: account for account in people}
    held = set(call.charges.values_list("account_id", flat=True))
    if held == set(wanted):
        return
    call.charges.exclude(account__in=wanted).delete()
    Charge.objects.bulk_create(
        Charge(call=call, account=account) for pk, account in wanted.items() if pk not in held
    )
    audit.record("call.charge", call, by=by, accounts=sorted(wanted))


@transaction.atomic
def set_topics(
    *, call: Call, topics: Sequence[TopicLine], by: Account | None, reason: str = ""
) -> list[Topic]:
    """The topic guide as it is to be. Entries are told apart by number and title; one that a
    submission chose stays where it is.
    """
    call = locked_call(call)
    still_open(call)
    held = {(t.number, t.title): t for t in call.topics.all()}
    wanted = {(t.number, t.title): t for t in topics}
    if set(held) == set(wanted) and list(held) == list(wanted):
        return list(held.values())
    if call.announced_at:
        reason = needed(reason)
    gone = [t for key, t in held.items() if key not in wanted]
    used = Submission.objects.filter(topic__in=gone).values_list("topic__title", flat=True).first()
    if used is not None:
        raise BadInput(_("“%(title)s” was chosen by submissions and stays.") % {"title": used})
    Topic.objects.filter(pk__in=[t.pk for t in gone]).delete()
    made = [_topic(call, held, line, place) for place, line in enumerate(wanted.values())]
    counts = {"added": len(set(wanted) - set(held)), "removed": len(gone)}
    if call.announced_at:
        take_step(Step.Act.CHANGED, call=call, by=by, reason=reason, topics=counts)
    else:
        audit.record("call.topics", call, by=by, **counts)
    return made


@transaction.atomic
def add_file(*, call: Call, file: BinaryIO, name: str, by: Account | None) -> CallFile:
    """Add a file to the announcement. Raises BadInput for what may not be kept."""
    still_open(call)
    if call.files.count() >= MOST_FILES:
        raise BadInput(_("At most %(n)s files.") % {"n": MOST_FILES})
    stored = store_file(file=file, name=name)
    made = CallFile.objects.create(call=call, stored=stored, name=Path(name).name[-200:])
    audit.record("call.file", call, by=by, name=made.name, sha256=stored.sha256)
    return made


@transaction.atomic
def remove_file(*, file: CallFile, by: Account | None) -> None:
    """Take a file off the announcement."""
    still_open(file.call)
    audit.record("call.file_remove", file.call, by=by, name=file.name)
    file.delete()


@transaction.atomic
def announce_call(*, call: Call, by: Account | None) -> Call:
    """Make the call public within the installation; the stage of collecting begins."""
    call = locked_call(call)
    still_open(call)
    if call.announced_at:
        raise BadInput(_("This call is announced already."))
    if call.closes_at <= timezone.now():
        raise BadInput(_("The closing date has passed; set a later one first."))
    call.announced_at, call.announced_by = timezone.now(), by
    call.save(update_fields=["announced_at", "announced_by"])
    take_step(Step.Act.ANNOUNCED, call=call, by=by)
    first = call.phases.order_by("position").first()
    if first is not None and first.begun_at is None:
        first.begun_at, first.begun_by = call.announced_at, by
        first.save(update_fields=["begun_at", "begun_by"])
        take_step(Step.Act.BEGUN, call=call, by=by, stage=first.stage)
    day = f"{timezone.localtime(call.closes_at):%Y-%m-%d %H:%M}"
    tell_all("calls.announced", _organisations_accounts(call), call, by=by, due=day)
    return call


@transaction.atomic
def close_call(*, call: Call, by: Account | None, reason: str = "") -> CallClosure:
    """End the call. One whose stages are not all over is called off, which needs a reason."""
    call = locked_call(call)
    still_open(call)
    off = call.announced_at is not None and call.phases.filter(ended_at=None).exists()
    reason = needed(reason) if off else " ".join(reason.split())[:500]
    closure = CallClosure.objects.create(call=call, reason=reason, by=by)
    take_step(Step.Act.CLOSED, call=call, by=by, reason=reason, called_off=off)
    if off:
        tell_all("calls.called_off", _applicants(call), call, by=by, reason=reason)
    return closure


def _topic(call: Call, held: Mapping[tuple[str, str], Topic], line: TopicLine, place: int) -> Topic:
    topic = held.get((line.number, line.title)) or Topic(
        call=call, number=line.number, title=line.title
    )
    topic.note, topic.position = line.note, place
    topic.save()
    return topic


def _organisations_accounts(call: Call) -> list[Account]:
    """Who acts for an organisation below the calling one."""
    low, high = path_range(call.organisation.path)
    below = Organisation.objects.filter(path__gt=low, path__lt=high).at(timezone.localdate())
    return list(acting_for_any(below))


def _applicants(call: Call) -> list[Account]:
    mine = call.submissions.exclude(made_by=None).order_by().values("made_by_id")
    return list(Account.objects.filter(pk__in=mine, is_active=True))


def _tell_of_changes(
    call: Call, changed: Mapping[str, Any], reason: str, by: Account | None
) -> None:
    if {"closes_at", "opens_at"} & set(changed):
        day = f"{timezone.localtime(call.closes_at):%Y-%m-%d %H:%M}"
        tell_all("calls.dates_changed", _applicants(call), call, by=by, due=day, reason=reason)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else str(value)


def _free_key(key: str) -> str:
    taken = set(Call.objects.filter(key__startswith=key).values_list("key", flat=True))
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free
