"""The calendar of working days: weekends by default, what is otherwise is entered by the office."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..actions import working_days as actions
from ..models import SpecialDay
from .access import account, office_only


@require_http_methods(["GET", "POST"])
def working_days(request: HttpRequest) -> HttpResponse:
    """The special days of a year; posting enters some. The highest office keeps it for all."""
    office_only(request)
    keeps = request.user.has_perm("calls.keep_calendar")
    error = ""
    if request.method == "POST":
        _refuse(keeps)
        try:
            count = _enter(request)
        except BadInput as wrong:
            error = str(wrong)
        else:
            text = ngettext("%(n)s day entered.", "%(n)s days entered.", count) % {"n": count}
            messages.success(request, text)
            return redirect("calls:working_days")
    year = whole_number(request.GET.get("year", ""), digits=4) or timezone.localdate().year
    context = {
        "days": SpecialDay.objects.filter(day__year=year), "year": year, "keeps": keeps,
        "years": range(timezone.localdate().year - 1, timezone.localdate().year + 3),
        "error": error, "given": request.POST,
    }  # fmt: skip
    return render(request, "calls/working_days.html", context, status=422 if error else 200)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """The day is again what the week says."""
    office_only(request)
    _refuse(request.user.has_perm("calls.keep_calendar"))
    special = get_object_or_404(SpecialDay, pk=pk)
    actions.remove_special_day(special=special, by=account(request))
    messages.success(request, _("Removed."))
    return redirect("calls:working_days")


def _enter(request: HttpRequest) -> int:
    first = _day(request, "first")
    return actions.set_special_days(
        first=first, last=_day(request, "last") if request.POST.get("last") else first,
        works=request.POST.get("works") == "yes", name=request.POST.get("name", ""),
        by=account(request),
    )  # fmt: skip


def _day(request: HttpRequest, name: str) -> date:
    text = request.POST.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(_("“%(text)s” is no day like 2026-10-01.") % {"text": text[:20]}) from None


def _refuse(keeps: bool) -> None:
    if not keeps:
        raise PermissionDenied(_("The calendar is kept by the highest office."))
