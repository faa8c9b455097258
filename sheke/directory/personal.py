"""What the directory holds of a person: themselves, tenures, consents, the account, what they did."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sheke.core.models import AuditEvent

from .holdings import Holding, Rows, register
from .models import Account, Person


def _person(person: Person) -> Rows:
    told = {field: getattr(person, field) or "" for field in ("name", "code", "phone", "email")}
    return [told | {"academic_title": person.title}]


def _tenures(person: Person) -> Rows:
    return [
        {"organisation": t.organisation.name, "role": t.role, "post": t.post, "since": t.since,
         "until": t.until}
        for t in person.tenures.select_related("organisation").order_by("since", "id")
    ]  # fmt: skip


def _consents(person: Person) -> Rows:
    return [
        {"field": c.field, "audience": c.audience, "at": c.at, "by": str(c.by or "")}
        for c in person.consents.select_related("by__person")
    ]


def _account(person: Person) -> Rows:
    return [
        {"username": a.username, "active": a.is_active, "created_at": a.created_at,
         "last_sign_in": a.last_login}
        for a in Account.objects.filter(person=person)
    ]  # fmt: skip


def _events(person: Person) -> Rows:
    """By their account, latest first; what was done, without the data of others in it."""
    account = Account.objects.filter(person=person).values_list("pk", flat=True).first()
    if account is None:
        return []
    events = AuditEvent.objects.filter(actor_id=account).order_by("-id")
    return [
        {"at": at, "verb": verb, "kind": kind, "number": number, "subject": subject}
        for at, verb, kind, number, subject in events.values_list(
            "at", "verb", "subject_type", "subject_id", "subject_name"
        ).iterator()
    ]


# What goes of these goes in the action itself (actions/erasure.py); others say it here.
register(
    Holding("directory.person", _("Name and contact"), _person),
    Holding(
        "directory.tenures", _("Tenures"), _tenures,
        kept=_("Posts and terms stay without the name: the organisation's history is made of them."),
    ),
    Holding("directory.consents", _("What they agreed to show"), _consents),
    Holding("directory.account", _("Account"), _account),
    Holding(
        "directory.events", _("What they did (audit log)"), _events,
        kept=_(
            "The audit log is never changed; it knows accounts by their number. Events from before"
            " keep the user name of their time."
        ),
    ),
)  # fmt: skip
