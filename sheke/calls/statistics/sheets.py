"""The statistics as a workbook and as data."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import Sheet, save_xlsx

from ..models import Call
from .counting import Group, Statistics
from .years import Edition

HIDDEN = "*"


def workbook(call: Call, found: Statistics, years: list[Edition]) -> bytes:
    """A sheet of the way, one of each table, one of the years. Small groups are a star."""
    sent, awarded = pgettext("submissions", "Sent in"), pgettext("submissions", "Awarded")
    rate = _("Success rate in percent")
    sheets = [Sheet(_("The way"), [_("Step"), _("Submissions")], [[s.name, s.count] for s in found.funnel],
                    {_("Step"): 30})]  # fmt: skip
    for table in found.tables:
        rows = [[group.name, *_numbers(group)] for group in table.groups]
        rows.append(
            [pgettext("sum", "All"), found.sent, found.awarded, _rate(found.awarded, found.sent)]
        )
        sheets.append(Sheet(table.title, [_("Group"), sent, awarded, rate], rows, {_("Group"): 36}))
    heads = [_("Year"), _("Call"), sent, pgettext("submissions", "Refused"), awarded, rate, _("Organisations"),
             _("Awarded amount")]  # fmt: skip
    rows = [
        [one.call.year, one.call.title, one.sent, one.refused, one.awarded, one.rate, one.organisations, one.amount]
        for one in years
    ]  # fmt: skip
    sheets.append(Sheet(_("Years"), heads, rows, {_("Call"): 36}))
    file = io.BytesIO()
    save_xlsx(file, *sheets)
    return file.getvalue()


def statistics_json(call: Call, found: Statistics, years: list[Edition]) -> dict[str, Any]:
    """For the command line and other programs. Numbers of hidden groups are null."""
    return {
        "call": call.key, "sent": found.sent, "awarded": found.awarded, "least_shown": found.least,
        "funnel": [{"key": s.key, "name": s.name, "count": s.count} for s in found.funnel],
        "tables": {
            table.key: [
                {"key": g.key, "name": g.name, "sent": g.sent, "awarded": g.awarded, "rate": g.rate}
                for g in table.groups
            ]
            for table in found.tables
        },
        "years": [
            {"call": one.call.key, "year": one.call.year, "sent": one.sent, "refused": one.refused,
             "awarded": one.awarded, "rate": one.rate, "organisations": one.organisations, "amount": one.amount}
            for one in years
        ],
    }  # fmt: skip


def _numbers(group: Group) -> list[Any]:
    if group.is_hidden:
        return [HIDDEN, HIDDEN, HIDDEN]
    return [group.sent, group.awarded, group.rate]


def _rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
