"""Background work of the library."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from sheke.core.errors import BadInput
from sheke.core.jobs import start, tell
from sheke.core.jobs.queries import without_job
from sheke.core.schedule import daily, every

from .actions.checks import fail_check, finish_check
from .actions.searching import tell_of_search
from .index import following
from .intake.folders import look_into_folder
from .intake.queueing import another_works, forgotten
from .intake.working import work_on
from .models import Batch, Check, SavedSearch
from .passages.holdings import renew
from .passages.looking import holdings
from .passages.performing import perform

# After it nothing is written any more that says it was done before.
SETTLED = timedelta(minutes=5)


@task()
def take_in_batch(batch_id: int) -> None:
    """Take the files of a batch through their steps; when others wait, go on after them."""
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None or another_works(batch):
        return
    if not work_on(batch):
        start(take_in_batch, batch.pk, subject=batch)


@every(timedelta(minutes=1))
@task()
def look_after_intake() -> None:
    """Take what lies in the watched folder; go on with batches that lost their job."""
    look_into_folder()
    for batch in forgotten():
        start(take_in_batch, batch.pk, subject=batch)


@task()
def perform_check(check_id: int) -> None:
    """Look for the passages of one text; run again, it finds that it is done."""
    check = Check.objects.select_related("organisation", "started_by").filter(pk=check_id).first()
    if check is None or check.is_done:
        return
    try:
        finish_check(check=check, outcome=perform(check), by=check.started_by)
    except BadInput as error:
        fail_check(check=check, reason=str(error), by=check.started_by)


@every(timedelta(minutes=10))
@task()
def look_after_passages() -> None:
    """Bring fingerprints to the present form, and the mapped copy up to date."""
    renew(limit=1000)
    if holdings().waiting() >= 1000:
        holdings().rebuild()


@every(timedelta(minutes=5))
@task()
def look_after_checks() -> None:
    """Say of checks that nothing works at any more that they were not done: they can be begun again."""
    begun = timezone.now() - SETTLED
    waiting = Check.objects.filter(done_at=None, failure="", started_at__lte=begun)
    for check in without_job(waiting):
        fail_check(check=check, reason=_("It was stopped before its end; check again."), by=None)


@every(timedelta(minutes=1))
@task()
def follow_with_library_search() -> None:
    """Bring the library's index up to date; build it where there is none of today's shape."""
    if not following.is_built():
        following.rebuild(tell)
    following.catch_up()


@daily(time(4, 0))
@task()
def renew_library_search() -> None:
    """Build the library's index anew when it has grown so much that it should learn frequent words."""
    if following.is_built() and following.has_outgrown():
        following.rebuild(tell)


@daily(time(8, 30))
@task()
def tell_of_searches() -> None:
    """Tell people what is new in the searches that they keep."""
    until = timezone.now() - SETTLED
    following.catch_up(wait=60)
    if following.has_followed(until):  # else tomorrow, from where it was left off
        for search in SavedSearch.objects.filter(alerts=True, account__is_active=True):
            tell_of_search(search=search, until=until, by=None)
