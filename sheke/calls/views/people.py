"""The people behind a submission: who they are, asking them for their consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.accounts.links import site_of
from sheke.accounts.sending import ready_channels
from sheke.accounts.views.limits import limited
from sheke.core.errors import BadInput
from sheke.definitions.programmes import PeopleRole

from ..actions import people as actions
from ..actions.submissions import choose_organisation
from ..applying.checklist import check_list, needs_organisation
from ..applying.writing import asked_for, may_write
from ..forms.people import ApplicantForm, MemberForm
from ..models import Member, Submission
from .access import account
from .writers import own_submission


@dataclass
class Group:
    """A role with its people; `room` says whether one more fits."""

    role: PeopleRole
    members: list[Member]

    @property
    def room(self) -> bool:
        return len(self.members) < self.role.most


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    submission = own_submission(request, pk)
    if may_write(submission):
        return redirect("calls:standing", pk)
    return _page(request, submission)


@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Somebody more in a role."""
    submission = own_submission(request, pk)
    programme = submission.edition.programme
    found = programme.people.role(role)
    if found is None:
        return redirect("calls:people", pk)
    form = MemberForm(
        request.POST if request.method == "POST" else None, programme=programme, role=role
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(
                submission=submission, role=role, data=form.cleaned_data, by=account(request)
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("calls:people", pk)
    return _form(request, submission, form, str(found.name))


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Change what is said of somebody."""
    submission, found = _member(request, pk, member)
    programme = submission.edition.programme
    form = MemberForm(
        request.POST if request.method == "POST" else None, programme=programme, member=found
    )
    if request.method == "POST" and form.is_valid():
        asked = getattr(found, "agreement", None) is not None or found.asked_at is not None
        try:
            changed = actions.change_member(
                member=found, data=form.cleaned_data, by=account(request)
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            if asked and changed.asked_at is None:
                messages.warning(request, _("What they were asked has changed: ask them again."))
            return redirect("calls:people", pk)
    role = programme.people.role(found.role)
    return _form(request, submission, form, str(role.name if role else programme.applicant), found)


@require_POST
def removal(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    _submission, found = _member(request, pk, member)
    try:
        actions.remove_member(member=found, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("calls:people", pk)


@require_POST
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation in whose name is applied."""
    submission = own_submission(request, pk)
    form = ApplicantForm(request.POST)
    if form.is_valid():
        try:
            choose_organisation(
                submission=submission, organisation=form.cleaned_data["organisation"],
                by=account(request),
            )  # fmt: skip
            messages.success(request, _("Saved."))
        except BadInput as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Choose an organisation from the list."))
    return redirect("calls:people", pk)


@never_cache
@require_POST
@limited("invite")
def asking(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """A new link for somebody's consent: sent by mail or message, or shown once to be handed over."""
    submission, found = _member(request, pk, member)
    channel = request.POST.get("channel", "")
    channel = channel if channel in ("mail", "sms") else ""
    try:
        link = actions.ask_member(
            member=found, channel=channel, site=site_of(request), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:people", pk)
    if channel:
        messages.success(request, _("%(name)s is asked.") % {"name": found.name})
        return redirect("calls:people", pk)
    return _page(request, submission, link=link, shown=found)


def _member(request: HttpRequest, pk: int, number: int) -> tuple[Submission, Member]:
    submission = own_submission(request, pk)
    members = submission.members.select_related("agreement", "organisation")
    found = get_object_or_404(members, pk=number)
    found.submission = submission
    return submission, found


def _page(
    request: HttpRequest, submission: Submission, *, link: str = "", shown: Member | None = None
) -> HttpResponse:
    programme = submission.edition.programme
    members = list(submission.members.select_related("agreement", "organisation"))
    checked = check_list(submission)
    faults: dict[int, list[str]] = {}
    for fault in checked.people:
        if fault.member is not None:
            faults.setdefault(fault.member, []).append(fault.message)
    unit, asked = submission.organisation, asked_for(submission)
    context: dict[str, Any] = {
        "submission": submission, "programme": programme, "step": "people", "faults": faults,
        "asked": asked, "open": asked.opens("people"), "link": link, "shown": shown,
        "lead": next((m for m in members if m.role == Member.LEAD), None),
        "groups": [
            Group(role, [m for m in members if m.role == role.key]) for role in programme.people.roles
        ],
        "channels": ready_channels(), "needs_organisation": needs_organisation(programme),
        "form": ApplicantForm(initial={"organisation": unit.code if unit else ""}),
    }  # fmt: skip
    return render(request, "calls/people.html", context)


def _form(
    request: HttpRequest, submission: Submission, form: MemberForm, role: str,
    member: Member | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "submission": submission, "form": form, "role": role, "member": member, "step": "people",
        "agreed": getattr(member, "agreement", None),
    }  # fmt: skip
    return render(request, "calls/member.html", context, status=422 if form.errors else 200)
