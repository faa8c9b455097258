"""Pages of the passage check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.jobs.queries import nobody_works
from sheke.core.numerals import whole_number
from sheke.ledger.confirming.queries import office_organisations

from ..actions.checks import (
    add_wordings,
    discard_check,
    issue_report,
    remove_wording,
    repeat_check,
    start_check,
)
from ..forms.checks import CheckForm
from ..models import Check, CheckReport, CommonWording
from ..passages.holdings import texts_of
from ..passages.report import report_pdf
from ..passages.showing import beside, whole_text
from ..passages.sight import checks_seen_by, may_see, seen_sources
from ..passages.subjects import subject_of
from ..passages.verifying import verified
from ..passages.wording import shipped_lists
from ..queries import kept_organisations, works_kept_by
from .access import account, keepers_only

PAGE = 50
PROOF = 100 * 1024 * 1024  # bytes of a report that is to be verified


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """The checks of one's organisations, the latest first."""
    keepers_only(request)
    found = checks_seen_by(account(request)).select_related("organisation", "started_by__person")
    if query := request.GET.get("q", "").strip()[:100]:
        found = found.filter(title__icontains=query)
    page = Paginator(found.defer("text", "marks"), PAGE).get_page(request.GET.get("page"))
    return render(request, "library/checks/list.html", {"page": page, "q": query})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file or paste a text; `?work=` checks a work of the library."""
    keepers_only(request)
    kept = kept_organisations(account(request)).order_by("path")
    posted = request.method == "POST"
    form = CheckForm(
        request.POST if posted else None, request.FILES if posted else None, kept=kept,
        initial={"organisation": getattr(request, "organisation", None)},
    )  # fmt: skip
    if posted and form.is_valid():
        said = form.cleaned_data
        uploaded = said.pop("file", None) is not None
        try:
            check = start_check(
                origin=Check.Origin.UPLOAD if uploaded else Check.Origin.PASTED,
                by=account(request), **said,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("library:check", check.pk)
    context = {"form": form}
    return render(request, "library/checks/new.html", context, status=422 if posted else 200)


@require_POST
def of_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the text of all files of a work."""
    work = get_object_or_404(works_kept_by(account(request)).select_related("organisation"), pk=pk)
    files = list(work.files.order_by("position", "pk").values_list("pk", flat=True))
    texts = texts_of(files)
    authors = list(work.contributions.order_by("position").values_list("name", flat=True))
    try:
        check = start_check(
            organisation=work.organisation, title=work.title, origin=Check.Origin.WORK, work=work,
            text="\n".join(texts[file] for file in files if file in texts), authors=authors,
            by=account(request),
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("library:work_edit", pk)
    return redirect("library:check", check.pk)


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found: shares, sources, and the whole text in its colours."""
    found = _seen(request, pk)
    context: dict[str, Any] = {"check": found, "subject_url": _subject_url(found)}
    if found.is_done:
        number = whole_number(request.GET.get("part", "1"), digits=4) or 1
        sources = seen_sources(found, request.user)
        context |= {
            "others": [s for s in sources if not s.row.own], "own": [s for s in sources if s.row.own],
            "shown": whole_text(found, number), "reports": found.reports.select_related("stored", "issued_by__person"),
        }  # fmt: skip
    elif not found.failure:
        context["nobody"] = nobody_works()
    return render(request, "library/checks/check.html", context)


@require_safe
def source(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """The text and one source side by side."""
    found = _seen(request, pk)
    sources = seen_sources(found, request.user)
    seen = next((s for s in sources if s.row.position == position), None)
    if seen is None:
        raise Http404
    at = sources.index(seen)
    context = {
        "check": found, "source": seen, "beside": beside(found, seen),
        "before": sources[at - 1] if at else None,
        "after": sources[at + 1] if at + 1 < len(sources) else None,
    }  # fmt: skip
    return render(request, "library/checks/source.html", context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same text against what the library holds now, as a check of its own."""
    found = _seen(request, pk)
    return redirect("library:check", repeat_check(check=found, by=account(request)).pk)


@require_POST
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    url = _subject_url(found)
    try:
        discard_check(check=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("library:check", found.pk)
    messages.success(request, _("The check of “%(title)s” is gone.") % {"title": found.title})
    return redirect(url or "library:checks")


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the report; it is kept as it is handed out."""
    found = _seen(request, pk)
    try:
        if not found.is_done:
            raise BadInput(_("The check is not done yet."))
        pdf = report_pdf(found, seen_sources(found, request.user))
        made = issue_report(check=found, pdf=pdf, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("library:check", pk)
    return redirect("library:check_report", made.pk)


@require_safe
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it was handed out, to who handed it out or sees all that the check found."""
    made = get_object_or_404(CheckReport.objects.select_related("check_of", "stored"), pk=pk)
    if not may_see(request.user, made.check_of) or made.issued_by_id != request.user.pk:
        raise Http404
    with made.stored.file.open("rb") as file:
        return attachment(file.read(), _("copied passages %(n)s.pdf") % {"n": made.check_of_id})


@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Whether a printed report is one of ours, and unchanged."""
    keepers_only(request)
    file = request.FILES.get("file")
    verdict = None
    if request.method == "POST" and file is not None and (file.size or 0) <= PROOF:
        verdict = verified(file.read())
    status = 422 if request.method == "POST" and verdict is None else 200
    may = bool(verdict and verdict.report and may_see(request.user, verdict.report.check_of))
    context = {"verdict": verdict, "may_see": may, "missing": status == 422}
    return render(request, "library/checks/verification.html", context, status=status)


@require_http_methods(["GET", "POST"])
def wordings(request: HttpRequest) -> HttpResponse:
    """Common wording: what is shipped, what the organisations above and one's own added."""
    keepers_only(request)
    mine = kept_organisations(account(request)).order_by("path")
    error, text = "", ""
    if request.method == "POST":
        organisation = get_object_or_404(
            mine, pk=whole_number(request.POST.get("organisation", "")) or 0
        )
        text = request.POST.get("texts", "")
        if not request.user.has_perm("library.publish", organisation):
            raise Http404
        try:
            count = add_wordings(
                organisation=organisation, texts=text.splitlines(), by=account(request)
            )
        except BadInput as wrong:
            error = str(wrong)
        else:
            said = ngettext("%(n)s wording added.", "%(n)s wordings added.", count)
            messages.success(request, said % {"n": count})
            return redirect("library:wordings")
    offices = list(office_organisations(account(request)).order_by("path"))
    kept = CommonWording.objects.filter(organisation__in=mine.order_by().values("pk"))
    page = Paginator(kept.select_related("organisation"), 200).get_page(request.GET.get("page"))
    context = {
        "page": page, "offices": offices, "mine": {o.pk for o in offices}, "error": error,
        "texts": text, "shipped": shipped_lists(),
    }  # fmt: skip
    return render(request, "library/checks/wordings.html", context, status=422 if error else 200)


@require_POST
def wording_removal(request: HttpRequest, pk: int) -> HttpResponse:
    wording = get_object_or_404(CommonWording.objects.select_related("organisation"), pk=pk)
    if not request.user.has_perm("library.publish", wording.organisation):
        raise Http404
    remove_wording(wording=wording, by=account(request))
    messages.success(request, _("“%(text)s” is off the list.") % {"text": wording.text})
    return redirect("library:wordings")


def _seen(request: HttpRequest, pk: int) -> Check:
    """A check that the account may see, or 404."""
    found = get_object_or_404(
        Check.objects.select_related("organisation", "started_by__person", "work"), pk=pk
    )
    if not may_see(request.user, found):
        raise Http404
    return found


def _subject_url(found: Check) -> str:
    """Where the text stands: its work, or the part that had it checked."""
    if found.subject:
        subject, pk = subject_of(found.subject)
        return subject.url(pk) if subject else ""
    return ""
