"""What ending the notice and the decision asks for, and what the end of the notice does."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Call, Objection, Phase, PublicNotice
from ..settling import CHECKS, ENDINGS, Unsettled, pass_all, standing
from .proposals import standing_notice


def open_objections(call: Call) -> int:
    """How many wait for an answer."""
    return Objection.objects.filter(notice__call=call, answer=None).count()


def is_over(notice: PublicNotice) -> bool:
    """Whether its last day has passed."""
    return notice.closes_on < timezone.localdate()


def is_open(notice: PublicNotice) -> bool:
    """Whether objections are taken today."""
    today = timezone.localdate()
    return notice.withdrawn_at is None and notice.opens_on <= today <= notice.closes_on


def _unannounced(phase: Phase) -> Iterable[Unsettled]:
    """The list was public for the whole time, and nothing said against it is open."""
    notice = standing_notice(phase.call)
    there = int(standing(phase).exists())
    yield Unsettled(
        _("The list has not been published."), int(notice is None) and there, stops=True
    )
    if notice is not None and not is_over(notice):
        day = notice.closes_on.isoformat()
        text = _("The list is public until %(day)s.") % {"day": day}
        yield Unsettled(text, 1, stops=True)
    text = _("Objections that were not answered.")
    yield Unsettled(text, open_objections(phase.call), stops=True)


def _undecided(phase: Phase) -> Iterable[Unsettled]:
    query = f"stage={phase.stage}&state=in"
    yield Unsettled(_("Not decided."), standing(phase).count(), query, stops=True)


CHECKS["notice"] = [_unannounced]
CHECKS["decide"] = [_undecided]
ENDINGS["notice"] = pass_all
