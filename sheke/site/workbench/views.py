"""The workbench's pages: the first page, one week of the calendar, quick entry."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.numerals import whole_number
from sheke.directory.models import Account, Organisation

from . import quick as entering
from .desks import DESKS, MemberDesk
from .machine import machine as looked_at
from .perspectives import COOKIE, YEAR, Role, chosen_role, roles_in
from .week import week_of

YEARS = 5  # to choose from


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk of the role by which one acts for the chosen organisation."""
    now = timezone.localtime()
    account, organisation = cast(Account, request.user), _organisation(request)
    context: dict[str, object] = {"now": now, "greeting": greeting(now.hour)}
    if organisation is None:
        context["desk"] = MemberDesk(account, now.date())
        return render(request, "site/home.html", context)
    roles = roles_in(account, organisation)
    role = chosen_role(request, roles)
    today = _day(request, now.date()) if role == Role.LEADER else now.date()
    desk = DESKS[role](account, organisation, today, role)
    context |= {"desk": desk, "roles": roles, "role": role, "years": _years(now.year)}
    if role == Role.SECRETARY:
        context["entry"] = entering.quick_entry(request)
    answer = render(request, "site/home.html", context)
    if request.GET.get("view") == role.value:
        answer.set_cookie(
            COOKIE, role.value, max_age=YEAR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """One week of the calendar, for turning over the leaves; any day of it is in the address."""
    today = timezone.localdate()
    day = _date(request.GET.get("day", "")) or today
    account, organisation = cast(Account, request.user), _organisation(request)
    context = {"week": week_of(account, organisation, day, today)}
    return render(request, "site/week.html", context)


@require_http_methods(["GET", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """The short form of a record. Posted: the next, empty form."""
    if _organisation(request) is None:
        raise PermissionDenied(_("You act for no organisation yet"))
    entry = entering.quick_entry(request)
    if entry is None:
        return redirect("ledger:new")
    if request.method == "POST" and not entering.post(request, entry):
        return render(request, "site/quick.html", {"entry": entry}, status=422)
    if entry.posted and not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Posted: %(title)s") % {"title": entry.posted.title})
        return redirect("site:home")
    return render(request, "site/quick.html", {"entry": entry})


@require_safe
def machine(request: HttpRequest) -> HttpResponse:
    """The strip of the installation, looked at anew; the first page asks for it when it is shown."""
    if not request.user.has_perm("directory.administer", None):
        raise PermissionDenied
    return render(request, "site/home/machine.html", {"machine": looked_at(look=True)})


def greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return _("Good evening")
    return _("Good morning") if hour < 12 else _("Good afternoon")


def _organisation(request: HttpRequest) -> Organisation | None:
    organisation = request.organisation  # type: ignore[attr-defined]
    return organisation or None


def _years(this: int) -> list[int]:
    return list(range(this, this - YEARS, -1))


def _day(request: HttpRequest, today: date) -> date:
    """Today, or the last day of the year in the address."""
    year = whole_number(request.GET.get("year", ""), digits=4) or today.year
    return date(year, 12, 31) if 1990 <= year < today.year else today


def _date(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 1990 <= found.year <= 2190 else None
