"""Verbs: open a return, ask more organisations, close it, remind, run a series."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation
from sheke.directory.queries import accounts_acting_for
from sheke.notices.actions import tell

from .. import periods, queries
from ..models import Asked, Closure, Return, Series

LONGEST = 366  # days of a period and between its end and the due day, with room


@transaction.atomic
def open_return(
    *,
    edition: Edition,
    organisation: Organisation,
    span: periods.Span,
    due_on: date,
    audience: dict[str, Any],
    by: Account | None,
    title: str = "",
    note: str = "",
    remind: Iterable[int] | None = None,
    series: Series | None = None,
) -> Return:
    """Ask the organisations of `audience` (see queries.audience) for the form's answers.

    Who is asked is fixed now. Raises BadInput when nobody would be asked or the days do not fit.
    """
    form = edition.return_form
    if span[1] < span[0]:
        raise BadInput(_("The last day lies before the first."))
    if due_on < span[0]:
        raise BadInput(_("The due day lies before the period."))
    organisations = list(queries.audience(organisation, audience))
    if not organisations:
        raise BadInput(_("Nobody would be asked: choose kinds of organisations or single ones."))
    made = Return.objects.create(
        key=_free_key(f"{form.key}-{periods.slug(span)}"), edition=edition,
        organisation=organisation, series=series, note=note.strip(), first_day=span[0],
        last_day=span[1], due_on=due_on, remind=_days(form.remind if remind is None else remind),
        title=" ".join(title.split())[:200] or f"{form.name.zh}（{periods.name(span)}）",
        opened_by=by,
    )  # fmt: skip
    audit.record("return.open", made, by=by, key=made.key, asked=len(organisations))
    _ask(made, organisations, "", by)
    return made


@transaction.atomic
def add_organisations(
    *, of: Return, organisations: Iterable[Organisation], reason: str, by: Account | None
) -> list[Asked]:
    """Ask organisations that were not asked at opening; says why. Those asked already stay."""
    _still_open(of)
    reason = _needed(reason)
    codes = [organisation.code for organisation in organisations]
    chosen = queries.audience(of.organisation, {"codes": codes})
    new = list(chosen.exclude(pk__in=of.asked.values("organisation_id")))
    audit.record("return.ask_more", of, by=by, codes=[o.code for o in new], reason=reason)
    return _ask(of, new, reason, by)


@transaction.atomic
def close_return(*, of: Return, reason: str, by: Account | None) -> Closure:
    """Take no more answers."""
    _still_open(of)
    closure = Closure.objects.create(of=of, reason=" ".join(reason.split())[:300], by=by)
    audit.record("return.close", of, by=by, reason=closure.reason)
    return closure


@transaction.atomic
def remind_late(*, of: Return, by: Account | None) -> int:
    """Tell everybody who has not answered, once a day at most; returns how many organisations."""
    _still_open(of)
    kind = "returns.late" if of.is_overdue else "returns.due"
    asked = list(of.asked.unanswered().filter(accepted=None).with_state())
    for each in asked:
        _tell(kind, each, by, once=f"return-{each.pk}-asked-{timezone.localdate()}")
    audit.record("return.remind", of, by=by, organisations=len(asked))
    return len(asked)


@transaction.atomic
def remind_due(*, today: date, by: Account | None) -> int:
    """The reminders of the day, each told once however often this runs. Returns how many."""
    count = 0
    for of in Return.objects.open().filter(due_on__gte=today - timedelta(days=LONGEST)):
        days = (today - of.due_on).days
        if not _reached(of.remind, days):
            continue
        kind = "returns.late" if days > 0 else "returns.due"
        step = max(d for d in of.remind if d <= days)
        for asked in of.asked.unanswered().filter(accepted=None).with_state():
            count += len(_tell(kind, asked, by, once=f"return-{asked.pk}-{step}"))
    if count:
        audit.record("return.remind_due", by=by, told=count)
    return count


@transaction.atomic
def start_series(
    *,
    form: Edition,
    organisation: Organisation,
    audience: dict[str, Any],
    since: date,
    due_days: int,
    by: Account | None,
    note: str = "",
    remind: Iterable[int] | None = None,
) -> Series:
    """Open the form's return by itself when each of its periods is over, the first from `since`."""
    schema = form.return_form
    if schema.period == "once":
        raise BadInput(_("This form is for one occasion; open it by hand."))
    if not queries.audience(organisation, audience).exists():
        raise BadInput(_("Nobody would be asked: choose kinds of organisations or single ones."))
    if not 0 <= due_days <= LONGEST:
        raise BadInput(_("The due day lies 0 to 366 days after the period."))
    held = Series.objects.filter(form=form.definition, organisation=organisation, ended_at=None)
    if held.exists():
        raise BadInput(_("This form opens by itself already; end that series first."))
    series = Series.objects.create(
        form=form.definition, organisation=organisation, audience=audience, note=note.strip(),
        due_days=due_days, remind=_days(schema.remind if remind is None else remind), since=since,
        made_by=by,
    )  # fmt: skip
    audit.record("return.series_start", series, by=by, form=form.definition.key)
    return series


@transaction.atomic
def end_series(*, series: Series, by: Account | None) -> None:
    """Open no more returns of the series; those opened stay."""
    if series.ended_at is None:
        series.ended_at = timezone.now()
        series.save(update_fields=["ended_at"])
        audit.record("return.series_end", series, by=by)


@transaction.atomic
def open_due(*, today: date, by: Account | None) -> list[Return]:
    """Open what the series owe for periods that are over. Running it again opens nothing twice."""
    opened = []
    running = Series.objects.select_for_update(of=("self",)).filter(ended_at=None)
    for series in running.select_related("organisation", "form__current"):
        edition = series.form.current
        if edition is None or series.form.retired_at:
            continue
        edition.definition = series.form
        there = set(series.returns.values_list("first_day", flat=True))
        for span in periods.ended(edition.return_form.period, series.since, today):
            if span[0] not in there and queries.audience(series.organisation, series.audience):
                opened.append(_open_one(series, edition, span))
    audit.record_many("return.open_by_series", list(opened), by=by)
    return opened


def _open_one(series: Series, edition: Edition, span: periods.Span) -> Return:
    return open_return(
        edition=edition, organisation=series.organisation, span=span,
        due_on=span[1] + timedelta(days=series.due_days), audience=series.audience, by=None,
        note=series.note, remind=series.remind, series=series,
    )  # fmt: skip


def _ask(
    of: Return, organisations: list[Organisation], reason: str, by: Account | None
) -> list[Asked]:
    Asked.objects.bulk_create(
        Asked(of=of, organisation=organisation, reason=reason) for organisation in organisations
    )
    asked = list(of.asked.filter(organisation__in=organisations).with_state())
    for each in asked:
        _tell("returns.opened", each, by)
    return asked


def _tell(kind: str, asked: Asked, by: Account | None, once: str = "") -> list[Any]:
    return tell(
        kind=kind, to=accounts_acting_for(asked.organisation), by=by, once=once,
        url=reverse("returns:answer", args=[asked.pk]), title=asked.of.title,
        organisation=asked.organisation.label, due=asked.of.due_on.isoformat(),
    )  # fmt: skip


def _reached(remind: list[int], days: int) -> bool:
    """Whether a reminder is due: on its day, or soon after if nothing ran that day."""
    return any(step <= days <= step + 2 for step in remind)


def _days(days: Iterable[int]) -> list[int]:
    return sorted({int(day) for day in days if -LONGEST <= int(day) <= LONGEST})


def _free_key(key: str) -> str:
    taken = set(Return.objects.filter(key__startswith=key).values_list("key", flat=True))
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _still_open(of: Return) -> None:
    if Closure.objects.filter(of=of).exists():
        raise BadInput(_("This data return is closed."))


def _needed(reason: str) -> str:
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise BadInput(_("Give a reason."))
    return reason
