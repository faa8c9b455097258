"""The list of reports, a new report, and a report's page with what is done to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sheke.core.attachments import DOCX, attachment
from sheke.core.errors import BadInput
from sheke.reports.actions.reports import (
    discard_report,
    fill_report,
    refill_report,
    rename_report,
)
from sheke.reports.disclosing import in_report
from sheke.reports.documents import show_code
from sheke.reports.downloads import annex_file, rows_file, snapshot_of_report, word_report
from sheke.reports.filling import report_text
from sheke.reports.forms import FillForm
from sheke.reports.queries import (
    flags_of_report,
    listed_reports,
    previous_report,
    report_figures,
)
from sheke.reports.reading import blocks_of, look_of
from sheke.reports.views.access import (
    account_of,
    changeable_report,
    visible_report,
)
from sheke.reports.word.reading import to_bytes

_PAGE = 30


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(listed_reports(account_of(request)), _PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/report_list.html", {"page": page})


def new(request: HttpRequest) -> HttpResponse:
    """Choose template, organisation and period; POST fills the report."""
    first = {"organisation": request.organisation, "template": request.GET.get("template")}  # type: ignore[attr-defined]
    form = FillForm(request.POST or None, account=account_of(request), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            report = fill_report(
                template=form.cleaned_data["template"],
                organisation=form.cleaned_data["organisation"],
                period=form.period,
                title=form.cleaned_data["title"],
                by=account_of(request),
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("reports:report", report.pk)
    status = 422 if form.errors else 200
    return render(request, "reports/report_new.html", {"form": form}, status=status)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as a readable page; every number leads to its records."""
    found = visible_report(request, pk)
    figures = report_figures(found)
    text = report_text(found, figures)
    flags = flags_of_report(found, text)
    looks = [look_of(figure) for figure in figures]
    snapshot = snapshot_of_report(found)
    context = {
        "report": found,
        "snapshot": snapshot,
        "code": show_code(snapshot.code) if snapshot else "",
        "publication": getattr(snapshot, "publication", None) if snapshot else None,
        "blocks": blocks_of(found.template, text, figures, flags),
        "flags": flags,
        "disclosures": [] if snapshot else in_report(found, text),
        "counts": {look: looks.count(look) for look in ("traced", "plain", "typed", "warn")},
        "untraced": sum(flag.kind == "untraced" for flag in flags),
        "previous": previous_report(found),
        "may_change": request.user.has_perm("reports.change_report", found),
        "may_publish": request.user.has_perm("reports.publish_report", found),
    }
    return render(request, "reports/report_page.html", context)


@require_POST
def filling(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill again with the ledger of this moment."""
    found = changeable_report(request, pk)
    try:
        changed = refill_report(report=found, by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(n)s figure changed.", "%(n)s figures changed.", len(changed))
        messages.success(request, told % {"n": len(changed)} if changed else _("Nothing changed."))
    return redirect("reports:report", pk)


@require_POST
def title(request: HttpRequest, pk: int) -> HttpResponse:
    """Another title."""
    found = changeable_report(request, pk)
    try:
        rename_report(report=found, title=request.POST.get("title", ""), by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("reports:report", pk)


@require_POST
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the report away."""
    found = changeable_report(request, pk)
    discard_report(report=found, by=account_of(request))
    messages.success(request, _("“%(title)s” was thrown away.") % {"title": found.title})
    return redirect("reports:index")


@require_GET
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word file, in the look of the template or by the standard."""
    found = visible_report(request, pk)
    standard = request.GET.get("layout") == "standard"
    number = request.GET.get("number", "").strip()[:60]
    try:
        written = word_report(found, "standard" if standard else "original", number)
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("reports:report", pk)
    return attachment(to_bytes(written.document), f"{found.title}.docx", DOCX)


@require_GET
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """The annex of sources."""
    found = visible_report(request, pk)
    name = _("%(title)s – sources.docx") % {"title": found.title}
    return attachment(annex_file(found), name, DOCX)


@require_GET
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """All records behind all figures, as a workbook."""
    found = visible_report(request, pk)
    name = _("%(title)s – records.xlsx") % {"title": found.title}
    return attachment(rows_file(found, account_of(request)), name)
