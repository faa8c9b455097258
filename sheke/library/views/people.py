"""Which author is which person: naming, merging, parting, keeping apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..actions import experts as actions
from ..models import Contribution, Expert, Merge
from ..portrait import candidates, employers_of, same_names
from ..queries import experts_kept_by
from .access import account, kept_expert, office_only, published_work


@require_http_methods(["GET", "POST"])
def authorship(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the profile of an author, or make one."""
    one = get_object_or_404(Contribution.objects.select_related("work", "expert"), pk=pk)
    work = published_work(request, one.work_id)
    kept = experts_kept_by(request.user)
    if request.method == "POST":
        chosen = _chosen(request, one)
        actions.name_author(contribution=one, expert=chosen, by=account(request))
        url = reverse("library:work_edit", args=[work.pk])
        return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else redirect(url)
    text = request.GET.get("q", "").strip()[:100]
    found = list(
        kept.filter(name__icontains=text)[:20] if text else candidates(one.name, kept)[:20]
    )
    return render(request, "library/authorship.html", {
        "one": one, "work": work, "found": _placed(found), "text": text,
    })  # fmt: skip


def _chosen(request: HttpRequest, one: Contribution) -> Expert | None:
    """The profile that was chosen; a new one of the author's name; nobody."""
    said = request.POST.get("expert", "")
    if said == "new":
        return actions.create_expert(
            organisation=one.work.organisation, name=one.name, kind=Expert.Kind.AUTHOR,
            employer=one.organisation_name, by=account(request),
        )  # fmt: skip
    number = whole_number(said)
    return get_object_or_404(experts_kept_by(request.user), pk=number) if number else None


def _placed(found: list[Expert]) -> list[tuple[Expert, list[str]]]:
    """Each with the organisations printed on their works."""
    places = employers_of(found)
    return [(each, places.get(each.pk, [])) for each in found]


@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """Profiles of one name: one person or two?"""
    office_only(request)
    pairs = same_names(experts_kept_by(request.user))
    told = [_placed(list(pair)) for pair in pairs]
    merges = Merge.objects.filter(kept__in=experts_kept_by(request.user), undone_at=None)
    return render(request, "library/doubles.html", {
        "pairs": told,
        "merges": merges.select_related("kept", "dropped", "by__person")[:20],
    })  # fmt: skip


@require_POST
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge another profile into this one."""
    kept = kept_expert(request, pk)
    dropped = kept_expert(request, whole_number(request.POST.get("dropped", "")) or 0)
    try:
        merge = actions.merge_experts(
            kept=kept, dropped=dropped, by=account(request),
            reason=request.POST.get("reason", "") or _("One name, one person."),
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("library:doubles")
    undo = reverse("library:parting", args=[merge.pk])
    messages.success(request, _("The profiles are one now."), extra_tags=f"undo:{undo}")
    return redirect("library:expert", kept.pk)


@require_POST
def parting(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge."""
    merge = get_object_or_404(Merge, pk=pk)
    kept_expert(request, merge.kept_id)
    try:
        actions.undo_merge(merge=merge, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The profiles are two again."))
    return redirect("library:expert", merge.kept_id)


@require_POST
def distinction(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that two profiles of one name are two people."""
    first = kept_expert(request, pk)
    second = kept_expert(request, whole_number(request.POST.get("other", "")) or 0)
    try:
        actions.keep_apart(first=first, second=second, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("library:doubles")
