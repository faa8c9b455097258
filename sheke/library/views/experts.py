"""Pages of experts: their list, a profile, writing it, agreeing to it, publishing it."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.ledger.confirming.queries import office_organisations
from sheke.ledger.evidence.thumbnails import thumbnail

from ..actions import experts as actions
from ..disciplines import DISCIPLINES
from ..forms.experts import AgreementForm, ExpertForm, NewExpertForm, careers_text
from ..models import Expert
from ..network import network_of
from ..portrait import portrait_of, same_names
from ..queries import experts_kept_by, experts_seen_by, experts_written_by
from .access import account, described_expert, kept_expert, office_only, posted

PAGE = 40
PLAIN = ("name", "kind", "employer", "post", "disciplines", "orcid", "email", "biography")


@login_not_required
@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """Those whom the reader may see, by name, kind and discipline."""
    found = experts_seen_by(request.user).select_related("organisation").order_by("name", "pk")
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    discipline = request.GET.get("discipline", "")
    whole = experts_written_by(request.user)  # of the others nothing is found by what they hide
    if text:
        named = Q(name__icontains=text) | Q(variants__name__icontains=text, pk__in=whole)
        found = found.filter(named).distinct()
    if kind in Expert.Kind.values:
        found = found.filter(kind=kind)
    if discipline in DISCIPLINES:
        # A list of codes of three digits, kept as JSON on either database.
        shown = Q(shown__icontains='"disciplines"') | Q(pk__in=whole)
        found = found.filter(shown, disciplines__icontains=f'"{discipline}"')
    office = request.user.has_perm("library.publish_something")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    written = {
        each.pk
        for each in page.object_list
        if request.user.has_perm("library.describe_expert", each)
    }
    return render(request, "library/experts.html", {
        "page": page, "whole": written, "office": office, "text": text, "kind": kind, "discipline": discipline,
        "kinds": Expert.Kind.choices, "disciplines": list(DISCIPLINES.items()),
        "doubles": len(same_names(experts_kept_by(request.user))) if office else 0,
        "mine": _mine(request),
    })  # fmt: skip


@login_not_required
@require_safe
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """One profile, as far as the reader may see it."""
    found = get_object_or_404(
        experts_seen_by(request.user).select_related("organisation", "photo", "agreed_by"), pk=pk
    )
    writes = request.user.has_perm("library.describe_expert", found)
    keeps = request.user.has_perm("library.publish", found.organisation)
    portrait = portrait_of(found, request.user, whole=writes)
    return render(request, "library/expert.html", {
        "portrait": portrait, "expert": found, "writes": writes,
        "network": network_of(portrait.fellows, portrait.written),
        "keeps": keeps, "careers": found.careers.all() if portrait.fields >= Expert.CAREER else [],
        "merges": found.merges.filter(undone_at=None).select_related("dropped") if keeps else [],
    })  # fmt: skip


@login_not_required
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture, for whom it is shown."""
    found = get_object_or_404(
        experts_seen_by(request.user).select_related("organisation", "photo"), pk=pk
    )
    writes = request.user.has_perm("library.describe_expert", found)
    if found.photo is None or not (writes or "photo" in found.shown):
        raise Http404
    answer = FileResponse(io.BytesIO(thumbnail(found.photo)), content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a profile."""
    office_only(request)
    kept = office_organisations(account(request)).order_by("path")
    mine = getattr(request, "organisation", None)
    initial = {"organisation": mine, "name": request.GET.get("name", "")[:100]}
    form = NewExpertForm(**posted(request), kept=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        photo = said.pop("photo")
        parts = {name: said.pop(name) for name in ("variants", "careers")}
        try:
            with transaction.atomic():  # a photo that is none leaves no profile behind
                made = actions.create_expert(by=account(request), **said)
                actions.describe_expert(expert=made, by=account(request), **parts)
                if photo is not None:
                    actions.set_photo(expert=made, file=photo, name=photo.name, by=account(request))
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("library:expert", made.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the profile: the person themselves, or the office."""
    found = described_expert(request, pk)
    initial: dict[str, Any] = {name: getattr(found, name) for name in PLAIN}
    initial |= {
        "variants": "，".join(v.name for v in found.variants.all()), "careers": careers_text(found),
    }  # fmt: skip
    form = ExpertForm(**posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        photo = said.pop("photo")
        try:
            with transaction.atomic():
                actions.describe_expert(expert=found, by=account(request), **said)
                if photo is not None:
                    actions.set_photo(
                        expert=found, file=photo, name=photo.name, by=account(request)
                    )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("library:expert", pk)
    return _form(request, form, found)


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody may see of the profile, by the person or with their word to the office."""
    found = described_expert(request, pk)
    own = request.user.has_perm("library.be_expert", found)
    form = AgreementForm(
        **posted(request), initial={"shown": found.shown, "note": found.agreement_note}
    )
    if own:
        del form.fields["note"]
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(expert=found, by=account(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("The agreement is kept."))
            return redirect("library:expert", pk)
    context = {"form": form, "expert": found, "own": own}
    return render(
        request, "library/expert_agreement.html", context, status=422 if form.errors else 200
    )


@require_POST
def disagreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the profile no longer, at once."""
    actions.take_agreement_back(expert=described_expert(request, pk), by=account(request))
    messages.success(request, _("The profile is no longer shown."))
    return redirect("library:expert", pk)


@require_POST
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the profile to everybody, as far as the person agreed."""
    try:
        actions.publish_expert(expert=kept_expert(request, pk), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("library:expert", pk)


@require_POST
def hiding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it no longer; the agreement stays."""
    actions.hide_expert(expert=kept_expert(request, pk), by=account(request))
    return redirect("library:expert", pk)


def _form(request: HttpRequest, form: Any, found: Expert | None) -> HttpResponse:
    back = reverse("library:expert", args=[found.pk]) if found else reverse("library:experts")
    context = {"form": form, "expert": found, "back": back}
    return render(request, "library/expert_form.html", context, status=422 if form.errors else 200)


def _mine(request: HttpRequest) -> Expert | None:
    person = getattr(request.user, "person_id", None)
    return Expert.objects.standing().filter(person=person).first() if person else None
