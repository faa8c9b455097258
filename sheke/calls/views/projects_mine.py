"""Projects for who leads them: what is due, reports, changes, works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput

from ..actions import project_changes, project_deliveries, project_outputs
from ..forms.projects import WANTED, ChangeForm, DeliveryForm, OutputForm
from ..models import Change, Delivery, Milestone, Output, Project
from ..projects.listing import Wanted, listed, own_projects
from ..projects.page import loaded, sheet_of
from .access import account
from .projects import done, entered, seen_project


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The account's own projects, what is due first."""
    found = listed(own_projects(account(request)), Wanted())
    return render(request, "calls/projects_mine.html", {"projects": found})


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own project."""
    return _page(request, get_object_or_404(loaded(own_projects(account(request))), pk=pk))


@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in for a milestone."""
    milestone = get_object_or_404(Milestone, pk=pk)
    found = _acting(request, milestone.project_id)
    form = DeliveryForm(request.POST or None, request.FILES or None)
    duty = next(each for each in sheet_of(found).duties if each.milestone.pk == pk)
    if request.method == "POST" and form.is_valid():
        files = [(file, file.name) for file in form.cleaned_data["papers"]]
        try:
            project_deliveries.deliver(
                milestone=milestone,
                text=form.cleaned_data["text"],
                files=files,
                by=account(request),
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Handed in; the office was told."))
            return redirect(*_back(request, found))
    context = {"project": found, "duty": duty, "form": form, "back": _back(request, found)[0]}
    status = 422 if request.method == "POST" else 200
    return render(request, "calls/project_delivery.html", context, status=status)


@require_POST
def delivery_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a report that was not ruled on."""
    given = get_object_or_404(Delivery.objects.select_related("milestone__project"), pk=pk)
    found = _acting(request, given.milestone.project_id)

    def act() -> str:
        project_deliveries.withdraw_delivery(delivery=given, by=account(request))
        return _("Withdrawn.")

    return _done(request, found, act)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a change."""
    found = _acting(request, pk)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind, "members": "\n".join(found.members), "title": found.title}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            project_changes.ask_change(project=found, by=account(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Asked; you are told when it was ruled on."))
            return redirect(*_back(request, found))
    context = {"project": found, "form": form, "back": _back(request, found)[0], "wanted": WANTED}
    status = 422 if request.method == "POST" else 200
    return render(request, "calls/project_change.html", context, status=status)


@require_POST
def change_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer ask for a change."""
    asked = get_object_or_404(Change.objects.select_related("project"), pk=pk)
    found = _acting(request, asked.project_id)

    def act() -> str:
        project_changes.withdraw_change(change=asked, by=account(request))
        return _("Withdrawn.")

    return _done(request, found, act)


@require_POST
def outputs(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a work that came out."""
    found = _acting(request, pk)

    def act(data: dict[str, Any]) -> str:
        project_outputs.add_output(project=found, by=account(request), **data)
        return _("The work is recorded.")

    mine = request.user.has_perm("calls.lead_project", found)
    return entered(
        request, found, "output_form", OutputForm(request.POST), act,
        page=_page if mine else None, to=_back(request, found)[0],
    )  # fmt: skip


@require_POST
def output_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work off."""
    output = get_object_or_404(Output.objects.select_related("project"), pk=pk)
    found = _acting(request, output.project_id)

    def act() -> str:
        project_outputs.remove_output(output=output, by=account(request))
        return _("Taken off.")

    return _done(request, found, act)


def _page(
    request: HttpRequest, found: Project, status: int = 200, output_form: OutputForm | None = None
) -> HttpResponse:
    """The page for who leads the project."""
    context = {"sheet": sheet_of(found), "project": found, "lead": True, "office": False,
               "mine": True, "output_form": output_form or OutputForm()}  # fmt: skip
    return render(request, "calls/project.html", context, status=status)


def _acting(request: HttpRequest, pk: int) -> Project:
    """A project that the account leads, or whose call its office runs: reports come on paper too."""
    own = loaded(own_projects(account(request))).filter(pk=pk).first()
    found = own or seen_project(request, pk)
    if not request.user.has_perm("calls.deliver", found):
        raise Http404
    return found


def _back(request: HttpRequest, found: Project) -> tuple[str, int]:
    """Who leads it goes to their own page."""
    mine = request.user.has_perm("calls.lead_project", found)
    return ("calls:my_project" if mine else "calls:project"), found.pk


def _done(request: HttpRequest, found: Project, act: Callable[[], str]) -> HttpResponse:
    return done(request, found, act, _back(request, found)[0])
