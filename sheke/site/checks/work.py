"""What runs by itself: the worker, the schedule, the channels by which people are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.jobs import queries

from .findings import Finding, info, looks, warning

LATE = timedelta(minutes=30)


@looks(tables=True)
def workers() -> Iterator[Finding]:
    if "DatabaseBackend" not in settings.TASKS["default"]["BACKEND"]:
        return
    if not queries.workers():
        yield warning(
            "work.worker", _("No worker runs: imports, notices and the schedule wait."),
            _("“sheke serve” starts one; or: systemctl start sheke-worker"),
        )  # fmt: skip
    failed = queries.counts()["failed"]
    if failed:
        yield warning(
            "work.failed", _("%(number)s jobs failed.") % {"number": failed},
            _("Look at the page “Background jobs”."),
        )  # fmt: skip


@looks(tables=True)
def schedule() -> Iterator[Finding]:
    """A slot that came and that nobody took."""
    now = timezone.now()
    for line in queries.schedule():
        slot = line.scheduled.slot(now)
        if line.last is not None and line.last < slot and now - slot > LATE:
            yield warning(
                "work.late",
                _("%(task)s should have run %(slot)s.")
                % {"task": line.scheduled.key, "slot": timezone.localtime(slot).strftime("%Y-%m-%d %H:%M")},
                _("Start the worker; what was missed is made up for once."),
            )  # fmt: skip


@looks()
def channels() -> Iterator[Finding]:
    if not getattr(settings, "MAIL_READY", False):
        yield info(
            "work.mail", _("No mail server is set: people are told in the app only."),
            "SHEKE_MAIL_URL=smtp://user:password@host:587",
        )  # fmt: skip
    elif not getattr(settings, "SITE_URL", ""):
        yield warning(
            "work.url", _("Mails cannot lead to the site: its address is not set."),
            "SHEKE_URL=https://…",
        )  # fmt: skip
