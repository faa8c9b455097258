"""Verbs about a person's own data: what they agree to show, and asking to be erased."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from ..consents import audiences
from ..models import Account, Consent, ErasureRequest, Person


@transaction.atomic
def agree(*, person: Person, wanted: Mapping[str, str], by: Account | None) -> list[str]:
    """Keep to whom the person agrees to show each field of `wanted`; gives the fields that changed.

    Raises BadInput for a field or audience that there is not, and when `by` is somebody else.
    """
    if by is None or by.person_id != person.pk:
        raise BadInput(_("Only the person themselves can agree to this."))
    for field, audience in wanted.items():
        if field not in Consent.Field.values or audience not in Consent.Audience.values:
            raise BadInput(_("“%(word)s” cannot be chosen here.") % {"word": f"{field} {audience}"})
    held = audiences([person.pk])[person.pk]
    changed = [field for field, audience in wanted.items() if held[field] != audience]
    Consent.objects.bulk_create(
        Consent(person=person, field=field, audience=wanted[field], by=by) for field in changed
    )
    if changed:
        told = {field: wanted[field] for field in changed}
        audit.record("person.agree", person, by=by, audiences=told)
    return changed


@transaction.atomic
def ask_erasure(*, person: Person, note: str, by: Account | None) -> ErasureRequest:
    """Ask the administrator to erase the person. Raises BadInput when they asked already."""
    if ErasureRequest.objects.filter(person=person).exists():
        raise BadInput(_("You asked for this already."))
    asked = ErasureRequest.objects.create(person=person, note=note.strip()[:300])
    audit.record("person.ask_erasure", person, by=by)
    return asked


@transaction.atomic
def withdraw_erasure(*, person: Person, by: Account | None) -> None:
    """Take the request back. Raises BadInput when there is none."""
    deleted, _kinds = ErasureRequest.objects.filter(person=person).delete()
    if not deleted:
        raise BadInput(_("There is no such request."))
    audit.record("person.withdraw_erasure", person, by=by)
