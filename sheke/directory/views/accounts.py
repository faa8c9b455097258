"""Accounts on their people's pages. A one-time password is shown once, on the page that made it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput

from .. import actions
from ..forms.people import AccountForm
from ..models import Account, Person
from .access import account, administered_person, done, require


@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    person = administered_person(request, pk)
    form = AccountForm(request.POST or None)
    password = actions.one_time_password()

    def write() -> None:
        name = form.cleaned_data["username"]
        actions.create_account(username=name, person=person, password=password, by=account(request))

    if request.method == "POST" and done(form, write):
        return _shown_once(request, person, form.cleaned_data["username"], password)
    return render(
        request, "directory/form.html",
        {"form": form, "title": _("New account"), "person": person, "button": _("Create"),
         "back": _page_of(person),
         "lead": _("A password is made and shown once; hand it over in person.")},
        status=422 if form.errors else 200,
    )  # fmt: skip


@never_cache
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a new one-time password and show it once."""
    other = _administered(request, pk)
    made = actions.one_time_password()
    actions.set_password(account=other, password=made, by=account(request))
    return _shown_once(request, other.person, other.username, made)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    other = _administered(request, pk)
    try:
        actions.deactivate_account(account=other, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(_page_of(other.person))


@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    other = _administered(request, pk)
    actions.activate_account(account=other, by=account(request))
    return redirect(_page_of(other.person))


def _administered(request: HttpRequest, pk: int) -> Account:
    other = get_object_or_404(Account.objects.select_related("person"), pk=pk)
    require(request, "administer_account", other)
    return other


def _page_of(person: Person | None) -> str:
    return reverse("directory:person", args=[person.pk]) if person else reverse("directory:people")


def _shown_once(
    request: HttpRequest, person: Person | None, username: str, made: str
) -> HttpResponse:
    context = {"person": person, "username": username, "made": made, "back": _page_of(person)}
    return render(request, "directory/password.html", context)
