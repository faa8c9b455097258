"""The lists that organisations, applicants and offices keep of calls, as workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import write_xlsx

from .listing import named
from .models import Call, Submission
from .recommending import Desk


def recommended_table(call: Call, desks: Iterable[Desk]) -> bytes:
    """What the organisations sent in, the recommended first and in their order: to print and seal."""
    heads = [
        _("Organisation"), _("Rank"), _("Number"), _("Title"),
        str(call.programme.applicant), _("Discipline"), pgettext("submission", "Recommended"), _("Reason"),
        _("State"),
    ]  # fmt: skip
    rows = (row for desk in desks for row in _recommended(call, desk))
    return write_xlsx(
        heads, rows, title=pgettext("submission", "Recommended"),
        widths={_("Title"): 40, _("Organisation"): 28, _("Reason"): 40},
    )  # fmt: skip


def calls_table(calls: QuerySet[Any]) -> bytes:
    """The office's calls with what waits in them."""
    heads = [
        _("Key"), _("Title"), _("Organisation"), pgettext("call", "Opens"), pgettext("call", "Closes"),
        _("Submissions"), pgettext("submissions", "Under way"), _("Being corrected"), _("State"),
    ]  # fmt: skip
    rows = (
        [
            call.key, call.title, call.organisation.name, _minute(call.opens_at),
            _minute(call.closes_at), call.sent_count, call.in_count, call.back_count, str(call.state.label),
        ]
        for call in calls
    )  # fmt: skip
    return write_xlsx(
        heads, rows, title=_("Calls"),
        widths={_("Title"): 40, _("Organisation"): 28},
    )  # fmt: skip


def own_table(submissions: QuerySet[Submission]) -> bytes:
    """One's own submissions and those that one takes part in."""
    heads = [
        _("Call"), _("Number"), _("Title"), _("State"), pgettext("submission", "Saved"),
    ]  # fmt: skip
    rows = (
        [each.call.title, each.number, str(each), each.get_state_display(), _minute(each.saved_at)]
        for each in submissions
    )
    return write_xlsx(
        heads, rows, title=_("My submissions"), widths={_("Title"): 40, _("Call"): 28}
    )


def _recommended(call: Call, desk: Desk) -> Iterator[list[Any]]:
    seats = [(seat.submission, seat.rank, seat.reason) for seat in desk.taken]
    others = [(each, None, "") for each in (*desk.waiting, *desk.others)]
    for submission, rank, reason in (*seats, *others):
        if submission is not None:
            yield [
                desk.organisation.name, rank, submission.number, submission.title, submission.lead_name,
                named(call.programme, "discipline", submission.discipline), _("yes") if rank else "", reason,
                submission.get_state_display(),
            ]  # fmt: skip


def _minute(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
