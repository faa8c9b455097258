"""Named reads: the definitions in use, the editions of one, and where an edition is used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent

from . import labels
from .current import current_of_all
from .models import Definition, Edition
from .programmes import Programme
from .references import Known, names
from .schemas import Indicator, RecordType, Schema
from .validation import near


def current_editions(kind: str) -> dict[str, Edition]:
    """The current edition of every definition of `kind` in use, by key.

    In the order in which they came, which is that of the pack: what matters most comes first.
    """
    found = current_of_all().get(kind, {})
    return {key: edition for key, edition in found.items() if not edition.definition.retired_at}


def editions_by_number(numbers: Collection[int]) -> dict[int, Edition]:
    """The editions of these numbers with their definitions. One query more where one is not current."""
    current = {e.pk: e for found in current_of_all().values() for e in found.values()}
    missing = [number for number in numbers if number not in current]
    old = Edition.objects.select_related("definition").in_bulk(missing) if missing else {}
    return {number: current.get(number) or old[number] for number in numbers}


def record_types() -> dict[str, Edition]:
    """The current editions of record types by key."""
    return current_editions(Definition.Kind.RECORD_TYPE)


def indicators() -> dict[str, Edition]:
    """The current editions of indicators by key."""
    return current_editions(Definition.Kind.INDICATOR)


def programmes() -> dict[str, Edition]:
    """The current editions of programmes by key. One query."""
    return current_editions(Definition.Kind.PROGRAMME)


def groups() -> dict[str, Edition]:
    """The groups by key, in their order."""
    found = current_editions(Definition.Kind.GROUP)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].group.position, pair[0])))


def current_edition(kind: str, key: str) -> Edition:
    """The current edition of one definition. Raises BadInput with the closest keys."""
    definition = Definition.objects.filter(kind=kind, key=key).in_use().first()
    if definition is None or definition.current is None:
        keys = Definition.objects.filter(kind=kind).in_use().values_list("key", flat=True)
        noun = Definition.Kind(kind).label
        raise BadInput(f"{noun}: {key}?{near(key, keys)}")
    definition.current.definition = definition
    return definition.current


def known() -> Known:
    """Everything in use, for checking references."""
    return Known(
        groups={key: edition.group for key, edition in groups().items()},
        record_types={key: edition.record_type for key, edition in record_types().items()},
        indicators={key: edition.indicator for key, edition in indicators().items()},
    )


@dataclass(frozen=True)
class Listed:
    """A group's heading with its definitions, for a list page."""

    key: str
    name: str
    editions: list[Edition]


def by_group(
    editions: dict[str, Edition], headings: dict[str, Edition], text: str = ""
) -> list[Listed]:
    """The editions under the headings of their groups, those without a heading last.

    `text` keeps those whose key, names, words or synonyms contain it.
    """
    lists: dict[str, list[Edition]] = {key: [] for key in headings}
    for edition in editions.values():
        if matches(edition.schema, text):
            lists.setdefault(edition.schema.group, []).append(edition)
    return [
        Listed(key, str(headings[key].group.name) if key in headings else key, members)
        for key, members in lists.items()
        if members
    ]


def by_outcome(editions: dict[str, Edition], text: str = "") -> list[Listed]:
    """Programmes under what comes out of them, in the order in which they came."""
    lists: dict[str, list[Edition]] = {}
    for edition in editions.values():
        if matches(edition.schema, text):
            lists.setdefault(edition.programme.outcome.kind, []).append(edition)
    return [Listed(kind, labels.value("kind", kind), found) for kind, found in lists.items()]


def matches(schema: RecordType | Indicator | Programme, text: str) -> bool:
    """Whether a search for `text` finds the definition."""
    if not text:
        return True
    words = schema.definition if isinstance(schema, Indicator) else schema.about
    synonyms = () if isinstance(schema, Programme) else schema.synonyms
    hay = [schema.key, schema.name.zh, schema.name.en, words.zh, words.en, *synonyms]
    return all(part in " ".join(hay).lower() for part in text.lower().split())


def publishers(editions: list[Edition]) -> dict[int, str]:
    """Who published each edition, by its number in the database. One query."""
    events = AuditEvent.objects.filter(
        subject_type=Edition._meta.label_lower,
        subject_id__in=[edition.pk for edition in editions],
        verb="definition.publish",
    )
    return {event.subject_id or 0: event.actor_name for event in events}


def uses(edition: Edition) -> list[tuple[str, int]]:
    """What points at the edition and how often, as (“records”, 12). One query each.

    The apps above point here, so they are asked through the model's own relations.
    """
    found = []
    for relation in Edition._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model is Definition:
            continue
        count = model._default_manager.filter(**{relation.field.name: edition}).count()
        if count:
            found.append((str(model._meta.verbose_name_plural), count))
    return found


def dependants(schema: Schema) -> list[Edition]:
    """The current indicators and programmes that name the record type or indicator `schema`."""
    found = [*indicators().values()]
    if isinstance(schema, RecordType):
        found += programmes().values()
    return [edition for edition in found if names(edition.schema, schema)]
