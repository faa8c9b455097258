"""The binding page: the text at one side, the chosen slot with its proposals at the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.indicators.catalogue import Catalogue
from sheke.reports.actions import slots as verbs
from sheke.reports.actions.accepting import accept_sure_proposals
from sheke.reports.binding import Board, board_of, panel_of
from sheke.reports.forms_templates import DetailForm
from sheke.reports.models import Slot, Template
from sheke.reports.periods import Period, parse_period
from sheke.reports.previewing import default_period
from sheke.reports.proposals import propose
from sheke.reports.queries import visible_templates
from sheke.reports.views.access import account_of
from sheke.reports.views.templates import changeable_template, visible_template

_UNDO_STEPS = 30
_PERIOD = "binding_period"


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page; with `?slot=` that slot is chosen, with `?open=1` only open ones are visited."""
    found = visible_template(request, pk)
    board = _board(request, found, request.GET.get("slot", ""))
    others = visible_templates(account_of(request)).exclude(pk=pk)
    context = _context(request, board) | {"others": others[:20]}
    return render(request, "reports/template_binding.html", context)


@require_safe
def slot(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The panel of one slot; the whole page for a browser without scripts."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('reports:template', args=[pk])}?slot={key}")
    board = _board(request, visible_template(request, pk), key)
    return render(request, "reports/template_panel.html", _context(request, board))


@require_POST
def binding(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Bind a slot to the chosen proposal, to another indicator, or to words; go on to the next."""
    return _change(request, pk, key, _bind)


@require_POST
def detail(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Bind a slot with indicator, period, scope and printing as the form says."""
    board = _board(request, changeable_template(request, pk), key)
    form = DetailForm(request.POST, slot=_held(board, key))
    if not form.is_valid():
        return _answer(request, board, form=form)
    return _change(request, pk, key, lambda _request, held: _bind_detail(_request, held, form))


@require_POST
def unbinding(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Leave a slot open again."""

    def unbind(request: HttpRequest, held: Slot) -> bool:
        verbs.unbind_slot(slot=held, by=account_of(request))
        return False

    return _change(request, pk, key, unbind)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last binding of this session back."""
    found = changeable_template(request, pk)
    steps = request.session.get(_undo_key(pk), [])
    if not steps:
        return _answer(request, _board(request, found, ""), error=_("There is nothing to undo."))
    key, state = steps.pop()
    request.session[_undo_key(pk)] = steps
    board = _board(request, found, key)
    if board.chosen is not None and board.chosen.key == key:
        verbs.restore_slot(slot=board.chosen, state=state, by=account_of(request))
    return _answer(request, _board(request, found, key), changed=key)


@require_POST
def adding(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark words as a slot: by their place in the text, or by quoting them."""
    found = changeable_template(request, pk)
    try:
        start, end = _place(found, request.POST)
        made = verbs.add_slot(template=found, start=start, end=end, by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("reports:template", pk=pk)
    return redirect(f"{reverse('reports:template', args=[pk])}?slot={made.key}")


@require_POST
def removing(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The words are no slot after all."""
    board = _board(request, changeable_template(request, pk), key)
    held = _held(board, key)
    onward = board.next or board.previous
    try:
        verbs.remove_slot(slot=held, by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
        onward = held
    query = f"?slot={onward.key}" if onward else ""
    return redirect(reverse("reports:template", args=[pk]) + query)


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all proposals that leave little doubt."""
    found = changeable_template(request, pk)
    count = accept_sure_proposals(template=found, by=account_of(request))
    messages.success(request, _("%(n)s slots were bound to their first proposal.") % {"n": count})
    return redirect("reports:template", pk=pk)


def _bind(request: HttpRequest, held: Slot) -> bool:
    kind, _colon, key = request.POST.get("choice", "").partition(":")
    wording = request.POST.get("wording", "")
    if kind in Slot.Binding.values and kind != Slot.Binding.INDICATOR:
        verbs.word_slot(slot=held, binding=kind, wording=wording, by=account_of(request))
        return True
    catalogue = Catalogue.load()
    chosen = next((one for one in propose(held, catalogue) if one.key == key), None)
    if chosen is None:
        raise BadInput(_("Choose a proposal, or write the words."))
    verbs.bind_slot(
        slot=held,
        indicator=chosen.edition.definition,
        period=chosen.period,
        scope=chosen.scope,
        printing=chosen.printing,
        by=account_of(request),
    )
    return True


def _bind_detail(request: HttpRequest, held: Slot, form: DetailForm) -> bool:
    indicator = Definition.objects.get(
        kind=Definition.Kind.INDICATOR, key=form.cleaned_data["indicator"]
    )
    verbs.bind_slot(
        slot=held,
        indicator=indicator,
        period=form.period(),
        scope=form.scope(),
        printing=form.printing(),
        by=account_of(request),
    )
    return False


def _change(request: HttpRequest, pk: int, key: str, change: Any) -> HttpResponse:
    """Do something to a slot, remember how it was, and show what comes next."""
    found = changeable_template(request, pk)
    board = _board(request, found, key)
    held = _held(board, key)
    before = verbs.binding_state(held)
    try:
        onward = change(request, held)
    except BadInput as error:
        return _answer(request, board, error=str(error))
    steps = request.session.get(_undo_key(pk), [])
    request.session[_undo_key(pk)] = [*steps, [key, before]][-_UNDO_STEPS:]
    board = _board(request, found, key)
    if onward:
        board.chosen = board.after(held)
    return _answer(request, board, changed=key)


def _answer(
    request: HttpRequest, board: Board, *, changed: str = "", error: str = "", form: Any = None
) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        if error:
            messages.error(request, error)
        query = f"?slot={board.chosen.key}" if board.chosen else ""
        return redirect(reverse("reports:template", args=[board.template.pk]) + query)
    touched = next((one for one in board.slots if one.key == changed), None)
    context = _context(request, board, form) | {"touched": touched, "error": error}
    return render(request, "reports/template_exchange.html", context)


def _board(request: HttpRequest, found: Template, key: str) -> Board:
    only_open = (request.GET.get("open") or request.POST.get("open")) == "1"
    return board_of(found, key, only_open=only_open)


def _held(board: Board, key: str) -> Slot:
    """The chosen slot; 404 when it is not the one that was asked for."""
    if board.chosen is None or board.chosen.key != key:
        raise Http404
    return board.chosen


def _context(request: HttpRequest, board: Board, form: Any = None) -> dict[str, Any]:
    period = _period(request, board.template)
    return {
        "template": board.template,
        "board": board,
        "panel": panel_of(board, period, Catalogue.load(), form),
        "period": period,
        "may_change": request.user.has_perm("reports.change_template", board.template),
        "can_undo": bool(request.session.get(_undo_key(board.template.pk))),
    }


def _period(request: HttpRequest, found: Template) -> Period:
    """The period of the live values: asked for, remembered, or the template's next year."""
    asked = request.GET.get("period") or request.session.get(_PERIOD)
    if asked:
        try:
            period = parse_period(asked)
        except BadInput as error:
            messages.error(request, str(error))
        else:
            request.session[_PERIOD] = asked
            return period
    return default_period(found)


def _place(found: Template, data: QueryDict) -> tuple[int, int]:
    words = data.get("words", "").strip()
    if words:
        taken = list(found.slots.values_list("start", "end"))
        start = found.text.find(words)
        while start >= 0:
            end = start + len(words)
            if all(end <= first or start >= last for first, last in taken):
                return start, end
            start = found.text.find(words, start + 1)
        raise BadInput(
            _("“%(words)s” does not stand in the text outside a slot.") % {"words": words}
        )
    first, last = data.get("start", ""), data.get("end", "")
    if not (first.isdecimal() and last.isdecimal()):
        raise BadInput(_("Choose some words of the text."))
    return int(first), int(last)


def _undo_key(pk: int) -> str:
    return f"binding_undo_{pk}"
