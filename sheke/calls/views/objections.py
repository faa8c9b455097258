"""Objections: filed by anybody under their name, answered by the office, seen by nobody else."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.accounts.views.limits import limited
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..actions import objections as actions
from ..deciding import entries
from ..deciding.settling import is_open
from ..models import Objection, PublicNotice
from .access import account, own_call
from .decision_frame import frame, said


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@limited("object")
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; then the page of the objection, whose address is its reference."""
    notice = get_object_or_404(PublicNotice.objects.select_related("call__organisation"), pk=pk)
    if not is_open(notice):
        return _private(
            render(request, "calls/objection_closed.html", {"notice": notice}, status=410)
        )
    error = ""
    if request.method == "POST":
        try:
            made = actions.object_to(
                notice=notice, entry=_entry(request), name=request.POST.get("name", ""),
                contact=request.POST.get("contact", ""), text=request.POST.get("text", ""), by=None,
            )  # fmt: skip
        except BadInput as wrong:
            error = str(wrong)
        else:
            return redirect("calls:objection_receipt", made.uid)
    chosen = request.POST.get("entry") or request.GET.get("entry", "")
    context = {
        "notice": notice, "call": notice.call, "entries": entries.public(notice.entries),
        "chosen": chosen, "error": error, "given": request.POST,
    }  # fmt: skip
    return _private(render(request, "calls/objection.html", context, status=422 if error else 200))


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """That it was received, later what was answered. Who objected to what is not repeated here."""
    found = get_object_or_404(
        Objection.objects.select_related("notice__call__organisation", "answer"), uid=uid
    )
    context = {"objection": found, "notice": found.notice, "answer": getattr(found, "answer", None)}
    return _private(render(request, "calls/objection_receipt.html", context))


@never_cache
@require_safe
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    """For the office alone: what came in, what is open first."""
    call = own_call(request, pk)
    found = Objection.objects.filter(notice__call=call).select_related(
        "notice", "submission", "answer__by__person"
    )
    rows = sorted(found, key=lambda each: (hasattr(each, "answer"), each.pk))
    return render(request, "calls/objections.html", frame(call, "objections") | {"rows": rows})


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one with a reason; upheld, the submission is taken out."""
    found = get_object_or_404(Objection.objects.select_related("notice", "submission"), pk=pk)
    found.notice.call = own_call(request, found.notice.call_id)

    def act() -> str:
        upheld = {"yes": True, "no": False}.get(request.POST.get("upheld", ""))
        if upheld is None:
            raise BadInput(_("Say whether the objection is upheld."))
        reason = request.POST.get("reason", "")
        actions.answer_objection(objection=found, upheld=upheld, reason=reason, by=account(request))
        return _("Answered.")

    return said(request, "calls:objections", found.notice.call_id, act)


def _entry(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("entry", ""), digits=5)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
