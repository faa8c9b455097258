"""The office's page of the decision: who is proposed for what, then decided."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..actions import deciding as actions
from ..actions import proposing
from ..actions.proposing import Wish
from ..deciding import entries, proposals
from ..deciding.settling import open_objections
from ..deciding.sheet import decision_sheet
from ..models import Award, Call, Proposed, Submission
from .access import account, own_call
from .decision_frame import frame, said

PAGE = 100
PLAIN = "*"  # proposed, where the programme has no levels


@require_http_methods(["GET", "POST"])
def deciding(request: HttpRequest, pk: int) -> HttpResponse:
    """Those under way with their scores; what is posted proposes or takes back."""
    call = own_call(request, pk)
    if request.method == "POST":
        return said(request, "calls:deciding", pk, _act(request, call))
    found = proposals.candidates(call)
    count = sum(each.proposed is not None for each in found)
    show = request.GET.get("show", "")
    if show in ("proposed", "left"):
        found = [each for each in found if (each.proposed is not None) == (show == "proposed")]
    if show == "proposed":
        found = proposals.by_level(call.programme, found)
    listed = entries.proposed_entries(call) if count else []
    context = frame(call, "deciding") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")), "show": show,
        "count": count, "levels": proposals.used(call), "spent": proposals.spent(call),
        "notice": proposals.standing_notice(call), "plain": PLAIN,
        "scored": proposals.scored_phase(call), "voted": any(each.panel for each in found),
        "running": _running(call), "objections": open_objections(call),
        "names": {level.key: str(level.name) for level in call.programme.outcome.levels},
        "disclosures": entries.disclosures(call, listed, {}),
    }  # fmt: skip
    return render(request, "calls/deciding.html", context)


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide: award what is proposed, turn down the rest."""
    call = own_call(request, pk)

    def act() -> str:
        awards = actions.decide_call(
            call=call, reason=request.POST.get("reason", ""), by=account(request),
            confirmed=request.POST.getlist("confirmed"),
        )  # fmt: skip
        text = ngettext("Decided: %(n)s award.", "Decided: %(n)s awards.", len(awards))
        return text % {"n": len(awards)}

    return said(request, "calls:deciding", pk, act)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision list as a sheet."""
    call = own_call(request, pk)
    awards = list(proposals.standing_awards(call).select_related("submission__organisation"))
    return attachment(decision_sheet(call, awards), f"{call.key}-awards.xlsx")


@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke an award, with a reason."""
    award = get_object_or_404(Award, pk=pk)
    award.call = own_call(request, award.call_id)

    def act() -> str:
        actions.revoke_award(
            award=award, reason=request.POST.get("reason", ""), by=account(request)
        )
        return _("The award %(number)s was revoked.") % {"number": award.number}

    return said(request, "calls:certificates", award.call_id, act)


def _act(request: HttpRequest, call: Call) -> Callable[[], str]:
    """What the button that was pressed does."""
    by, post = account(request), request.POST
    reason = post.get("reason", "")

    def first() -> str:
        count = whole_number(post.get("count", ""), digits=5)
        if not count:
            raise BadInput(_("Say how many."))
        level = post.get("level", "").replace(PLAIN, "")
        done = proposing.propose_first(call=call, level=level, count=count, reason=reason, by=by)
        return _changed(done)

    def voted() -> str:
        return _changed(proposing.propose_as_voted(call=call, by=by))

    def save() -> str:
        wishes = _wishes(request, call)
        return _changed(proposing.propose(call=call, wishes=wishes, reason=reason, by=by))

    return {"first": first, "voted": voted}.get(post.get("act", ""), save)


def _changed(count: int) -> str:
    return ngettext("%(n)s proposal changed.", "%(n)s proposals changed.", count) % {"n": count}


def _wishes(request: HttpRequest, call: Call) -> dict[int, Wish | None]:
    """What the rows of the page say. A level's own amount stands where only the level changed."""
    numbers = [name.removeprefix("level-") for name in request.POST if name.startswith("level-")]
    known = {pk for each in numbers if (pk := whole_number(each)) is not None}
    held = {
        each.submission_id: each for each in Proposed.objects.filter(submission__in=known, submission__call=call)
    }  # fmt: skip
    titles = dict(Submission.objects.filter(pk__in=known, call=call).values_list("pk", "title"))
    wishes: dict[int, Wish | None] = {}
    for pk, title in titles.items():
        level = request.POST.get(f"level-{pk}", "")
        text = request.POST.get(f"amount-{pk}", "").strip()
        before = held.get(pk)
        if not level:
            wishes[pk] = None
            continue
        level = level.replace(PLAIN, "")
        kept = before is not None and text == proposals.plain(before.amount)
        if before is not None and kept and before.level != level:
            text = ""
        wishes[pk] = Wish(level, _amount(text, title))
    return wishes


def _amount(text: str, title: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise BadInput(
            _("“%(title)s”: “%(text)s” is no amount.") % {"title": title, "text": text[:20]}
        )
    return amount


def _running(call: Call) -> bool:
    """Whether the stage of deciding runs."""
    stage = call.programme.stages_of("decide")[0].key
    phase: Any = call.phases.filter(stage=stage).first()
    return phase is not None and phase.is_running and not hasattr(call, "closure")
