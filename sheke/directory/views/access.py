"""What every view of the directory asks first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from sheke.core.errors import BadInput

from ..models import Account, Organisation, Person


def account(request: HttpRequest) -> Account:
    """The signed-in account; every page of the directory asks for one."""
    return cast(Account, request.user)


def require(request: HttpRequest, permission: str, subject: Any = None) -> None:
    """Raise PermissionDenied, with a reason a person understands, without the permission."""
    if not request.user.has_perm(f"directory.{permission}", subject):
        raise PermissionDenied(_("Only an administrator of this organisation may do this."))


def organisation_or_404(code: str) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("parent"), code=code)


def administered(request: HttpRequest, code: str) -> Organisation:
    """The organisation, if the account administers it."""
    organisation = organisation_or_404(code)
    require(request, "administer", organisation)
    return organisation


def administered_person(request: HttpRequest, pk: int) -> Person:
    """The person, if the account administers them."""
    person = get_object_or_404(Person.objects.select_related("account"), pk=pk)
    require(request, "administer_person", person)
    return person


def go(request: HttpRequest, view: str, *args: object) -> HttpResponse:
    """Go on to a page; a form in a drawer leaves it with the whole window."""
    url = reverse(f"directory:{view}", args=args)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return redirect(url)


def done(form: BaseForm, verb: Callable[[], object]) -> bool:
    """Do `verb` when the form is valid; what the action refuses becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        verb()
    except BadInput as error:
        form.add_error(None, str(error))
        return False
    return True
