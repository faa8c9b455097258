"""The page “Administration”: everything that only administrators use, in one place; ending first steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .actions import end_guide


@dataclass(frozen=True)
class Place:
    """`chief`: only for administrators of the whole."""

    label: str | Promise
    about: str | Promise
    icon: str
    view: str
    chief: bool = False


GROUPS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        gettext_lazy("People and organisations"),
        (
            Place(
                gettext_lazy("Organisations"),
                gettext_lazy("Enter, rename, move, join; from a table too."),
                "network", "directory:index",
            ),
            Place(
                gettext_lazy("People"),
                gettext_lazy("Posts and accounts; a forgotten password, a lost second factor."),
                "users-round", "directory:people",
            ),
            Place(
                gettext_lazy("Invitations"),
                gettext_lazy("Who was invited, who has come, whom to ask again."),
                "user-plus", "accounts:invitations",
            ),
        ),
    ),
    (
        gettext_lazy("What is kept and counted"),
        (
            Place(
                gettext_lazy("Definitions"),
                gettext_lazy("Record types and indicators; every change is a new edition."),
                "book-open", "definitions:index", chief=True,
            ),
            Place(
                gettext_lazy("Return forms"),
                gettext_lazy("What data returns ask for and how answers are checked."),
                "clipboard-list", "returns:forms", chief=True,
            ),
        ),
    ),
    (
        gettext_lazy("Telling people"),
        (
            Place(
                gettext_lazy("Groups that are told"),
                gettext_lazy("Group chats and other systems that are told what happens."),
                "webhook", "notices:hooks",
            ),
            Place(
                gettext_lazy("What could not be sent"),
                gettext_lazy("Messages that no channel took, with the reason."),
                "bell-off", "notices:failures", chief=True,
            ),
        ),
    ),
    (
        gettext_lazy("Running it"),
        (
            Place(
                gettext_lazy("Installation"),
                gettext_lazy("What is wrong, what to mend; backups, storage, version."),
                "heart-pulse", "site:installation", chief=True,
            ),
            Place(
                gettext_lazy("Background jobs"),
                gettext_lazy("What waits, runs and failed; the schedule."),
                "activity", "site:jobs", chief=True,
            ),
        ),
    ),
)  # fmt: skip


@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """The places that this administrator may use; everyone else gets 403."""
    user = request.user
    if not user.has_perm("directory.administer_something"):
        raise PermissionDenied(_("Only administrators come here."))
    chief = user.has_perm("directory.administer", None)
    groups = [(label, [p for p in places if chief or not p.chief]) for label, places in GROUPS]
    shown = [(label, places) for label, places in groups if places]
    return render(request, "site/administration.html", {"groups": shown})


@require_POST
def guide_ending(request: HttpRequest) -> HttpResponse:
    """Show one's own first steps no more."""
    account = cast(Account, request.user)
    try:
        end_guide(account=account, role=request.POST.get("role", ""), by=account)
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("site:home")
