"""What the library found in a submission or a report, for the pages that judge it."""

from __future__ import annotations

from django import template

from sheke.library.models import Check

from ..copychecking.results import checks_of
from ..copychecking.subjects import DELIVERY, VERSION
from ..models import Delivery, Submission

register = template.Library()


@register.simple_tag
def copies_of(submission: Submission) -> Check | None:
    """The latest check of the submission as it was sent last."""
    return checks_of(VERSION, [submission.sent_id or 0]).get(submission.sent_id or 0)


@register.simple_tag
def copies_of_report(delivery: Delivery) -> Check | None:
    return checks_of(DELIVERY, [delivery.pk]).get(delivery.pk)
