"""Sittings of panels for the office: made, members, agenda, absences, invitations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.directory.models import Person
from sheke.directory.queries import find_people, with_current_tenures

from ..actions import panel_absences, panel_agenda
from ..actions import panels as actions
from ..forms.panels import PanelForm
from ..models import Absence, Call, Panel, PanelItem, PanelMember, Phase
from ..panels import desk
from ..panels.agenda import candidates, chosen
from ..panels.counting import HALF, share
from ..panels.live import rows_of, states
from .access import account, own_call
from .stages import numbers


@require_safe
def of_call(request: HttpRequest, pk: int) -> HttpResponse:
    """The sittings of a call, by stage."""
    call = own_call(request, pk)
    sittings = list(call.panels.order_by("held_at"))
    counts = states(sittings)
    stages = [
        (phase, [(p, counts[p.pk]) for p in sittings if p.stage == phase.stage])
        for phase in panel_phases(call)
    ]
    return render(request, "calls/panels_of_call.html", {"call": call, "stages": stages})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a sitting."""
    call = own_call(request, pk)
    phases = panel_phases(call)
    wanted = request.POST.get("stage") or request.GET.get("stage", "")
    phase = next((one for one in phases if one.stage == wanted), phases[0] if phases else None)
    if phase is None:
        raise Http404
    stage = phase.definition
    form = PanelForm(request.POST or None, initial={"title": f"{call.title}{stage.name}"})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_panel(phase=phase, by=account(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("calls:panel_office", made.pk)
    context = {"call": call, "form": form, "phase": phase, "stage": stage,
               "rule": rule_of(stage.quorum, stage.majority)}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "calls/panel_edit.html", context, status=status)


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A sitting with its members, agenda and absences."""
    found = own_panel(request, pk)
    call = found.call
    members = list(found.members.select_related("person__account"))
    absences = Absence.objects.filter(item__panel=found).select_related(
        "member__person", "item__submission"
    )
    sort = request.GET.get("sort", "number")
    offered = candidates(found, request.GET.get("category", ""), sort)
    programme = call.programme
    categories = programme.used_as("category")
    context: dict[str, Any] = {
        "call": call, "panel": found, "members": members,
        "items": found.items.select_related("submission__organisation"),
        "absences": absences.order_by("item__position", "pk"), "offered": offered, "sort": sort,
        "category": request.GET.get("category", ""),
        "categories": [(c.key, str(c.name)) for c in categories.choices] if categories else [],
        "stage": programme.stage(found.stage), "rule": rule_of(found.quorum, found.majority),
        "open": found.closed_at is None and not hasattr(call, "closure"),
        "waiting": sum(member.invited_at is None for member in members),
        "packets": sum(not row.seen.ready for row in rows_of(found, account(request)) if row.seen),
    }  # fmt: skip
    return render(request, "calls/panel_office.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title, time and place."""
    found = own_panel(request, pk)
    initial = {name: getattr(found, name) for name in actions.CHANGED}
    form = PanelForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"title": form.cleaned_data["title"] or found.title}
        try:
            actions.change_panel(panel=found, by=account(request), **values)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:panel_office", pk)
    context = {"call": found.call, "panel": found, "form": form,
               "stage": found.call.programme.stage(found.stage),
               "rule": rule_of(found.quorum, found.majority)}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "calls/panel_edit.html", context, status=status)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_panel(request, pk)
    call = found.call_id
    try:
        actions.remove_panel(panel=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:panel_office", pk)
    messages.success(request, _("The sitting was taken away."))
    return redirect("calls:panels_of_call", call)


@require_safe
def people(request: HttpRequest, pk: int) -> JsonResponse:
    """People who may be named members, by their name, code or organisation."""
    found = own_panel(request, pk)
    rows = find_people(request.GET.get("q", "")).exclude(pk__in=found.members.values("person_id"))
    options = [
        {"value": person.pk, "text": person.name,
         "hint": "、".join(t.organisation.label for t in person.current_tenures)}  # type: ignore[attr-defined]
        for person in with_current_tenures(rows)[:40]
    ]  # fmt: skip
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})


@require_POST
def members(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_panel(request, pk)
    wanted = Person.objects.filter(pk__in=numbers(request, "person"), erasure=None)

    def act() -> str:
        made = actions.add_members(panel=found, people=wanted, by=account(request))
        if not made:
            raise BadInput(_("Choose somebody who does not sit in the panel yet."))
        text = ngettext("%(n)s member added.", "%(n)s members added.", len(made))
        return text % {"n": len(made)}

    return _done(request, found, act, "members")


@require_POST
def member_removal(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    return _done(
        request, member.panel,
        lambda: actions.remove_member(member=member, by=account(request)), "members",
    )  # fmt: skip


@require_POST
def chair(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    return _done(
        request, member.panel,
        lambda: actions.name_chair(member=member, by=account(request)), "members",
    )  # fmt: skip


@require_POST
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Put submissions on the agenda: all that are offered, or those that were ticked."""
    found = own_panel(request, pk)

    def act() -> str:
        rows = chosen(
            found, numbers(request, "submission"), everything=request.POST.get("how") == "all",
            category=request.POST.get("category", ""), sort=request.POST.get("sort", "number"),
        )  # fmt: skip
        made = panel_agenda.add_items(panel=found, submissions=rows, by=account(request))
        if not made:
            raise BadInput(_("Choose submissions."))
        text = ngettext("%(n)s item added.", "%(n)s items added.", len(made))
        return text % {"n": len(made)}

    return _done(request, found, act, "agenda")


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the order: the items as they stand, sorted by the numbers written beside them."""
    found = own_panel(request, pk)
    items = numbers(request, "item")
    places = [whole_number(text, digits=8) or 0 for text in request.POST.getlist("rank")]
    pairs = sorted(zip(places, range(len(items)), items, strict=False))
    wanted = [pk for _place, _n, pk in pairs]
    return _done(
        request, found,
        lambda: panel_agenda.order_items(panel=found, order=wanted, by=account(request)), "agenda",
    )  # fmt: skip


@require_POST
def item_removal(request: HttpRequest, pk: int) -> HttpResponse:
    runs = desk.panels_run_by(account(request)).order_by().values("pk")
    item = get_object_or_404(PanelItem.objects.select_related("panel__call"), pk=pk, panel__in=runs)
    return _done(
        request, item.panel,
        lambda: panel_agenda.remove_item(item=item, by=account(request)), "agenda",
    )  # fmt: skip


@require_POST
def absences(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for conflicts of interest once more."""
    found = own_panel(request, pk)

    def act() -> str:
        n = panel_absences.record_absences(panel=found, by=account(request))
        return ngettext("%(n)s new absence.", "%(n)s new absences.", n) % {"n": n}

    return _done(request, found, act, "absences")


@require_POST
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member stay, with a reason."""
    runs = desk.panels_run_by(account(request)).order_by().values("pk")
    absence = get_object_or_404(
        Absence.objects.select_related("item__panel__call"), pk=pk, item__panel__in=runs
    )
    reason = request.POST.get("reason", "")
    return _done(
        request, absence.item.panel,
        lambda: panel_absences.lift_absence(absence=absence, reason=reason, by=account(request)),
        "absences",
    )  # fmt: skip


@require_POST
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_panel(request, pk)
    return _done(request, found, lambda: _told(request, actions.invite_panel(
        panel=found, by=account(request))))  # fmt: skip


@require_POST
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_panel(request, pk)
    return _done(request, found, lambda: _told(request, actions.remind_panel(
        panel=found, by=account(request))))  # fmt: skip


def own_panel(request: HttpRequest, pk: int) -> Panel:
    """A sitting of a call of the account's office, or 404."""
    return get_object_or_404(desk.panels_run_by(account(request)), pk=pk)


def panel_phases(call: Call) -> list[Phase]:
    """The phases of the stages at which panels vote, in order."""
    keys = [stage.key for stage in call.programme.stages_of("panel")]
    found = list(call.phases.filter(stage__in=keys).order_by("position"))
    for phase in found:
        phase.call = call
    return found


def rule_of(quorum: float, majority: float) -> str:
    """Quorum and majority in a sentence."""
    most = share(majority)
    carried = _("more than a half") if most == HALF else _("at least %(share)s") % {"share": most}
    return _("At least %(quorum)s of the members must be present; %(majority)s of those present "
             "carries.") % {"quorum": share(quorum), "majority": carried}  # fmt: skip


def _told(request: HttpRequest, told: actions.Told) -> str:
    for name in told.unreached[:10]:
        messages.warning(request, _("%(name)s has no account and was not told.") % {"name": name})
    return ngettext("%(n)s member told.", "%(n)s members told.", told.told) % {"n": told.told}


def _member(request: HttpRequest, pk: int) -> PanelMember:
    runs = desk.panels_run_by(account(request)).order_by().values("pk")
    found = PanelMember.objects.select_related("panel__call", "person")
    return get_object_or_404(found, pk=pk, panel__in=runs)


def _done(
    request: HttpRequest, panel: Panel, act: Callable[[], object], place: str = ""
) -> HttpResponse:
    """Do it, say what came of it, and go back to the sitting."""
    try:
        said = act()
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said if isinstance(said, str) else _("Saved."))
    answer = redirect("calls:panel_office", panel.pk)
    if place:
        answer["Location"] += f"#{place}"
    return answer
