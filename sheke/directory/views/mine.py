"""My data: what Sheke holds of the person who is signed in, and what they agree to show."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from .. import actions
from ..forms.privacy import AskErasureForm, ConsentForm
from ..holdings import held_of
from ..models import ErasureRequest, Person
from ..mydata import as_table, as_zip
from .access import account, go

SHOWN = 20  # rows of each kind on the page; the file has all


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is held, by kind, and the consents."""
    return _page(request, ConsentForm(person=_me(request)))


@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """All of it as a zip with JSON and a page to read."""
    name = f"my-data-{timezone.localdate():%Y%m%d}.zip"
    return HttpResponse(
        as_zip(_me(request)), content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@require_POST
def consents(request: HttpRequest) -> HttpResponse:
    """Keep to whom the person agrees to show each field."""
    person = _me(request)
    form = ConsentForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, form)
    changed = actions.agree(person=person, wanted=form.cleaned_data, by=account(request))
    said = _("Kept, with the date.") if changed else _("Nothing changed.")
    messages.success(request, said)
    return go(request, "my_data")


@require_POST
def ask_erasure(request: HttpRequest) -> HttpResponse:
    form = AskErasureForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        actions.ask_erasure(person=_me(request), note=note, by=account(request))
        messages.success(request, _("The administrator sees your request on your page."))
    except BadInput as error:
        messages.error(request, str(error))
    return go(request, "my_data")


@require_POST
def withdraw_erasure(request: HttpRequest) -> HttpResponse:
    try:
        actions.withdraw_erasure(person=_me(request), by=account(request))
        messages.success(request, _("The request is taken back."))
    except BadInput as error:
        messages.error(request, str(error))
    return go(request, "my_data")


def _page(request: HttpRequest, form: ConsentForm) -> HttpResponse:
    person = _me(request)
    return render(request, "directory/my_data.html", {
        "person": person, "form": form, "ask": AskErasureForm(),
        "tables": [as_table(held, SHOWN) for held in held_of(person)],
        "request_made": ErasureRequest.objects.filter(person=person).first(),
    }, status=422 if form.errors else 200)  # fmt: skip


def _me(request: HttpRequest) -> Person:
    """The person of the account; an account that only runs the machine has none."""
    person = account(request).person
    if person is None:
        raise PermissionDenied(_("This account belongs to no person; nothing is held of one."))
    return person
