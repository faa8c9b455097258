"""What runs by the clock."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from .chain import seal_events
from .jobs import tell
from .jobs.forgetting import forget
from .schedule import every
from .search.following import catch_up, is_built, rebuild


@every(timedelta(minutes=1))
@task()
def seal_audit_log() -> None:
    """Chain the audit events of the last minute."""
    seal_events()


@every(timedelta(hours=1))
@task()
def forget_old_jobs() -> None:
    """Delete what nobody looks at any more of jobs that are done."""
    forget()


@every(timedelta(minutes=1))
@task()
def follow_with_search() -> None:
    """Bring the search index up to date; build it where there is none."""
    if not is_built():
        rebuild(lambda _kind, done: tell(done))
    catch_up()
