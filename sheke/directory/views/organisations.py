"""Pages of organisations: the tree, one organisation, and what can be done to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..consents import mark_shown
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
from ..models import Account, Organisation, Person, Tenure
from ..queries import find_organisations
from ..tree import grown
from .access import account, administered, organisation_or_404, require
from .drawers import Drawer

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
    current, past = (
        list(tenures.at(today)),
        list(tenures.filter(until__lt=today).order_by("-until")),
    )
    mark_shown([tenure.person for tenure in (*current, *past)], account(request))
    return render(request, "directory/organisation.html", {
        "subject": subject,
        "above": list(Organisation.objects.above(subject).exclude(pk=subject.pk).order_by("path")),
        "current": _by_rank(current),
        "past": past,
        "history": steps(subject),
        "below": grown(Organisation.objects.below(subject).at(today).order_by("path")),
        "administers": request.user.has_perm("directory.administer", subject),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request, "administer_something")
    initial = {"parent": request.GET.get("parent"), "kind": request.GET.get("kind")}
    form = CreateForm(request.POST or None, account=account(request), initial=initial)

    def write(*, by: Account, parent: Organisation | None, **fields: Any) -> None:
        actions.create_organisation(parent=parent, by=by, **fields)

    made = Drawer(
        form, write, _("New organisation"), _("Create"), _("%(name)s is in the directory.")
    )
    return made.answer(request, None)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    initial = {"name": subject.name, "short_name": subject.short_name}
    form = RenameForm(request.POST or None, initial=initial)
    write = partial(actions.rename_organisation, organisation=subject)
    said = _("The new name holds; the old one is kept in the history.")
    return Drawer(form, write, _("Rename"), _("Rename"), said).answer(request, subject)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    form = MoveForm(request.POST or None, account=account(request))
    write = partial(actions.move_organisation, organisation=subject)
    said = _("Moved, with all that lies below it.")
    return Drawer(form, write, _("Move"), _("Move"), said).answer(request, subject)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    write = partial(actions.end_organisation, organisation=subject)
    said = _("Its records and its history stay.")
    form = EndForm(request.POST or None)
    return Drawer(form, write, _("End"), _("End it"), said).answer(request, subject)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    write = partial(actions.reopen_organisation, organisation=subject)
    said = _("It goes on. Give tenures anew where they ended with it.")
    form = ReopenForm(request.POST or None)
    return Drawer(form, write, _("Take the end back"), _("Reopen"), said).answer(request, subject)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    subject = administered(request, code)
    # A form of its own instance: `subject` must stay as it is when the form is refused.
    form = CorrectForm(request.POST or None, instance=organisation_or_404(code))
    write = partial(actions.correct_organisation, organisation=subject)
    return Drawer(form, write, _("Correct"), _("Save")).answer(request, subject)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person, found or new, a tenure here."""
    subject = administered(request, code)
    form = MemberForm(request.POST or None, account=account(request))

    def write(*, by: Account, name: str, person: Person | None, **fields: Any) -> None:
        person = person or actions.create_person(name=name, by=by)
        actions.give_tenure(person=person, organisation=subject, by=by, **fields)

    return Drawer(form, write, _("Add a person"), _("Add")).answer(request, subject)


def _by_rank(tenures: list[Tenure]) -> list[Tenure]:
    order = [Tenure.Role.LEADER, Tenure.Role.SECRETARY, Tenure.Role.STAFF,
             Tenure.Role.ADMINISTRATOR, Tenure.Role.REVIEWER, Tenure.Role.MEMBER]  # fmt: skip
    return sorted(tenures, key=lambda t: order.index(Tenure.Role(t.role)))
