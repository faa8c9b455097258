"""What data returns tell people, and the days they know of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations
from sheke.notices.deadlines import Deadline, register
from sheke.notices.kinds import Kind
from sheke.notices.kinds import register as register_kinds

from .models import Asked

register_kinds(
    Kind("returns.opened", _("A data return to fill in"), _("“%(title)s” is due on %(due)s.")),
    Kind("returns.sent", _("A data return came in"), _("%(organisation)s sent in “%(title)s”.")),
    Kind(
        "returns.withdrawn",
        _("A data return was taken back"),
        _("%(organisation)s took back its answer to “%(title)s”."),
    ),
    Kind(
        "returns.sent_back",
        _("My data return was sent back"),
        _("“%(title)s” was sent back: %(reason)s"),
        urgent=True,
    ),
    Kind("returns.accepted", _("My data return was accepted"), _("“%(title)s” was accepted.")),
    Kind(
        "returns.due",
        _("Reminder of a data return"),
        _("“%(title)s” of %(organisation)s is due on %(due)s."),
    ),
    Kind(
        "returns.late",
        _("A data return is late"),
        _("“%(title)s” of %(organisation)s was due on %(due)s."),
        urgent=True,
    ),
)


@register
def deadlines(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """The due days of what the account's organisations are asked."""
    mine = acting_organisations(account).order_by().values("pk")
    found = Asked.objects.filter(organisation__in=mine, of__due_on__range=(first, last))
    for asked in found.with_state():
        done = asked.state in (Asked.State.SENT, Asked.State.ACCEPTED) or asked.is_closed
        url = reverse("returns:answer", args=[asked.pk])
        yield Deadline(f"return-{asked.pk}", asked.of.due_on, asked.of.title, url, done)
