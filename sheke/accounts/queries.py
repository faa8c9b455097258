"""Named reads of accounts."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from sheke.directory.models import Account, Person
from sheke.directory.queries import reachable_organisations

from .models import Invitation, SignIn

HISTORY = 50  # rows that a page shows


def visible_invitations(account: Account) -> QuerySet[Invitation]:
    """Invitations to the organisations that `account` acts for, the newest first."""
    return (
        Invitation.objects.with_state()
        .select_related("organisation", "by__person")
        .filter(organisation__in=reachable_organisations(account))
    )


def invitable_people(account: Account) -> QuerySet[Person]:
    """People without an account who are of an organisation that `account` acts for."""
    within = reachable_organisations(account).values("pk")
    return Person.objects.filter(account=None, tenures__organisation__in=within).distinct()


def sessions_of(account: Account) -> list[UserSession]:
    """The sessions that can still be used, the last used first."""
    alive = [s for s in UserSession.objects.filter(user_id=account.pk) if s.exists()]
    return sorted(alive, key=lambda session: session.last_seen_at, reverse=True)


def recent_sign_ins(account: Account) -> QuerySet[SignIn]:
    return account.sign_ins.order_by("-id")[:HISTORY]
