"""Enqueueing a job together with the act that wants it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django_tasks_db.models import DBTaskResult

from .models import JobRun


@transaction.atomic
def start(task: Any, *arguments: Any, by: Any = None, subject: models.Model | None = None) -> None:
    """Enqueue `task`; it is there exactly if the surrounding transaction is.

    `by` is the account that waits for it, `subject` what it is about: `progress_of(subject)`.
    """
    result = task.enqueue(*arguments)
    if not isinstance(getattr(result, "db_result", None), DBTaskResult):
        return  # a backend that ran it on the spot
    JobRun.objects.create(
        task_id=uuid.UUID(str(result.id)),
        account_id=getattr(by, "pk", None),
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
    )
