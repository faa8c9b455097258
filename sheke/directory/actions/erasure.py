"""Erasing a person: what names them goes, what the organisation did stays. There is no way back."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sheke.core import audit
from sheke.core.errors import BadInput

from ..holdings import HOLDINGS, mentions_of
from ..models import Account, Consent, Erasure, ErasureRequest, Person
from .checking import reason_given


@transaction.atomic
def erase_person(*, person: Person, confirmation: str, reason: str, by: Account | None) -> Erasure:
    """Take away what names the person; `confirmation` is their name, typed anew.

    Tenures stay without the name, the account is closed for good, records with their sums, digests
    and seals are not touched. Raises BadInput for a wrong confirmation, one's own person, an account
    that runs the machine, and somebody erased already.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    _may_be_erased(person, confirmation, by)
    reason = reason_given(reason)
    if person.name in reason:
        raise BadInput(_("The reason stays for good: write it without the name."))
    mentions = [[m.title.replace(person.name, "…"), m.place, m.url] for m in mentions_of(person)]
    taken = {
        key: holding.erase(person) for key, holding in HOLDINGS.items() if holding.erase is not None
    }
    taken["directory.tenures"] = _end_tenures(person)
    Consent.objects.filter(person=person).delete()
    ErasureRequest.objects.filter(person=person).delete()
    _close_account(person)
    _forget(person)
    erasure = Erasure.objects.create(person=person, reason=reason, mentions=mentions, by=by)
    audit.record("person.erase", person, by=by, taken=taken, mentions=len(mentions))
    return erasure


def _may_be_erased(person: Person, confirmation: str, by: Account | None) -> None:
    if Erasure.objects.filter(person=person).exists():
        raise BadInput(_("This person is erased already."))
    if by is not None and by.person_id == person.pk:
        raise BadInput(_("Nobody erases themselves; ask another administrator."))
    if Account.objects.filter(person=person, is_superuser=True).exists():
        raise BadInput(_("This account runs the machine; take that right away first."))
    if " ".join(confirmation.split()) != person.name:
        raise BadInput(_("The name does not agree; nothing was erased."))


def _end_tenures(person: Person) -> int:
    """Tenures of today end yesterday, or on their first day; what has not begun never begins."""
    today = timezone.localdate()
    person.tenures.filter(since__gt=today).delete()
    ended = 0
    for tenure in person.tenures.exclude(until__lt=today):
        tenure.until = max(today - timedelta(days=1), tenure.since or today - timedelta(days=1))
        tenure.save(update_fields=["until"])
        ended += 1
    return ended


def _close_account(person: Person) -> None:
    """Nobody signs in with it again; its number stays, since records and the audit log refer to it."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
        attempts.objects.filter(username=account.username).delete()
    account.username = f"erased-{account.pk}"
    account.is_active = False
    account.last_login = None
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    account.user_permissions.clear()


def _forget(person: Person) -> None:
    with override(settings.LANGUAGE_CODE):
        person.name = _("Erased person #%(number)s") % {"number": person.pk}
    person.code = None
    person.phone = person.email = person.title = ""
    person.save()
