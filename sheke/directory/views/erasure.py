"""Erasing a person: what goes, what stays and why, then the name typed anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms.privacy import ErasureForm
from ..holdings import held_of, mentions_of
from ..models import ErasureRequest
from .access import account, administered_person, done, go


@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview and act. There is no way back."""
    subject = administered_person(request, pk)
    form = ErasureForm(request.POST or None)

    def write() -> None:
        actions.erase_person(person=subject, by=account(request), **form.cleaned_data)

    if request.method == "POST" and done(form, write):
        messages.success(request, _("Erased. What is left to decide stands on this page."))
        return go(request, "person", subject.pk)
    held = [one for one in held_of(subject) if one.rows]
    return render(request, "directory/erase_person.html", {
        "subject": subject, "form": form,
        "gone": [one for one in held if not one.holding.kept],
        "kept": [one for one in held if one.holding.kept],
        "mentions": mentions_of(subject),
        "asked": ErasureRequest.objects.filter(person=subject).first(),
    }, status=422 if form.errors else 200)  # fmt: skip
