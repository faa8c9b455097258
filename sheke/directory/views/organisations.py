"""Pages of organisations: the tree, one organisation, and what can be done to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..forms.organisations import (
    CorrectForm,
    CreateForm,
    EndForm,
    FilterForm,
    MoveForm,
    RenameForm,
    ReopenForm,
)
from ..forms.people import MemberForm
from ..history import steps
from ..models import Organisation, Tenure
from ..queries import find_organisations
from ..tree import grown
from .access import account, administered, done, go, organisation_or_404, require

PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The tree; with a search or a kind a list."""
    form = FilterForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = find_organisations(wanted.get("q", ""))
    if not wanted.get("ended"):
        found = found.at(timezone.localdate())
    may_create = account(request).has_perm("directory.administer_something")
    context: dict[str, Any] = {"form": form, "may_create": may_create}
    if wanted.get("q") or wanted.get("kind"):
        if wanted["kind"]:
            found = found.filter(kind=wanted["kind"])
        listed = found.select_related("parent").order_by("path")
        context["page"] = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    else:
        context["roots"] = grown(found.order_by("path"))
    return render(request, "directory/index.html", context)


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: place, history, people, what lies below it."""
    subject = organisation_or_404(code)
    today = timezone.localdate()
    tenures = subject.tenures.select_related("person", "person__account").order_by(
        "role", "since", "id"
    )
    return render(request, "directory/organisation.html", {
        "subject": subject,
        "above": list(Organisation.objects.above(subject).exclude(pk=subject.pk).order_by("path")),
        "current": _by_rank(list(tenures.at(today))),
        "past": list(tenures.filter(until__lt=today).order_by("-until")),
        "history": steps(subject),
        "below": grown(Organisation.objects.below(subject).at(today).order_by("path")),
        "administers": request.user.has_perm("directory.administer", subject),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request, "administer_something")
    form = CreateForm(
        request.POST or None, account=account(request),
        initial={"parent": request.GET.get("parent"), "kind": request.GET.get("kind")},
    )  # fmt: skip

    def write() -> None:
        data = dict(form.cleaned_data)
        actions.create_organisation(parent=data.pop("parent"), by=account(request), **data)

    if request.method == "POST" and done(form, write):
        messages.success(request, _("%(name)s is in the directory.") % form.cleaned_data)
        return go(request, "organisation", form.cleaned_data["code"])
    return _form(request, form, _("New organisation"), None, _("Create"))


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    initial = {"name": subject.name, "short_name": subject.short_name}
    form = RenameForm(request.POST or None, initial=initial)

    def write() -> None:
        actions.rename_organisation(organisation=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        messages.success(request, _("The new name holds; the old one is kept in the history."))
        return go(request, "organisation", subject.code)
    return _form(request, form, _("Rename"), subject, _("Rename"))


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    form = MoveForm(request.POST or None, account=account(request))

    def write() -> None:
        actions.move_organisation(organisation=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        messages.success(request, _("Moved, with all that lies below it."))
        return go(request, "organisation", subject.code)
    return _form(request, form, _("Move"), subject, _("Move"))


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    form = EndForm(request.POST or None)

    def write() -> None:
        actions.end_organisation(organisation=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        messages.success(request, _("Its records and its history stay."))
        return go(request, "organisation", subject.code)
    return _form(request, form, _("End"), subject, _("End it"))


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    form = ReopenForm(request.POST or None)

    def write() -> None:
        actions.reopen_organisation(organisation=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        messages.success(request, _("It goes on. Give tenures anew where they ended with it."))
        return go(request, "organisation", subject.code)
    return _form(request, form, _("Take the end back"), subject, _("Reopen"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    # A form of its own instance: `subject` must stay as it is when the form is refused.
    form = CorrectForm(request.POST or None, instance=organisation_or_404(code))

    def write() -> None:
        actions.correct_organisation(organisation=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        return go(request, "organisation", subject.code)
    return _form(request, form, _("Correct"), subject, _("Save"))


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person, found or new, a tenure here."""
    subject = administered(request, code)
    form = MemberForm(request.POST or None, account=account(request))

    def write() -> None:
        data, by = dict(form.cleaned_data), account(request)
        name, person = data.pop("name"), data.pop("person")
        person = person or actions.create_person(name=name, by=by)
        actions.give_tenure(person=person, organisation=subject, by=by, **data)

    if request.method == "POST" and done(form, write):
        return go(request, "organisation", subject.code)
    return _form(request, form, _("Add a person"), subject, _("Add"))


def _by_rank(tenures: list[Tenure]) -> list[Tenure]:
    order = [Tenure.Role.LEADER, Tenure.Role.SECRETARY, Tenure.Role.STAFF,
             Tenure.Role.ADMINISTRATOR, Tenure.Role.REVIEWER, Tenure.Role.MEMBER]  # fmt: skip
    return sorted(tenures, key=lambda t: order.index(Tenure.Role(t.role)))


def _form(
    request: HttpRequest, form: Any, title: str, subject: Organisation | None, button: str
) -> HttpResponse:
    back = (
        reverse("directory:organisation", args=[subject.code])
        if subject
        else reverse("directory:index")
    )
    context = {"form": form, "title": title, "subject": subject, "button": button, "back": back}
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)
