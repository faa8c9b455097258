"""Verbs: publishing an edition, retiring a definition and bringing it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from . import references
from .canonical import canonical, digest
from .models import Definition, Edition
from .queries import dependants, known, programmes
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
    definition = Definition.objects.filter(kind=kind, key=key).select_related("current").first()
    if definition and definition.current and definition.current.digest == digest(canonical(schema)):
        if definition.retired_at:
            raise BadInput(_("“%(key)s” is retired; restore it first.") % {"key": key})
        return definition.current
    return store_editions(kinds=[(kind, schema)], note=note, by=by, pack=pack)[0]


@transaction.atomic
def store_editions(
    *, kinds: list[tuple[str, Schema]], note: str, by: Any, pack: str
) -> list[Edition]:
    """Store schemas whose references were checked as the current editions of their definitions.

    A fixed number of queries for as many as a pack has.
    """
    definitions = _definitions([(kind, _key(schema)) for kind, schema in kinds], pack)
    last = dict(
        Edition.objects.filter(definition__in=definitions.values())
        .values_list("definition")
        .annotate(Max("number"))
        .order_by()
    )
    editions = []
    for kind, schema in kinds:
        definition, data = definitions[kind, _key(schema)], canonical(schema)
        editions.append(
            Edition(
                definition=definition,
                number=last.get(definition.pk, 0) + 1,
                data=data,
                digest=digest(data),
                note=note.strip(),
                published_by=getattr(by, "pk", None),
                pack=pack,
            )
        )
    Edition.objects.bulk_create(editions)
    for edition in editions:
        edition.definition.current, edition.definition.retired_at = edition, None
    Definition.objects.bulk_update(definitions.values(), ["current", "retired_at"])
    audit.record_many("definition.publish", list(editions), by=by)
    return editions


def _definitions(names: list[tuple[str, str]], pack: str) -> dict[tuple[str, str], Definition]:
    """The definitions of these kinds and keys, made where they are new, locked where they are not."""
    keys = [key for _kind, key in names]
    rows = Definition.objects.select_for_update().filter(key__in=keys)
    found = {(row.kind, row.key): row for row in rows}
    new = [Definition(kind=k, key=key, pack=pack) for k, key in names if (k, key) not in found]
    made = Definition.objects.bulk_create(new)
    found |= {(row.kind, row.key): row for row in made}
    return {name: found[name] for name in names}


def _key(schema: Schema) -> str:
    return str(getattr(schema, "key", ""))


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


def _broken(schema: Schema) -> list[Fault]:
    """Faults that the new edition would bring to the indicators and programmes that name it."""
    if not isinstance(schema, RecordType | Indicator):
        return []
    world = known()
    record_types, indicators = dict(world.record_types), dict(world.indicators)
    if isinstance(schema, RecordType):
        record_types[schema.key] = schema
    else:
        indicators[schema.key] = schema
    after = Known(world.groups, record_types, indicators)
    return [*_broken_programmes(schema, after), *_broken_indicators(schema, after)]


def _broken_programmes(schema: Schema, after: Known) -> list[Fault]:
    if not isinstance(schema, RecordType):
        return []
    return [
        Fault(_("programme %(key)s") % {"key": key}, str(fault))
        for key, edition in programmes().items()
        if references.names(edition.programme, schema)
        for fault in references.faults(edition.programme, after)
    ]


def _broken_indicators(schema: Schema, after: Known) -> list[Fault]:
    return [
        Fault(_("indicator %(key)s") % {"key": key}, str(fault))
        for key, indicator in after.indicators.items()
        if references.names(indicator, schema)
        for fault in references.faults(indicator, after)
    ]
