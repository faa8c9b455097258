"""What waits for reviewers and members of panels. Read from packets and invitations alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..models import Phase
from ..panels.desk import panels_of
from ..reviewing.desk import assignments_of, invitations_of
from .lines import Line, in_order


def reviewing_lines(account: Account, today: date) -> list[Line]:
    """Invitations to answer, reviews to send with how far they are, panels that meet."""
    if account.person_id is None:
        return []
    return in_order([*_invitations(account, today), *_reviews(account, today), *_panels(account, today)])  # fmt: skip


def _invitations(account: Account, today: date) -> Iterator[Line]:
    for one in invitations_of(account).filter(accepted=None, call__closure=None):
        url = reverse("calls:review_invitation", args=[one.pk])
        text = _("You are asked to review; say whether you can")
        yield Line(one.call.title, text, url, "mail", today, one.due_on)


def _reviews(account: Account, today: date) -> Iterator[Line]:
    rows = (
        assignments_of(account).filter(call__closure=None).select_related(None).order_by()
        .values_list("call_id", "stage")
        .annotate(all=Count("pk"), sent=Count("pk", filter=Q(review__sent_at__isnull=False)))
    )  # fmt: skip
    numbers = {(call, stage): (all_, sent) for call, stage, all_, sent in rows if sent < all_}
    if not numbers:
        return
    running = Phase.objects.filter(call__in={call for call, _stage in numbers}, ended_at=None)
    for phase in running.select_related("call__edition__definition"):
        if (phase.call_id, phase.stage) in numbers:
            all_, sent = numbers[phase.call_id, phase.stage]
            text = _("%(sent)s of %(all)s reviews sent in") % {"sent": sent, "all": all_}
            yield Line(phase.call.title, text, reverse("calls:reviews"), "pencil-line", today,
                       phase.due_on, all_, sent)  # fmt: skip


def _panels(account: Account, today: date) -> Iterator[Line]:
    for panel in panels_of(account).filter(closed_at=None, held_at__date__gte=today):
        held = timezone.localtime(panel.held_at)
        text = _("Meets at %(time)s, %(place)s") % {
            "time": f"{held:%H:%M}", "place": panel.place or "—",
        }  # fmt: skip
        url = reverse("calls:panel", args=[panel.pk])
        yield Line(f"{panel.call.title} · {panel.title}", text, url, "users", today, held.date())
