"""Accounts on their people's pages. A one-time password is shown once, on the page that made it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory import actions as directory
from sheke.directory.models import Account, Person
from sheke.directory.views.access import account, administered_person, done, require

from .. import actions
from ..factors import factors
from ..forms import AccountForm
from ..queries import recent_sign_ins


@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    person = administered_person(request, pk)
    form = AccountForm(request.POST or None)
    made: list[str] = []

    def write() -> None:
        name = form.cleaned_data["username"]
        _account, password = actions.create_with_password(
            username=name, person=person, by=account(request)
        )
        made.append(password)

    if request.method == "POST" and done(form, write):
        return _shown_once(request, person, form.cleaned_data["username"], made[0])
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
    made = actions.give_password(account=other, by=account(request))
    return _shown_once(request, other.person, other.username, made)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    other = _administered(request, pk)
    try:
        directory.deactivate_account(account=other, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(_page_of(other.person))


@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    other = _administered(request, pk)
    directory.activate_account(account=other, by=account(request))
    return redirect(_page_of(other.person))


@require_POST
def remove_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost phone and recovery codes."""
    other = _administered(request, pk)
    actions.remove_factors(account=other, by=account(request))
    messages.success(request, _("The second factors are removed; the password alone signs in now."))
    return redirect("accounts:sign_ins", other.pk)


@require_safe
def sign_ins(request: HttpRequest, pk: int) -> HttpResponse:
    """The history of an account that one administers, without addresses."""
    other = _administered(request, pk)
    context = {
        "other": other, "sign_ins": recent_sign_ins(other), "factors": factors(other),
        "back": _page_of(other.person),
    }  # fmt: skip
    return render(request, "accounts/sign_ins.html", context)


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
    return render(request, "accounts/one_time_password.html", context)
