"""Pages of those who keep works: their list, describing one, making it public, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from .. import actions
from ..describing import DescriptionError, description_of
from ..forms.tables import Tables, drawn, posted_tables, tables_of
from ..forms.works import KeeperForm, WorkForm
from ..models import Work
from ..queries import kept_organisations, works_kept_by
from ..shelf import shelf, shelf_table
from .access import account, keepers_only, kept_work, posted, published_work

PAGE = 50
TEXT = 6000  # characters of a file's text beside the form; the reader has all of it


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """The works that one keeps, drafts first."""
    keepers_only(request)
    form, found = shelf(account(request), request.GET)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "library/shelf.html", {
        "form": form, "page": page, "office": request.user.has_perm("library.publish_something"),
    })  # fmt: skip


@require_safe
def works_export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    keepers_only(request)
    _form, found = shelf(account(request), request.GET)
    return attachment(shelf_table(found), "works.xlsx")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Describe a work that comes without a file."""
    keepers_only(request)
    kept = kept_organisations(account(request)).order_by("path")
    mine = getattr(request, "organisation", None)
    keeper = KeeperForm(**posted(request), kept=kept, initial={"organisation": mine})
    form = WorkForm(**posted(request), initial={"kind": Work.Kind.ARTICLE, "language": "zh-Hans"})
    tables = posted_tables(request.POST)
    if request.method == "POST" and keeper.is_valid() and form.is_valid():
        try:
            work = actions.create_work(
                organisation=keeper.cleaned_data["organisation"], by=account(request),
                description=form.description(tables),
            )  # fmt: skip
        except DescriptionError as error:
            _show(form, error)
        else:
            messages.success(request, _("“%(title)s” is kept as a draft.") % {"title": work.title})
            return redirect("library:work_edit", work.pk)
    context = {"keeper": keeper} | _form_context(form, tables)
    return render(
        request, "library/work_form.html", context, status=422 if _wrong(form, keeper) else 200
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a work, its text beside the form."""
    work = kept_work(request, pk)
    said = description_of(work)
    initial = {name: getattr(said, name) for name in WorkForm.base_fields}
    initial["keywords"] = "，".join(said.keywords)
    form = WorkForm(**posted(request), initial=initial)
    tables = posted_tables(request.POST) if request.method == "POST" else tables_of(said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_work(
                work=work, description=form.description(tables), by=account(request)
            )
        except DescriptionError as error:
            _show(form, error)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(_onward(request, work))
    files = list(work.files.select_related("stored"))
    context = {
        "work": work, "files": files, "text": _first_text(files), "may_publish": _may_publish(request, work),
        "adoptions": work.adoptions.filter(withdrawn_at=None).select_related("record"),
        "contributions": work.contributions.select_related("expert"),
        "next": _next_draft(request, work),
    } | _form_context(form, tables)  # fmt: skip
    return render(request, "library/work_form.html", context, status=422 if _wrong(form) else 200)


@require_POST
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the work to everybody."""
    return _published(
        request, [published_work(request, pk)], reverse("library:work_edit", args=[pk])
    )


@require_POST
def publications(request: HttpRequest) -> HttpResponse:
    """Show the chosen works to everybody, all or none."""
    keepers_only(request)
    numbers = [
        n for value in request.POST.getlist("work") if (n := whole_number(value)) is not None
    ]
    chosen = list(
        works_kept_by(account(request)).filter(pk__in=numbers).select_related("organisation")
    )
    for work in chosen:
        published_work(request, work.pk)
    return _published(request, chosen, reverse("library:works"))


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the work back, with a reason that stands at its address."""
    work = published_work(request, pk)
    try:
        actions.withdraw_work(work=work, reason=request.POST.get("reason", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(title)s” is no longer public.") % {"title": work.title})
    return redirect("library:work_edit", pk)


@require_POST
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    work = kept_work(request, pk)
    try:
        actions.discard_work(work=work, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("library:work_edit", pk)
    messages.success(request, _("“%(title)s” was thrown away.") % {"title": work.title})
    return redirect("library:works")


def _published(request: HttpRequest, works: list[Work], back: str) -> HttpResponse:
    counted = request.POST.get("counted", "1") == "1"
    try:
        count = actions.publish_works(works=works, by=account(request), counted=counted)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, ngettext("%(n)s work is public now.", "%(n)s works are public now.", count) % {"n": count}
        )  # fmt: skip
    return redirect(back)


def _form_context(form: WorkForm, tables: Tables) -> dict[str, Any]:
    return {"form": form, "tables": drawn(tables)}


def _show(form: WorkForm, error: DescriptionError) -> None:
    """Each message at its field; those of tables above the form."""
    for name, message in error.errors.items():
        form.add_error(name if name in form.fields else None, message)


def _wrong(*forms: Any) -> bool:
    return any(form.is_bound and form.errors for form in forms)


def _may_publish(request: HttpRequest, work: Work) -> bool:
    return bool(request.user.has_perm("library.publish", work.organisation))


def _first_text(files: list[Any]) -> str:
    """The beginning of the first file's text, to describe the work by."""
    if not files:
        return ""
    pages = files[0].pages.order_by("number").values_list("text", flat=True)[:5]
    return "\n\n".join(pages)[:TEXT]


def _next_draft(request: HttpRequest, work: Work) -> Work | None:
    """The draft that comes after this one in the list."""
    drafts = works_kept_by(account(request)).filter(published_at=None, pk__lt=work.pk)
    return drafts.order_by("-pk").first()


def _onward(request: HttpRequest, work: Work) -> str:
    """Where to after saving: the same work, or the next draft where that was asked."""
    following = _next_draft(request, work) if "next" in request.POST else None
    return reverse("library:work_edit", args=[(following or work).pk])
