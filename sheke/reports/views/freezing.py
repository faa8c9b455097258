"""Freezing a report, and publishing figures of a frozen one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sheke.core.errors import BadInput
from sheke.reports.actions.publications import publish_figures, withdraw_publication
from sheke.reports.actions.reports import freeze_report
from sheke.reports.disclosing import in_publication
from sheke.reports.models import Snapshot
from sheke.reports.views.access import account_of, changeable_report, require, visible_report


@require_POST
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal the report."""
    report = changeable_report(request, pk)
    try:
        confirmed = request.POST.getlist("confirmed")
        freeze_report(report=report, by=account_of(request), confirmed=confirmed)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The report is frozen. Its Word file now carries its code."))
    return redirect("reports:report", pk)


def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what anyone with the code may see."""
    report = visible_report(request, pk)
    require(request, "reports.publish_report", report)
    found = get_object_or_404(Snapshot.objects.select_related("publication"), report=report)
    held = getattr(found, "publication", None)
    error, disclosures = "", []
    shown = set(held.figures) if held and not held.withdrawn_at else set()
    if request.method == "POST":
        chosen, confirmed = request.POST.getlist("figures"), request.POST.getlist("confirmed")
        shown = set(chosen)
        try:
            publish_figures(
                snapshot=found, figures=chosen, by=account_of(request), confirmed=confirmed
            )
        except BadInput as problem:
            error, disclosures = str(problem), in_publication(found, chosen)
        else:
            messages.success(request, _("Anyone who has the code can see these figures now."))
            return redirect("reports:report", pk)
    context = {
        "report": report,
        "snapshot": found,
        "publication": held,
        "figures": [f | {"shown": f["key"] in shown} for f in found.body["figures"]],
        "error": error,
        "disclosures": disclosures,
    }
    status = 422 if error else 200
    return render(request, "reports/report_publication.html", context, status=status)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show nothing of it any more."""
    report = visible_report(request, pk)
    require(request, "reports.publish_report", report)
    found = get_object_or_404(Snapshot.objects.select_related("publication"), report=report)
    held = getattr(found, "publication", None)
    try:
        if held is None:
            raise BadInput(_("Nothing of this report is published."))
        withdraw_publication(publication=held, by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The public page shows nothing of this report any more."))
    return redirect("reports:report", pk)
