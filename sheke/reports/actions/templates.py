"""Verbs of templates: make one from a document, carry bindings over, discard it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.reports.carrying import match_slots
from sheke.reports.models import Slot, Template
from sheke.reports.proposals import inferred, printing_for
from sheke.reports.slots import find_slots, warnings_for
from sheke.reports.sources import Source, keep_source

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_KEY = "s{:03}"


@dataclass(frozen=True, slots=True)
class Carried:
    """How many bindings came over, and the slots that a person still has to bind."""

    bound: int
    left: int


@transaction.atomic
def create_template(
    *,
    organisation: Organisation,
    source: Source,
    by: Account | None,
    title: str = "",
    year: int | None = None,
    key: str = "",
) -> Template:
    """Keep a document as a template with the slots found in it.

    Title, year and key are read from the document when not given. Raises BadInput for a key in use.
    """
    title = title.strip() or title_in(source)
    year = year or year_in(source)
    if not 1990 <= year <= 2100:
        raise BadInput(_("%(year)s is no year of a report.") % {"year": year})
    found = find_slots(source.text, source.rows)
    template = Template.objects.create(
        organisation=organisation,
        key=_free_key(key, organisation, year),
        title=title[:300],
        year=year,
        text=source.text,
        source=keep_source(source),
        source_name=source.name[:200],
        warnings=[warning.as_json() for warning in warnings_for(source.text, found)],
        created_by=by,
    )
    Slot.objects.bulk_create(
        Slot(
            template=template,
            key=_KEY.format(number),
            start=slot.start,
            end=slot.end,
            text=slot.text[:200],
            context=slot.context,
            reading=slot.as_json(),
        )
        for number, slot in enumerate(found, 1)
    )
    audit.record("template.create", template, by=by, slots=len(found))
    return template


@transaction.atomic
def carry_over(*, template: Template, previous: Template, by: Account | None) -> Carried:
    """Bind the unbound slots as the same words were bound in an older template.

    Indicators and names come over; a constant only where the new text prints the same words, since
    last year's number must never be printed as this year's.
    """
    if template.pk == previous.pk:
        raise BadInput(_("A template cannot carry over from itself."))
    free = list(template.slots.filter(binding="").select_related("template"))
    old = list(previous.slots.exclude(binding="").select_related("template", "indicator__current"))
    bound = [
        slot
        for slot in (_taken_over(m.slot, m.previous, by) for m in match_slots(free, old))
        if slot
    ]
    Slot.objects.bulk_update(bound, _BOUND_FIELDS)
    template.previous = previous
    template.save(update_fields=["previous"])
    audit.record("template.carry_over", template, by=by, previous=previous.key, bound=len(bound))
    return Carried(len(bound), len(free) - len(bound))


_BOUND_FIELDS = [
    "binding", "indicator", "period", "scope", "printing", "wording", "bound_at", "bound_by",
]  # fmt: skip


@transaction.atomic
def discard_template(*, template: Template, by: Account | None) -> None:
    """Throw a template away. Raises BadInput when a report was made from it."""
    if template.reports.exists():
        raise BadInput(_("Reports were made from “%(title)s”.") % {"title": template.title})
    audit.record("template.discard", template, by=by)
    template.delete()


def title_in(source: Source) -> str:
    """The document's first line that reads like a title, else the file's name."""
    for line in source.text.splitlines()[:12]:
        line = line.strip(" \u3000\t")
        if 5 <= len(line) <= 60 and not re.search(r"[。；！？]$|号$", line):
            return line
    return source.stem


def year_in(source: Source) -> int:
    """The year the document speaks of: in its title, else the one named most, else last year."""
    head = _YEAR.search(title_in(source)) or _YEAR.search(source.stem)
    if head:
        return int(head[1])
    years = _YEAR.findall(source.text[:3000])
    return int(max(years, key=years.count)) if years else date.today().year - 1


def _free_key(key: str, organisation: Organisation, year: int) -> str:
    if key:
        if Template.objects.filter(key=key).exists():
            raise BadInput(_("There is a template “%(key)s” already.") % {"key": key})
        return key
    base = f"{re.sub(r'[^a-z0-9]+', '-', organisation.code.lower()).strip('-') or 'report'}-{year}"
    taken = set(Template.objects.filter(key__startswith=base).values_list("key", flat=True))
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (base, *numbered) if name not in taken)


def _taken_over(slot: Slot, old: Slot, by: Account | None) -> Slot | None:
    same_words = old.wording == slot.text or (not old.wording and old.text == slot.text)
    if old.binding in (Slot.Binding.CONSTANT, Slot.Binding.TEXT) and not same_words:
        return None
    slot.binding, slot.indicator = old.binding, old.indicator
    slot.period, slot.scope, slot.wording = old.period, old.scope, old.wording
    slot.printing = _printing_now(slot, old)
    slot.bound_at, slot.bound_by = timezone.now(), by
    return slot


def _printing_now(slot: Slot, old: Slot) -> dict[str, object]:
    """The new wording's own look, unless somebody had set the old one by hand."""
    if old.indicator is None or old.indicator.current is None:
        return old.printing
    edition = old.indicator.current
    edition.definition = old.indicator
    untouched = old.printing == printing_for(old, edition).model_dump(exclude_defaults=True)
    if untouched and inferred(slot).unit:
        return printing_for(slot, edition).model_dump(exclude_defaults=True)
    return old.printing
