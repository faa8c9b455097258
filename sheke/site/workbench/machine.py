"""What the administrator of the whole looks at: jobs, backups, the installation, second factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache

from sheke.accounts.factors import MAIN
from sheke.core.jobs import queries as jobs
from sheke.core.models import AuditEvent
from sheke.directory.models import Account, Tenure
from sheke.site.checks.findings import Severity, findings

KEY, KEEP = "workbench:findings", 300  # seconds: looking at everything takes a moment


@dataclass(frozen=True)
class Machine:
    """Numbers of what is wrong; `backup_at` is None while there is no backup."""

    failed: int
    nobody_works: bool
    backup_at: datetime | None
    findings: tuple[int, int] | None  # errors and warnings; None: not looked at lately
    without_factor: int | None  # None where the office asks for none


def machine(*, look: bool = False) -> Machine:
    """What is known; with `look` the installation is looked at, which takes seconds."""
    last = AuditEvent.objects.filter(verb="backup.make").order_by("-id").first()
    return Machine(
        failed=jobs.counts()["failed"],
        nobody_works=jobs.nobody_works(),
        backup_at=last.at if last else None,
        findings=_looked() if look else cache.get(KEY),
        without_factor=_without_factor(),
    )


def _looked() -> tuple[int, int]:
    found: tuple[int, int] | None = cache.get(KEY)
    if found is None:
        severities = [finding.severity for finding in findings()]
        found = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
        cache.set(KEY, found, timeout=KEEP)
    return found


def _without_factor() -> int | None:
    """How many active accounts lack the second factor that is asked of them."""
    if not settings.SECOND_FACTOR:
        return None
    accounts = Account.objects.filter(is_active=True)
    if settings.SECOND_FACTOR == "administrators":
        held = Tenure.objects.filter(role=Tenure.Role.ADMINISTRATOR).values("person_id")
        accounts = accounts.filter(is_superuser=True) | accounts.filter(person__in=held)
    having = Authenticator.objects.filter(type__in=MAIN).values("user_id")
    return accounts.exclude(pk__in=having).count()
