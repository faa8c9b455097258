"""Panels for their members: agenda, an item, leaving the room, the secret vote; the live page of the
chair and the office.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.ledger.models import StoredFile

from ..actions import ballots as actions
from ..actions.panel_absences import leave_room
from ..actions.panels import mark_presence
from ..models import Ballot, Panel, PanelItem, PanelMember
from ..panels import desk, sight
from ..panels.live import row_of, rows_of
from ..panels.minutes import option_name
from .access import account
from .panels import rule_of


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The panels to which one was invited, the next one first."""
    found = list(desk.panels_of(account(request)).order_by("-held_at"))
    context = {
        "coming": [p for p in reversed(found) if p.closed_at is None],
        "over": [p for p in found if p.closed_at is not None],
    }
    return render(request, "calls/panels.html", context)


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda for a member."""
    me = account(request)
    found = get_object_or_404(desk.panels_of(me), pk=pk)
    context = {
        "panel": found, "call": found.call, "rows": rows_of(found, me),
        "seat": desk.seat_of(me, found), "rule": rule_of(found.quorum, found.majority),
    }  # fmt: skip
    return render(request, "calls/panel.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item with what may be read of it, the reviews, and the ballot."""
    me = account(request)
    found = _item(request, pk)
    panel, row = found.panel, row_of(found, me)
    if row is None:
        raise Http404
    stage = sight.stage_of(found)
    sees_whole = sight.sees_whole(panel.call.programme, stage)
    rows = [each.item.pk for each in rows_of(panel, me) if each.item is not None]
    place, seat = rows.index(found.pk), desk.seat_of(me, panel)
    asked = row.is_open and not row.mine and seat is not None and seat.present_at is not None
    context = {
        "item": found, "panel": panel, "call": panel.call, "row": row, "seat": seat,
        "polls": panel.closed_at is None and not asked,
        "whole": sight.whole(found) if sees_whole else None,
        "sheet": None if sees_whole else sight.sheet(found), "summary": sight.summary(found),
        "options": _options(row.ballot, found) if row.is_open and row.ballot else [],
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
    }  # fmt: skip
    answer = render(request, "calls/panel_item.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse | FileResponse:
    """A file of the packet or of the submission, by its place in it."""
    found = _item(request, pk)
    if sight.sees_whole(found.panel.call.programme, sight.stage_of(found)):
        whole = sight.whole(found)
        files: list[tuple[int, StoredFile | None, str]] = [
            (n, f.stored, f.name) for n, f in enumerate(whole.files if whole else [], start=1)
        ]
    else:
        sheet = sight.sheet(found)
        parts = sheet.parts if sheet else []
        files = [(f.place, f.stored, f.name) for part in parts for f in part.files]  # type: ignore[attr-defined]
    for place, stored, name in files:
        if place == number and stored is not None:
            answer = FileResponse(stored.file.open("rb"), as_attachment=True, filename=name,
                                  content_type=stored.content_type)  # fmt: skip
            answer["Cache-Control"] = "private, no-store"
            return answer
    raise Http404


@require_POST
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare that one leaves the room for the item."""
    found = _item(request, pk)
    try:
        leave_room(item=found, reason=request.POST.get("reason", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:panel_item", pk)
    messages.success(request, _("You leave the room for this item and do not see it any more."))
    return redirect("calls:panel", found.panel_id)


@sensitive_post_parameters("option")
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote, once. The answer does not say what was voted."""
    me = account(request)
    seen = desk.items_of(me).order_by().values("pk")
    ballot = get_object_or_404(
        Ballot.objects.select_related("item__panel__call"), pk=pk, item__in=seen
    )
    try:
        actions.cast_vote(ballot=ballot, option=request.POST.get("option", ""), by=me)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your vote is in the urn."))
    return redirect("calls:panel_item", ballot.item_id)


@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, the ballots, the results; asked again every few seconds."""
    me = account(request)
    found = get_object_or_404(desk.panels_led_by(me), pk=pk)
    members = list(found.members.select_related("person"))
    context = {
        "panel": found, "call": found.call, "rows": rows_of(found, me), "members": members,
        "present": sum(member.present_at is not None for member in members),
        "office": request.user.has_perm("calls.run", found.call),
        "levels": found.call.programme.outcome.levels,
        "open": found.closed_at is None and not hasattr(found.call, "closure"),
        "rule": rule_of(found.quorum, found.majority), "now": timezone.now(),
    }  # fmt: skip
    return render(request, "calls/panel_live.html", context)


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick that a member is there, or take the tick away."""
    led = desk.panels_led_by(account(request)).order_by().values("pk")
    found = PanelMember.objects.select_related("panel__call", "person")
    member = get_object_or_404(found, pk=pk, panel__in=led)
    present = request.POST.get("present") == "1"
    return _led(request, member.panel,
                lambda: mark_presence(member=member, present=present, by=account(request)))  # fmt: skip


@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a ballot on the item."""
    found = get_object_or_404(desk.items_led_by(account(request)), pk=pk)
    kind = "levels" if request.POST.get("kind") == "levels" else "plain"
    return _led(request, found.panel,
                lambda: actions.open_ballot(item=found, kind=kind, by=account(request)),
                f"item-{pk}")  # fmt: skip


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the ballot and count it."""
    led = desk.items_led_by(account(request)).order_by().values("pk")
    found = get_object_or_404(
        Ballot.objects.select_related("item__panel__call"), pk=pk, item__in=led
    )
    return _led(request, found.item.panel,
                lambda: actions.close_ballot(ballot=found, by=account(request)),
                f"item-{found.item_id}")  # fmt: skip


def _item(request: HttpRequest, pk: int) -> PanelItem:
    """An item that the member sees, or 404: for those who leave the room it is not there."""
    return get_object_or_404(desk.items_of(account(request)), pk=pk)


def _options(ballot: Ballot, item: PanelItem) -> list[tuple[str, str]]:
    call = item.panel.call
    return [(each["key"], option_name(each, call)) for each in ballot.options]


def _led(
    request: HttpRequest, panel: Panel, act: Callable[[], object], place: str = ""
) -> HttpResponse:
    try:
        act()
    except BadInput as error:
        messages.error(request, str(error))
    answer = redirect("calls:panel_live", panel.pk)
    if place:
        answer["Location"] += f"#{place}"
    return answer
