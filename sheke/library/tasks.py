"""Background work of the library."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from sheke.core.jobs import start
from sheke.core.schedule import every

from .intake.folders import look_into_folder
from .intake.queueing import another_works, forgotten
from .intake.working import work_on
from .models import Batch


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
