"""How a call went in numbers, for the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment

from ..statistics import statistics_of
from ..statistics.charts import blocks_of, funnel_chart, years_chart
from ..statistics.sheets import workbook
from ..statistics.years import editions_of
from .access import account, own_call


@require_safe
def statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """Funnel, groups, years; each number leads to its submissions."""
    call = own_call(request, pk)
    found = statistics_of(call)
    years = editions_of(call, account(request))
    context = {
        "call": call, "found": found, "years": years, "way": funnel_chart(call, found),
        "blocks": blocks_of(call, found),
        "compared": years_chart(years) if len(years) > 1 else None,
    }  # fmt: skip
    return render(request, "calls/statistics.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as xlsx, a sheet for each table."""
    call = own_call(request, pk)
    data = workbook(call, statistics_of(call), editions_of(call, account(request)))
    return attachment(data, f"{call.key}-statistics.xlsx")
