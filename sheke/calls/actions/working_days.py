"""Verbs: enter days on which people work or do not, otherwise than the week says; take them out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import SpecialDay

LONGEST = 31


@transaction.atomic
def set_special_days(*, first: date, last: date, works: bool, name: str, by: Account | None) -> int:
    """Enter the days from `first` to `last`; what was entered for them before is replaced."""
    if last < first:
        raise BadInput(_("The last day lies before the first."))
    if (last - first).days >= LONGEST:
        raise BadInput(_("At most %(n)s days at once.") % {"n": LONGEST})
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    name = " ".join(name.split())[:60]
    SpecialDay.objects.filter(day__in=days).delete()
    made = [SpecialDay(day=day, works=works, name=name, by=by) for day in days]
    SpecialDay.objects.bulk_create(made)
    audit.record("call.working_days", by=by, first=first.isoformat(), last=last.isoformat(),
                 works=works, name=name)  # fmt: skip
    return len(made)


@transaction.atomic
def remove_special_day(*, special: SpecialDay, by: Account | None) -> None:
    """The day is again what the week says."""
    audit.record("call.working_day_remove", by=by, day=special.day.isoformat())
    special.delete()
