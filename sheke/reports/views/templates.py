"""The list of templates, uploading one, carrying bindings over, throwing one away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation
from sheke.reports.actions.templates import carry_over, create_template, discard_template
from sheke.reports.forms_templates import UploadForm
from sheke.reports.models import Template
from sheke.reports.queries import visible_templates
from sheke.reports.sources import read_source
from sheke.reports.views.access import account_of, require


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All templates within reach, with how many of their slots are bound."""
    found = (
        visible_templates(account_of(request))
        .annotate(
            slot_count=Count("slots", distinct=True),
            bound_count=Count("slots", filter=~Q(slots__binding=""), distinct=True),
            report_count=Count("reports", distinct=True),
        )
        .order_by("-year", "-id")
    )
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "reports/template_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a document; its slots are found at once, and bindings carried over."""
    organisation = request.organisation  # type: ignore[attr-defined]
    mine = visible_templates(account_of(request))
    form = UploadForm(request.POST or None, request.FILES or None, templates=mine)
    if request.method == "POST" and form.is_valid():
        if not organisation:
            raise PermissionDenied
        try:
            return redirect("reports:template", pk=_uploaded(request, form, organisation).pk)
        except BadInput as error:
            form.add_error("file", str(error))
    status = 422 if form.errors else 200
    return render(request, "reports/template_upload.html", {"form": form}, status=status)


@require_POST
def carrying(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry bindings over from another template."""
    template = changeable_template(request, pk)
    number = request.POST.get("previous", "")
    others = visible_templates(account_of(request))
    previous = get_object_or_404(others, pk=number if number.isdecimal() else 0)
    _carry(request, template, previous, asked=True)
    return redirect("reports:template", pk=pk)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a template away that no report was made from."""
    template = changeable_template(request, pk)
    try:
        discard_template(template=template, by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("reports:template", pk=pk)
    messages.success(request, _("“%(title)s” is gone.") % {"title": template.title})
    return redirect("reports:templates")


def visible_template(request: HttpRequest, pk: int) -> Template:
    """The template, or 404 for who may not see it."""
    return get_object_or_404(visible_templates(account_of(request)), pk=pk)


def changeable_template(request: HttpRequest, pk: int) -> Template:
    template = visible_template(request, pk)
    require(request, "reports.change_template", template)
    return template


def _uploaded(request: HttpRequest, form: UploadForm, organisation: Organisation) -> Template:
    file = form.cleaned_data["file"]
    template = create_template(
        organisation=organisation,
        source=read_source(file.read(), file.name),
        by=account_of(request),
        title=form.cleaned_data["title"],
        year=form.cleaned_data["year"],
    )
    previous = form.cleaned_data["previous"] or (
        Template.objects.filter(organisation=organisation, year__lte=template.year)
        .exclude(pk=template.pk)
        .first()
    )
    count = template.slots.count()
    messages.success(
        request,
        ngettext("%(n)s figure or blank was found.", "%(n)s figures and blanks were found.", count)
        % {"n": count},
    )
    if previous is not None:
        _carry(request, template, previous)
    return template


def _carry(
    request: HttpRequest, template: Template, previous: Template, *, asked: bool = False
) -> None:
    try:
        carried = carry_over(template=template, previous=previous, by=account_of(request))
    except BadInput as error:
        messages.error(request, str(error))
        return
    if not carried.bound and not asked:
        return
    messages.info(
        request,
        _("%(bound)s bindings came over from “%(title)s”; %(left)s slots are open.")
        % {"bound": carried.bound, "title": previous.title, "left": carried.left},
    )
