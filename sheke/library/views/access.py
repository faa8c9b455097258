"""What the library's pages ask first. Who may not see a thing does not learn that it exists."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..models import Collection, Expert, Work
from ..queries import collections_seen_by, experts_seen_by, works_kept_by


def account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def posted(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound to: what was posted, also when that is nothing at all; else nothing."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def keepers_only(request: HttpRequest) -> None:
    """404 for those who act for no organisation."""
    if not request.user.has_perm("library.keep_something"):
        raise Http404


def office_only(request: HttpRequest) -> None:
    """404 for those who work for no office."""
    if not request.user.has_perm("library.publish_something"):
        raise Http404


def kept_work(request: HttpRequest, pk: int) -> Work:
    """A work that the account may describe, or 404."""
    works = works_kept_by(account(request)).select_related("organisation", "record__reversal")
    return get_object_or_404(works, pk=pk)


def published_work(request: HttpRequest, pk: int) -> Work:
    """The same for who makes works public and takes them back."""
    work = kept_work(request, pk)
    if not request.user.has_perm("library.publish", work.organisation):
        raise PermissionDenied(_("Only the office makes works public and takes them back."))
    return work


def described_expert(request: HttpRequest, pk: int) -> Expert:
    """A profile that the account may write, or 404."""
    found = experts_seen_by(account(request)).select_related("organisation", "person")
    expert = get_object_or_404(found, pk=pk)
    if not request.user.has_perm("library.describe_expert", expert):
        raise Http404
    return expert


def kept_expert(request: HttpRequest, pk: int) -> Expert:
    """The same for the office that keeps the profile."""
    expert = described_expert(request, pk)
    if not request.user.has_perm("library.publish", expert.organisation):
        raise PermissionDenied(_("Only the office that keeps the profile decides on this."))
    return expert


def kept_collection(request: HttpRequest, slug: str) -> Collection:
    """A collection of the account's office, or 404."""
    found = collections_seen_by(account(request)).select_related("organisation")
    collection = get_object_or_404(found, slug=slug)
    if not request.user.has_perm("library.publish", collection.organisation):
        raise Http404
    return collection
