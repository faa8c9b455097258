"""Named reads: the calls and submissions that an account sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations
from sheke.ledger.confirming.queries import office_organisations

from .models import Call, Submission
from .models.calls import CallQuerySet


def calls_of(account: Account) -> CallQuerySet:
    """The calls that the account may run."""
    mine = office_organisations(account).order_by().values("pk")
    return Call.objects.filter(organisation__in=mine)


def visible_calls(account: Account) -> CallQuerySet:
    """The calls that were announced, and those that the account prepares."""
    mine = office_organisations(account).order_by().values("pk")
    return Call.objects.filter(Q(announced_at__isnull=False) | Q(organisation__in=mine))


def own_submissions(account: Account) -> QuerySet[Submission]:
    """Those that the account began or whose lead or member it is; a project's later lead too."""
    mine = Q(made_by=account)
    if account.person_id is not None:
        mine |= Q(members__person=account.person_id) | Q(award__project__lead=account.person_id)
    return Submission.objects.filter(mine).distinct()


def visible_submissions(account: Account) -> QuerySet[Submission]:
    """Whole submissions, with names: one's own, those sent by the organisations that the account
    acts for, those of the calls that it runs. Nothing follows from reviewing.
    """
    offices = office_organisations(account).order_by().values("pk")
    acting = reachable_organisations(account).order_by().values("pk")
    mine = own_submissions(account).order_by().values("pk")
    sent = Q(sent__isnull=False)
    return Submission.objects.filter(
        Q(pk__in=mine) | (sent & (Q(organisation__in=acting) | Q(call__organisation__in=offices)))
    )
