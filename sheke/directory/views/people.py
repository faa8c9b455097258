"""Pages of people, their tenures and accounts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..consents import mark_shown
from ..forms.people import EndTenureForm, FilterForm, PersonForm, TenureForm
from ..models import Erasure, ErasureRequest, Person, Tenure
from ..queries import administered_paths, find_people, with_current_tenures
from .access import account, administered_person, done, go, require

PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = find_people(wanted.get("q", ""))
    if wanted.get("role"):
        holding = Tenure.objects.filter(role=wanted["role"]).at(timezone.localdate())
        found = found.filter(pk__in=holding.values("person_id"))
    if wanted.get("accounts"):
        found = found.filter(account__isnull=False)
    page = Paginator(with_current_tenures(found), PAGE).get_page(request.GET.get("page"))
    mark_shown(page.object_list, account(request))
    administers = request.user.has_perm("directory.administer_something")
    asking = _asking(request) if administers else []
    return render(request, "directory/people.html", {
        "form": form, "page": page, "administers": administers, "asking": asking,
    })  # fmt: skip


def _asking(request: HttpRequest) -> list[Person]:
    """Those who ask to be erased and whom the account may erase; few at a time."""
    asking = Person.objects.exclude(erasure_request=None).order_by("erasure_request__at")
    return [p for p in asking if request.user.has_perm("directory.administer_person", p)]


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Person.objects.select_related("account"), pk=pk)
    tenures = list(subject.tenures.select_related("organisation").order_by("-since", "-id"))
    today = timezone.localdate()
    mine = tuple(administered_paths(account(request)))
    for tenure in tenures:
        tenure.may_end = tenure.organisation.path.startswith(mine)  # type: ignore[attr-defined]
    theirs = getattr(subject, "account", None)
    mark_shown([subject], account(request))
    erasure = Erasure.objects.filter(person=subject).select_related("by__person").first()
    administers = request.user.has_perm("directory.administer_person", subject)
    return render(request, "directory/person.html", {
        "subject": subject,
        "account": theirs,
        "current": [t for t in tenures if t.until is None or t.until >= today],
        "past": [t for t in tenures if t.until is not None and t.until < today],
        "administers": administers,
        "erasure": erasure,
        "mentions": erasure.mentions if erasure and _of_the_root(request) else [],
        "asked": ErasureRequest.objects.filter(person=subject).first(),
        "administers_account": theirs is not None
        and request.user.has_perm("directory.administer_account", theirs),
        "may_give": bool(mine),
    })  # fmt: skip


def _of_the_root(request: HttpRequest) -> bool:
    """Texts of all organisations are listed by title: for an administrator of them all."""
    return request.user.has_perm("directory.administer", None)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request, "administer_something")
    form = PersonForm(request.POST or None)
    made: list[Person] = []

    def write() -> None:
        made.append(actions.create_person(by=account(request), **form.cleaned_data))

    if request.method == "POST" and done(form, write):
        return go(request, "person", made[0].pk)
    return _form(request, form, _("New person"), None, _("Create"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    subject = administered_person(request, pk)
    form = PersonForm(request.POST or None, instance=subject)

    def write() -> None:
        actions.change_person(person=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        return go(request, "person", subject.pk)
    return _form(request, form, _("Edit"), subject, _("Save"))


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a tenure in an organisation that the account administers."""
    require(request, "administer_something")
    subject = get_object_or_404(Person, pk=pk)
    form = TenureForm(request.POST or None, account=account(request))

    def write() -> None:
        actions.give_tenure(person=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        return go(request, "person", subject.pk)
    return _form(request, form, _("New tenure"), subject, _("Give"))


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a tenure in an organisation that the account administers."""
    tenure = get_object_or_404(Tenure.objects.select_related("person", "organisation"), pk=pk)
    require(request, "administer", tenure.organisation)
    form = EndTenureForm(request.POST or None)

    def write() -> None:
        actions.end_tenure(tenure=tenure, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        return go(request, "person", tenure.person_id)
    return _form(request, form, _("End the tenure"), tenure.person, _("End it"), str(tenure))


def _form(
    request: HttpRequest, form: Any, title: str, subject: Person | None, button: str, lead: str = ""
) -> HttpResponse:
    if subject:
        back = reverse("directory:person", args=[subject.pk])
    else:
        back = reverse("directory:people")
    context = {
        "form": form, "title": title, "person": subject, "button": button, "back": back,
        "lead": lead,
    }  # fmt: skip
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)
