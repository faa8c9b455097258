"""The office's pages of the copy check: percent and passages; judging stays a person's act."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput

from ..actions.copychecks import check_copies, check_delivery
from ..copychecking.results import checks_of
from ..copychecking.subjects import VERSION
from ..models import Delivery, Phase, Submission
from .access import account, own_call
from .projects import run_project

PAGE = 100


@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in each submission of a copy check; posted to, begin with those not compared."""
    phase = get_object_or_404(Phase.objects.select_related("call"), pk=pk)
    phase.call = own_call(request, phase.call_id)
    if request.method == "POST":
        try:
            count = check_copies(phase=phase, by=account(request))
        except BadInput as error:
            messages.error(request, str(error))
        else:
            said = ngettext(
                "%(n)s submission is being compared.",
                "%(n)s submissions are being compared.",
                count,
            )
            messages.success(request, said % {"n": count})
        return redirect("calls:copies", pk)
    found = phase.call.submissions.sent_in().defer("values").select_related("organisation")
    found = found.exclude(state=Submission.State.WITHDRAWN)
    checks = checks_of(VERSION, found.values_list("sent_id", flat=True))
    rows = [(one, checks.get(one.sent_id or 0)) for one in found.order_by("number")]
    rows.sort(key=lambda row: -(row[1].share(row[1].to_explain) if row[1] else 0.0))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "phase": phase, "call": phase.call, "page": page,
        "waiting": sum(1 for _one, check in rows if check and not check.is_done and not check.failure),
        "left": sum(1 for one, check in rows if check is None and _standing(one, phase)),
        "judged": {one.pk for one, _check in rows if phase.is_running and _standing(one, phase)},
    }  # fmt: skip
    return render(request, "calls/copies.html", context)


@require_POST
def delivery_copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare a project's report."""
    delivery = get_object_or_404(Delivery.objects.select_related("milestone"), pk=pk)
    project = run_project(request, delivery.milestone.project_id)
    try:
        check = check_delivery(delivery=delivery, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:project", project.pk)
    messages.success(request, _("The report is being compared."))
    return redirect("library:check", check.pk)


def _standing(submission: Submission, phase: Phase) -> bool:
    return submission.stage == phase.stage and submission.state == Submission.State.IN
