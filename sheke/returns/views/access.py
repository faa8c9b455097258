"""What every view of data returns asks first."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..models import Asked, Return
from ..queries import asked_of, returns_of


def account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def visible_asked(request: HttpRequest, pk: int) -> Asked:
    """What an organisation is asked, or 404: who may not see it does not learn that it exists."""
    found = asked_of(account(request)).select_related(
        "of__edition__definition", "of__organisation", "accepted", "latest__sent_by__person",
        "latest__acceptance__by__person", "latest__sending_back__by__person",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def judged_asked(request: HttpRequest, pk: int) -> Asked:
    """The same for who may accept it or send it back."""
    asked = visible_asked(request, pk)
    if not request.user.has_perm("returns.run", asked.of):
        raise PermissionDenied(_("Only the office that asks decides on answers."))
    return asked


def own_return(request: HttpRequest, pk: int) -> Return:
    """A return of the account's office, or 404."""
    return get_object_or_404(returns_of(account(request)), pk=pk)


def office_only(request: HttpRequest) -> None:
    """404 for those who work for no office."""
    if not request.user.has_perm("returns.ask_something"):
        raise Http404
