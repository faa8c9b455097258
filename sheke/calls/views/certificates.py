"""Awards and their certificates: issued by the office, fetched by who has them, verified by anybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.accounts.links import site_of
from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.core.jobs.queries import progress_of
from sheke.core.public import public_page

from ..actions import certifying as actions
from ..certificates import render_merged
from ..deciding import printing
from ..deciding.proposals import level_name
from ..models import Certificate
from ..queries import visible_submissions
from ..tasks import issue_all_certificates
from .access import account, own_call
from .decision_frame import frame, said
from .stages import numbers

PAGE = 50
AT_ONCE = 20  # printed while the page waits
KEPT = 60  # seconds
PDF = "application/pdf"


@require_safe
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """The awards with their certificates."""
    call = own_call(request, pk)
    every = Prefetch("certificates", Certificate.objects.order_by("-pk"))
    rows = call.awards.select_related("submission__organisation").prefetch_related(every)
    page = Paginator(rows.order_by("serial"), PAGE).get_page(request.GET.get("page"))
    levels = {award.level: level_name(call.programme, award.level) for award in page}
    job = progress_of(call)
    try:
        printing.template_of(call, "award")
        why = ""
    except BadInput as error:
        why = str(error)
    context = frame(call, "certificates") | {
        "page": page, "levels": levels, "why": why, "missing": 0 if why else len(printing.waiting(call)),
        "valid": Certificate.objects.filter(award__call=call, revoked_at=None).count(),
        "standing": call.awards.filter(revoked_at=None).count(),
        "job": job if job and job.state in ("waiting", "running", "failed") else None,
    }  # fmt: skip
    return render(request, "calls/certificates.html", context)


@require_POST
def issuing(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the chosen ones, or all that are missing; many in the background."""
    call = own_call(request, pk)
    chosen = set(numbers(request, "award"))

    def act() -> str:
        printing.template_of(call, "award")
        missing = [a for a in printing.waiting(call) if not chosen or a.pk in chosen]
        if not missing:
            raise BadInput(_("No award waits for a certificate."))
        if not chosen and len(missing) > AT_ONCE:
            with transaction.atomic():
                start(issue_all_certificates, call.pk, site_of(request), account(request).pk,
                      get_language(), by=account(request), subject=call)  # fmt: skip
            return _("The certificates are being printed; this page shows how far it has come.")
        made = actions.issue_certificates(
            call=call, awards=missing, site=site_of(request), by=account(request)
        )
        text = ngettext("%(n)s certificate issued.", "%(n)s certificates issued.", len(made))
        return text % {"n": len(made)}

    return said(request, "calls:certificates", pk, act)


@require_safe
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """All valid certificates in one file, for the printer."""
    call = own_call(request, pk)
    found = list(
        Certificate.objects.filter(award__call=call, revoked_at=None, kind="award").order_by("award__serial")
    )  # fmt: skip
    if not found:
        raise Http404
    data = render_merged(found[0].template, [printing.read(each.data) for each in found])
    answer = HttpResponse(data, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{call.key}-certificates.pdf"'
    return answer


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF, for those who see the whole submission."""
    found = get_object_or_404(
        Certificate.objects.select_related("stored", "award__submission"), pk=pk,
        award__submission__in=visible_submissions(account(request)).order_by().values("pk"),
    )  # fmt: skip
    if found.stored is None:
        raise Http404
    return FileResponse(
        found.stored.file.open("rb"), as_attachment=True, filename=printing.file_name(found),
        content_type=PDF,
    )  # fmt: skip


@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer valid; with a reason, which the verification page does not say."""
    found = _own(request, pk)

    def act() -> str:
        reason = request.POST.get("reason", "")
        if not actions.revoke_certificates(
            certificates=[found], reason=reason, by=account(request)
        ):
            raise BadInput(_("This certificate was revoked already."))
        return _("The certificate %(number)s was revoked.") % {"number": found.number}

    return said(request, "calls:certificates", found.award.call_id, act)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke it and issue it anew as things stand now."""
    found = _own(request, pk)

    def act() -> str:
        reason = request.POST.get("reason", "")
        actions.issue_again(
            certificate=found, reason=reason, site=site_of(request), by=account(request)
        )
        return _("The certificate %(number)s was issued again.") % {"number": found.number}

    return said(request, "calls:certificates", found.award.call_id, act)


@public_page
@login_not_required
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Type a code; it leads to the code's own address."""
    code = printing.read_code(request.GET.get("code", ""))
    if code:
        return redirect("certificates:code", code)
    return _public({"code": "", "wrong": bool(request.GET.get("code"))})


@public_page
@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What is printed on the certificate, and whether it is valid. Nothing more."""
    plain = printing.read_code(code)
    found = Certificate.objects.filter(code=plain).first() if plain else None
    shown = printing.shown_code(plain) if plain else code[:20]
    if found is None:
        return _public({"code": shown, "missing": True}, status=404)
    context = {"code": shown, "certificate": found, "printed": printing.read(found.data)}
    return _public(context)


def _public(context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Rendered without the request: no session. Search engines leave people's names out."""
    answer = HttpResponse(render_to_string("calls/verify_certificate.html", context), status=status)
    patch_cache_control(answer, public=True, max_age=KEPT)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _own(request: HttpRequest, pk: int) -> Certificate:
    found = get_object_or_404(Certificate.objects.select_related("award__submission"), pk=pk)
    found.award.call = own_call(request, found.award.call_id)
    return found
