"""Verbs: publishing an edition, retiring a definition and bringing it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from . import references
from .canonical import canonical, digest
from .models import Definition, Edition
from .queries import dependants, known
from .references import Known
from .schemas import Indicator, RecordType, Schema
from .validation import Fault, Invalid, validate


@transaction.atomic
def publish_edition(
    *, kind: str, key: str, data: dict[str, Any], note: str = "", by: Any, pack: str = ""
) -> Edition:
    """Make `data` the current edition of the definition, which is made if it is new.

    Equal data makes no new edition. Raises Invalid with every fault, also where indicators in use
    name something that the new edition of a record type no longer has.
    """
    schema = validate(kind, {**data, "key": key})
    if found := [*references.faults(schema, known()), *_broken(schema)]:
        raise Invalid(found)
    return store_edition(kind=kind, schema=schema, note=note, by=by, pack=pack)


def store_edition(*, kind: str, schema: Schema, note: str, by: Any, pack: str) -> Edition:
    """Store a schema whose references were checked; the caller holds the transaction."""
    data = canonical(schema)
    definition, _made = Definition.objects.select_for_update().get_or_create(
        kind=kind, key=data["key"], defaults={"pack": pack}
    )
    current = definition.current
    if current and current.digest == digest(data):
        if definition.retired_at:
            raise BadInput(_("“%(key)s” is retired; restore it first.") % {"key": definition.key})
        return current
    edition = Edition.objects.create(
        definition=definition, number=_next_number(definition), data=data, digest=digest(data),
        note=note.strip(), published_by=getattr(by, "pk", None), pack=pack,
    )  # fmt: skip
    definition.current = edition
    definition.retired_at = None
    definition.save(update_fields=["current", "retired_at"])
    audit.record("definition.publish", edition, by=by, key=definition.key, number=edition.number)
    return edition


@transaction.atomic
def retire(*, definition: Definition, by: Any) -> None:
    """Take the definition out of use; its editions and what used them stay."""
    if definition.current and (found := dependants(definition.current.schema)):
        names = "、".join(str(edition.schema.name) for edition in found[:5])
        raise BadInput(_("Still used by: %(names)s. Change those first.") % {"names": names})
    definition.retired_at = timezone.now()
    definition.save(update_fields=["retired_at"])
    audit.record("definition.retire", definition, by=by, key=definition.key)


@transaction.atomic
def restore(*, definition: Definition, by: Any) -> None:
    """Bring a retired definition back into use, if what it names is still there."""
    if definition.current is None:
        raise BadInput(_("“%(key)s” has no edition.") % {"key": definition.key})
    if found := list(references.faults(definition.current.schema, known())):
        raise Invalid(found)
    definition.retired_at = None
    definition.save(update_fields=["retired_at"])
    audit.record("definition.restore", definition, by=by, key=definition.key)


def _next_number(definition: Definition) -> int:
    last = definition.editions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _broken(schema: Schema) -> list[Fault]:
    """Faults that the new edition would bring to the indicators in use that name it."""
    if not isinstance(schema, RecordType | Indicator):
        return []
    world = known()
    record_types, indicators = dict(world.record_types), dict(world.indicators)
    if isinstance(schema, RecordType):
        record_types[schema.key] = schema
    else:
        indicators[schema.key] = schema
    after = Known(world.groups, record_types, indicators)
    return [
        Fault(_("indicator %(key)s") % {"key": key}, str(fault))
        for key, indicator in after.indicators.items()
        if references.names(indicator, schema)
        for fault in references.faults(indicator, after)
    ]
