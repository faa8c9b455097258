"""Tags that print proposals, awards and certificates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from sheke.calls.deciding.printing import shown_code
from sheke.calls.deciding.proposals import level_name
from sheke.calls.deciding.proposals import plain as plainly
from sheke.calls.models import Award, Certificate, Submission

register = template.Library()


@register.filter
def plain(amount: Any) -> str:
    """An amount without empty places; nothing where there is none."""
    return plainly(amount) if isinstance(amount, Decimal) else ""


@register.filter
def grouped(code: str) -> str:
    """A certificate's code in groups of four."""
    return shown_code(code)


@register.filter
def valid_certificate(award: Award) -> Certificate | None:
    """The one that is valid, of those that were fetched with the award."""
    return next((each for each in award.certificates.all() if each.revoked_at is None), None)


@register.inclusion_tag("calls/own_certificates.html")
def own_certificates(submission: Submission) -> dict[str, Any]:
    """The award that stands and its valid certificates; nothing without one."""
    award = Award.objects.filter(submission=submission, revoked_at=None).first()
    if award is None:
        return {"award": None}
    return {
        "award": award,
        "level": level_name(submission.edition.programme, award.level),
        "certificates": award.certificates.filter(revoked_at=None),
    }
