"""Named reads: what is due, who is late, what waits for the office, how complete reporting is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import (
    Account,
    Organisation,
    Tenure,
    path_range,
)
from sheke.directory.queries import (
    acting_organisations,
    organisation_by_code,
    reachable_organisations,
)
from sheke.ledger.confirming.queries import office_organisations

from .models import Asked, AskedQuerySet, Return, ReturnQuerySet


def returns_of(account: Account) -> ReturnQuerySet:
    """The returns that the account's office asks for."""
    mine = office_organisations(account).order_by().values("pk")
    found = Return.objects.filter(organisation__in=mine)
    return found.select_related("edition__definition", "organisation", "closure", "series")


def asked_of(account: Account) -> AskedQuerySet:
    """What the organisations are asked that the account acts for, and those below them."""
    mine = reachable_organisations(account).order_by().values("pk")
    return Asked.objects.filter(organisation__in=mine).with_state().select_related(
        "of__edition__definition"
    )  # fmt: skip


def out_of_reach(of: Return) -> AskedQuerySet:
    """Those asked for which nobody signs in: notices reach nobody there."""
    acting = Tenure.objects.acting().at(timezone.localdate()).filter(
        organisation=OuterRef("organisation"), person__account__is_active=True
    )  # fmt: skip
    return of.asked.exclude(Exists(acting)).select_related("organisation")


def due_for(account: Account) -> AskedQuerySet:
    """What the account has to answer: asked of the organisations it holds a tenure in, not yet sent
    or sent back, the earliest due first.
    """
    mine = acting_organisations(account).order_by().values("pk")
    found = Asked.objects.filter(organisation__in=mine, of__closure=None).unanswered()
    back = Q(latest__sending_back__isnull=False)
    found = found.filter(back | Q(accepted=None)).with_state()
    return found.select_related("of__edition__definition").order_by("of__due_on", "of_id")


def late(account: Account) -> AskedQuerySet:
    """Who is late with a return that the account's office asks for."""
    mine = office_organisations(account).order_by().values("pk")
    found = Asked.objects.filter(of__organisation__in=mine).late().with_state()
    return found.order_by("of__due_on", "organisation__path")


def to_accept(account: Account) -> AskedQuerySet:
    """Answers that wait for the account's office."""
    mine = office_organisations(account).order_by().values("pk")
    found = Asked.objects.filter(of__organisation__in=mine, of__closure=None).sent().with_state()
    return found.order_by("latest__sent_at")


@dataclass
class Completeness:
    """How one organisation answered the returns of a span."""

    organisation: Organisation
    asked: int = 0
    sent: int = 0  # answered at all, also before the due day
    on_time: int = 0
    due: int = 0  # of which the day has passed or an answer came
    cells: dict[int, Asked] = field(default_factory=dict)  # by return

    @property
    def completeness(self) -> int | None:
        """Percent of what was asked that was answered."""
        return round(self.sent * 100 / self.asked) if self.asked else None

    @property
    def timeliness(self) -> int | None:
        """Percent of what is decided that came by its day."""
        return round(self.on_time * 100 / self.due) if self.due else None


def completeness(
    organisation: Organisation, first: date, last: date, *, returns: Iterable[Return] | None = None
) -> list[Completeness]:
    """The organisations below `organisation`, asked for returns due from `first` to `last`, by path.

    One query. `returns` narrows to some returns.
    """
    low, high = path_range(organisation.path)
    found = Asked.objects.filter(
        organisation__path__gte=low, organisation__path__lt=high, of__due_on__range=(first, last)
    )
    if returns is not None:
        found = found.filter(of__in=[each.pk for each in returns])
    rows: dict[int, Completeness] = {}
    for asked in found.with_state().order_by("organisation__path"):
        row = rows.setdefault(asked.organisation_id, Completeness(asked.organisation))
        row.cells[asked.of_id] = asked
        row.asked += 1
        row.sent += asked.first_sent_on is not None
        if (on_time := asked.on_time) is not None:
            row.due += 1
            row.on_time += on_time
    return list(rows.values())


def accepted_figure(
    form: str, question: str, organisation: Organisation, first: date, last: date
) -> Decimal:
    """The sum of a figure over the accepted answers of the organisation and all below, of returns
    whose period lies in the span.
    """
    low, high = path_range(organisation.path)
    found = Asked.objects.filter(
        of__edition__definition__key=form, organisation__path__gte=low,
        organisation__path__lt=high, of__first_day__gte=first, of__last_day__lte=last,
    ).exclude(accepted=None)  # fmt: skip
    values = found.values_list("accepted__values", flat=True)
    return sum((Decimal(v[question]) for v in values if v.get(question)), Decimal(0))


def return_by_key(key: str) -> Return:
    """The return of the key. Raises BadInput."""
    found = Return.objects.select_related("edition__definition", "organisation").filter(key=key)
    if (one := found.first()) is None:
        keys = Return.objects.order_by("-id").values_list("key", flat=True)[:5]
        hint = _(" The latest are: %(keys)s.") % {"keys": ", ".join(keys)} if keys else ""
        raise BadInput(_("There is no data return “%(key)s”.") % {"key": key} + hint)
    return one


def audience(organisation: Organisation, wanted: dict[str, Any]) -> QuerySet[Organisation]:
    """The organisations that `wanted` names: {"kinds": [], "below": code, "codes": []}, all of them
    below `organisation` and standing today. Raises BadInput for a code that is not.
    """
    kinds, codes = list(wanted.get("kinds") or ()), list(wanted.get("codes") or ())
    low, high = path_range(organisation.path)
    there = Organisation.objects.filter(path__gt=low, path__lt=high).at(timezone.localdate())
    chosen = Q(pk__in=[])
    if kinds or wanted.get("below"):
        top = organisation_by_code(wanted["below"]) if wanted.get("below") else organisation
        part = Q(path__startswith=top.path)
        chosen |= part & Q(kind__in=kinds) if kinds else part
    if codes:
        found = set(there.filter(code__in=codes).values_list("code", flat=True))
        if strange := [code for code in codes if code not in found]:
            raise BadInput(
                _("Not below %(organisation)s: %(codes)s")
                % {"organisation": organisation.label, "codes": ", ".join(strange)}
            )
        chosen |= Q(code__in=codes)
    return there.filter(chosen)
