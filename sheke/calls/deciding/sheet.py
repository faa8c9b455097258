"""The list of what was decided as a sheet: evidence of the records, and for the office."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import write_xlsx

from ..models import Award, Call
from .entries import award_entry


def decision_sheet(call: Call, awards: list[Award]) -> bytes:
    """The awards in the order of their numbers."""
    money = call.programme.outcome.money
    heads = [
        _("Number"), _("Title"), str(call.programme.applicant), _("Organisation"), _("Level"),
        pgettext("money", "Amount") + (f" ({money})" if money else ""), _("Decided on"), _("Holds until"),
    ]  # fmt: skip
    rows = []
    for award in awards:
        entry = award_entry(call, award)
        rows.append([
            award.number, entry["title"], entry["lead"], entry["organisation"], entry["level_name"],
            award.amount, award.decided_on, award.holds_until,
        ])  # fmt: skip
    return write_xlsx(heads, rows, title=call.title, widths={_("Title"): 40, _("Organisation"): 28})
