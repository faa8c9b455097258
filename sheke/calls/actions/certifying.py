"""Verbs: issue certificates, revoke them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file

from ..certificates import render
from ..deciding import printing
from ..models import Award, Call, Certificate, Step
from ..steps import take_step
from ..telling import tell_writers
from ..values.digests import digest_of


@transaction.atomic
def issue_certificates(
    *, call: Call, awards: Iterable[Award], site: str, by: Account | None, kind: str = "award",
    more: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[Certificate]:  # fmt: skip
    """Print and keep a certificate for each award that stands and has none. All or none.

    site: how links begin, for the QR code. more: {award: parts of `certificates.Certificate` that
    are otherwise}. Raises BadInput that names the certificate which cannot be printed.
    """
    template = printing.template_of(call, kind)
    held = Award.objects.select_for_update(of=("self",)).filter(
        call=call, pk__in=[award.pk for award in awards], revoked_at=None
    ).exclude(certificates__in=Certificate.objects.filter(kind=kind, revoked_at=None))  # fmt: skip
    found = held.select_related("submission__organisation", "project__closing").prefetch_related(
        "submission__members"
    )
    made = [_prepared(call, award, template, kind, site, (more or {}).get(award.pk, {}), by)
            for award in found.order_by("serial")]  # fmt: skip
    sheets = render(template, [printing.read(each.data) for each in made])
    for certificate, pdf in zip(made, sheets, strict=True):
        certificate.stored = store_file(file=io.BytesIO(pdf), name="certificate.pdf")
        certificate.save()
        _say(certificate, by)
    return made


@transaction.atomic
def revoke_certificates(
    *, certificates: Iterable[Certificate], reason: str, by: Account | None
) -> int:
    """They are no longer valid; their pages say so. How many were."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise BadInput(_("Give a reason."))
    numbers = [certificate.pk for certificate in certificates]
    found = Certificate.objects.select_for_update(of=("self",)).filter(
        pk__in=numbers, revoked_at=None
    )
    count = 0
    for certificate in found.select_related("award__call", "award__submission"):
        certificate.revoked_at, certificate.reason = timezone.now(), reason
        certificate.save(update_fields=["revoked_at", "reason"])
        award = certificate.award
        take_step(
            Step.Act.CERTIFIED, call=award.call, submission=award.submission, by=by, reason=reason,
            number=certificate.number, revoked=True,
        )  # fmt: skip
        count += 1
    return count


@transaction.atomic
def issue_again(*, certificate: Certificate, reason: str, site: str, by: Account | None) -> Certificate:  # fmt: skip
    """Revoke a certificate and issue it anew, as the award stands now, under a new code."""
    award = certificate.award
    if award.revoked_at is not None:
        raise BadInput(_("The award was revoked."))
    if not revoke_certificates(certificates=[certificate], reason=reason, by=by):
        raise BadInput(_("This certificate was revoked already."))
    (made,) = issue_certificates(
        call=award.call, awards=[award], site=site, by=by, kind=certificate.kind
    )
    return made


def _prepared(
    call: Call, award: Award, template: str, kind: str, site: str, more: Mapping[str, Any],
    by: Account | None,
) -> Certificate:  # fmt: skip
    award.call = call
    code = printing.new_code()
    more = printing.of_closing(award) | dict(more) if kind == "closing" else more
    data = printing.kept(
        printing.printed(award, address=printing.address_of(site, code), more=more)
    )
    return Certificate(
        award=award, kind=kind, code=code, number=award.number, template=template, data=data,
        digest=digest_of(data), issued_by=by,
    )  # fmt: skip


def _say(certificate: Certificate, by: Account | None) -> None:
    award = certificate.award
    take_step(
        Step.Act.CERTIFIED, call=award.call, submission=award.submission, by=by,
        number=certificate.number, kind=certificate.kind, digest=certificate.digest,
    )  # fmt: skip
    tell_writers("calls.certified", award.submission, by=by, number=certificate.number)
