"""Who may do everything, and whose password everybody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.directory.models import Account, Organisation, Tenure
from sheke.site.demo.people import PASSWORD
from sheke.site.demo.source import read

from .findings import Finding, error, info, looks, warning

MANY = 3
UNUSED = timedelta(days=183)


@looks(tables=True)
def superusers() -> Iterator[Finding]:
    active = list(Account.objects.filter(is_superuser=True, is_active=True).order_by("username"))
    administrators = Tenure.objects.at(timezone.localdate()).filter(
        role="administrator", organisation__parent=None, person__account__is_active=True
    )
    if not active and not administrators.exists() and Organisation.objects.exists():
        yield error(
            "people.nobody", _("Nobody may administer the federation."),
            "sheke account create NAME --superuser",
        )  # fmt: skip
    if len(active) > MANY:
        names = ", ".join(account.username for account in active)
        yield warning(
            "people.superusers", _("%(number)s accounts may do everything: %(names)s.") % {"number": len(active), "names": names},
            _("Leave two; the others act by a tenure."),
        )  # fmt: skip
    since = timezone.now() - UNUSED
    for account in active:
        if (account.last_login or account.created_at) < since:
            yield warning(
                "people.unused",
                _("The account %(name)s may do everything and was not used for half a year.") % {"name": account.username},
                _("Deactivate it on its person's page."),
            )  # fmt: skip


@looks(tables=True)
def demonstration() -> Iterator[Finding]:
    """Slow by intent: a password takes its time. Five accounts at most."""
    if settings.DEMO:
        yield info("people.demo", _("This is the demonstration: its passwords are public."))
        return
    names = [entry["user"] for entry in read("people")["accounts"]]
    for account in Account.objects.filter(username__in=names, is_active=True):
        if account.check_password(PASSWORD):
            yield error(
                "people.demo_password",
                _("The account %(name)s has the password of the demonstration.") % {"name": account.username},
                _("Set another password, or begin with an empty installation."),
            )  # fmt: skip


@looks(tables=True)
def locked() -> Iterator[Finding]:
    from axes.models import AccessAttempt

    since = timezone.now() - settings.AXES_COOLOFF_TIME
    number = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    ).count()
    if number:
        yield info(
            "people.locked", _("%(number)s sign-ins are locked after wrong passwords.") % {"number": number},
            _("They open by themselves; at once: python -m sheke axes_reset"),
        )  # fmt: skip
