"""The verb that closes a project after its closing review."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Closing, Delivery
from ..projects.closing import write_closing
from ..projects.delivering import held_delivery, is_closing, rule_delivery
from ..projects.holding import note_step
from ..projects.telling import tell_leads
from .certifying import issue_certificates

RESULTS = (Closing.Result.EXCELLENT, Closing.Result.GOOD, Closing.Result.PASSED)


@transaction.atomic
def close_project(
    *, delivery: Delivery, result: str, site: str, by: Account | None, reason: str = "",
    likeness: Decimal | None = None, closed_on: date | None = None,
) -> Closing:  # fmt: skip
    """Accept the closing report with a result: the project is closed, the records that its programme
    declares are posted, the certificate is issued.

    result: excellent, good, passed. site: how links begin, for the certificate's QR code. likeness:
    percent of text that stands elsewhere, where somebody checked. Raises BadInput; then nothing is done.
    """
    project, delivery = held_delivery(delivery)
    if not is_closing(project, delivery.milestone.key):
        raise BadInput(_("This is no closing report."))
    if result not in RESULTS:
        raise BadInput(_("The result is excellent, good or passed."))
    if likeness is not None and not (likeness.is_finite() and 0 <= likeness <= 100):
        raise BadInput(_("Copied text is between 0 and 100 percent."))
    reason = " ".join(reason.split())[:500]
    delivery.result, delivery.likeness = result, likeness
    rule_delivery(project, delivery, accepted=True, reason=reason, by=by)
    closing = write_closing(project, result=result, reason=reason, closed_on=closed_on, by=by)
    note_step(project, "closed", by=by, reason=reason, result=result)
    award = project.award
    if award.call.programme.outcome.certificate is not None:
        issue_certificates(call=award.call, awards=[award], site=site, by=by, kind="closing")
    tell_leads("calls.project_closed", project, by=by, reason=reason,
               result=str(closing.get_result_display()))  # fmt: skip
    return closing
