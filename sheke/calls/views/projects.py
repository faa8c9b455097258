"""Projects for the office and the organisations: the list, one project, money, contract, rulings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from sheke.accounts.links import site_of
from sheke.core.attachments import DOCX, attachment
from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.directory.models import Person
from sheke.directory.queries import find_people, with_current_tenures

from ..actions import (
    project_changes,
    project_closing,
    project_deliveries,
    project_payments,
)
from ..actions import projects as actions
from ..deciding.proposals import plain
from ..forms.projects import ClosingForm, ContractForm, PaymentForm
from ..models import Change, Delivery, DeliveryFile, Payment, Project
from ..projects.delivering import is_closing
from ..projects.listing import Wanted, choices_of, listed, visible_projects
from ..projects.page import Sheet, loaded, sheet_of
from ..projects.papers import contract_word
from ..projects.tables import projects_table
from .access import account

PAGE = 50


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The projects that the account sees, filtered, sorted and by page."""
    wanted, mine = Wanted.read(request.GET.dict()), visible_projects(account(request))
    page = Paginator(listed(mine, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "wanted": wanted, "choices": choices_of(mine),
        "narrowed": bool(set(request.GET) - {"page", "sort"}), "sort_now": wanted.sort,
    }  # fmt: skip
    return render(request, "calls/projects.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What the list is narrowed to, as xlsx."""
    wanted = Wanted.read(request.GET.dict())
    data = projects_table(visible_projects(account(request)), wanted)
    return attachment(data, "projects.xlsx")


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: what waits, milestones, money, changes, works, log."""
    return _page(request, seen_project(request, pk))


@require_safe
def contract_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract to print and sign, as Word, in Chinese."""
    found = seen_project(request, pk)
    with override("zh-hans"):
        data, name = contract_word(found), _("Contract of the project")
    return attachment(data, f"{found.award.number} {name}.docx", DOCX)


@require_safe
def contract_file(request: HttpRequest, pk: int) -> FileResponse:
    """The contract as it was signed."""
    found = seen_project(request, pk)
    if found.contract is None:
        raise Http404
    ending = str(found.contract.file.name).rpartition(".")[2]
    return FileResponse(found.contract.file.open("rb"), as_attachment=True,
                        filename=f"{found.award.number}.{ending}")  # fmt: skip


@require_safe
def delivery_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that was handed in."""
    seen = visible_projects(account(request)).order_by().values("pk")
    found = get_object_or_404(
        DeliveryFile.objects.select_related("stored"), pk=pk, delivery__milestone__project__in=seen
    )
    return FileResponse(found.stored.file.open("rb"), as_attachment=True, filename=found.name)


@require_POST
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract was signed; with its scan."""
    found = run_project(request, pk)

    def act(data: dict[str, Any]) -> str:
        file = data["file"]
        actions.sign_contract(
            project=found, signed_on=data["signed_on"], by=account(request), file=file,
            name=file.name if file else "",
        )  # fmt: skip
        return _("The contract is written down.")

    return entered(request, found, "contract_form", ContractForm(request.POST, request.FILES), act)


@require_POST
def payments(request: HttpRequest, pk: int) -> HttpResponse:
    """An instalment was paid."""
    found = run_project(request, pk)
    form = PaymentForm(request.POST, money=sheet_of(found).money)

    def act(data: dict[str, Any]) -> str:
        payment = project_payments.pay_instalment(
            project=found, amount=data["amount"], paid_on=data["paid_on"], key=data["key"],
            note_text=data["note"], by=account(request),
        )  # fmt: skip
        return _("Written down: %(amount)s paid.") % {"amount": plain(payment.amount)}

    return entered(request, found, "payment_form", form, act)


@require_POST
def payment_taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A payment was not made so."""
    payment = get_object_or_404(Payment, pk=pk)
    found = run_project(request, payment.project_id)

    def act() -> str:
        reason = request.POST.get("reason", "")
        project_payments.take_back_payment(payment=payment, reason=reason, by=account(request))
        return _("Taken back; it counts no more.")

    return done(request, found, act)


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """A report is accepted; the closing with its result."""
    delivery, found = _delivery(request, pk)

    def accept() -> str:
        reason = request.POST.get("reason", "")
        project_deliveries.accept_delivery(delivery=delivery, reason=reason, by=account(request))
        return _("Accepted; the lead was told.")

    def close(data: dict[str, Any]) -> str:
        project_closing.close_project(
            delivery=delivery, site=site_of(request), by=account(request), **data
        )
        return _("The project is closed: records posted, certificate issued, the lead told.")

    if is_closing(found, delivery.milestone.key):
        return entered(request, found, "closing_form", ClosingForm(request.POST), close)
    return done(request, found, accept)


@require_POST
def sending_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A report goes back, with a reason."""
    delivery, found = _delivery(request, pk)

    def act() -> str:
        reason = request.POST.get("reason", "")
        project_deliveries.return_delivery(delivery=delivery, reason=reason, by=account(request))
        return _("Sent back; the lead was told.")

    return done(request, found, act)


@require_POST
def granting(request: HttpRequest, pk: int) -> HttpResponse:
    """A change is granted, another lead with who that is in the directory."""
    change, found = _change(request, pk)

    def act() -> str:
        number = whole_number(request.POST.get("person", ""))
        person = Person.objects.filter(pk=number or 0).first()
        project_changes.grant_change(
            change=change, reason=request.POST.get("reason", ""), person=person, by=account(request)
        )
        return _("Granted; the lead was told.")

    return done(request, found, act)


@require_POST
def refusing(request: HttpRequest, pk: int) -> HttpResponse:
    """A change is not granted, with a reason."""
    change, found = _change(request, pk)

    def act() -> str:
        reason = request.POST.get("reason", "")
        project_changes.refuse_change(change=change, reason=reason, by=account(request))
        return _("Not granted; the lead was told.")

    return done(request, found, act)


@require_POST
def termination(request: HttpRequest, pk: int) -> HttpResponse:
    """End the project before its time, with a reason."""
    found = run_project(request, pk)

    def act() -> str:
        reason = request.POST.get("reason", "")
        actions.end_project(project=found, reason=reason, by=account(request))
        return _("The project was terminated; the lead was told.")

    return done(request, found, act)


@require_safe
def people(request: HttpRequest, pk: int) -> JsonResponse:
    """People who may be the new lead, by their name, code or organisation."""
    run_project(request, pk)
    rows = with_current_tenures(find_people(request.GET.get("q", "")))[:40]
    options = [
        {"value": person.pk, "text": person.name,
         "hint": "、".join(t.organisation.label for t in person.current_tenures)}  # type: ignore[attr-defined]
        for person in rows
    ]  # fmt: skip
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})


def seen_project(request: HttpRequest, pk: int) -> Project:
    """A project that the account sees, or 404."""
    return get_object_or_404(loaded(visible_projects(account(request))), pk=pk)


def run_project(request: HttpRequest, pk: int) -> Project:
    """The same for the office that runs its call, or 404."""
    found = seen_project(request, pk)
    if not request.user.has_perm("calls.run_project", found):
        raise Http404
    return found


def entered(
    request: HttpRequest, found: Project, name: str, form: forms.Form,
    act: Callable[[dict[str, Any]], str], page: Callable[..., HttpResponse] | None = None,
    to: str = "calls:project",
) -> HttpResponse:  # fmt: skip
    """Do what a form of the page asks for. One with a fault comes back as it was typed, with the fault
    at its field and at the head of the page. name: what the page calls the form.
    """
    try:
        if not form.is_valid():
            raise BadInput(_first_fault(form))
        messages.success(request, act(form.cleaned_data))
    except BadInput as error:
        messages.error(request, str(error))
        return (page or _page)(request, found, status=422, **{name: form})
    return redirect(to, found.pk)


def done(
    request: HttpRequest, found: Project, act: Callable[[], str], to: str = "calls:project"
) -> HttpResponse:
    """Do it, say what came of it, and lead back to the project."""
    try:
        messages.success(request, act())
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(to, found.pk)


def _page(
    request: HttpRequest, found: Project, status: int = 200, **faulty: forms.Form
) -> HttpResponse:
    """The page of a project. faulty: forms that come back as they were typed."""
    sheet = sheet_of(found)
    context: dict[str, Any] = {
        "sheet": sheet, "project": found, "office": request.user.has_perm("calls.run_project", found),
        "lead": request.user.has_perm("calls.lead_project", found),
    }  # fmt: skip
    if context["office"]:
        context |= _office_forms(sheet) | faulty
    return render(request, "calls/project.html", context, status=status)


def _first_fault(form: forms.Form) -> str:
    name, faults = next(iter(form.errors.items()))
    return f"{form.fields[name].label}：{faults[0]}" if name in form.fields else str(faults[0])


def _delivery(request: HttpRequest, pk: int) -> tuple[Delivery, Project]:
    delivery = get_object_or_404(Delivery.objects.select_related("milestone__project"), pk=pk)
    return delivery, run_project(request, delivery.milestone.project_id)


def _change(request: HttpRequest, pk: int) -> tuple[Change, Project]:
    change = get_object_or_404(Change.objects.select_related("project"), pk=pk)
    return change, run_project(request, change.project_id)


def _office_forms(sheet: Sheet) -> dict[str, Any]:
    """The forms of the office's page, filled with what is likely."""
    today: date = timezone.localdate()
    following = sheet.money.next
    paying = {"paid_on": today, "key": following.key if following else "",
              "amount": plain(min(following.left, sheet.money.left)) if following else ""}  # fmt: skip
    return {
        "contract_form": ContractForm(initial={"signed_on": sheet.project.signed_on or today}),
        "payment_form": PaymentForm(money=sheet.money, initial=paying, prefix=None),
        "closing_form": ClosingForm(initial={"closed_on": today}),
    }
