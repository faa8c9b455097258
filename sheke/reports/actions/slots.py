"""Verbs of slots: bind, unbind, add, remove."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.directory.models import Account
from sheke.reports.models import Slot, Template
from sheke.reports.printing import read_printing
from sheke.reports.slots import find_slots
from sheke.reports.slots.sentences import Boundaries

_STATE = ("binding", "indicator_id", "period", "scope", "printing", "wording")
_SCOPE_KEYS = {"kinds", "own", "organisation"}
_PERIOD_KEYS = {"until", "first", "last", "years"}


@transaction.atomic
def bind_slot(
    *,
    slot: Slot,
    by: Account | None,
    indicator: Definition | None = None,
    period: dict[str, Any] | None = None,
    scope: dict[str, Any] | None = None,
    printing: dict[str, Any] | None = None,
) -> Slot:
    """Bind a slot to an indicator. Raises BadInput for a declaration that nothing can read."""
    if indicator is None or indicator.kind != Definition.Kind.INDICATOR:
        raise BadInput(_("Choose an indicator."))
    if wrong := set(period or {}) - _PERIOD_KEYS or set(scope or {}) - _SCOPE_KEYS:
        raise BadInput(_("“%(key)s” is unknown.") % {"key": min(wrong)})
    slot.binding, slot.indicator, slot.wording = Slot.Binding.INDICATOR, indicator, ""
    slot.period, slot.scope = dict(period or {}), dict(scope or {})
    slot.printing = read_printing(printing).model_dump(exclude_defaults=True)
    return _keep(slot, by, indicator=indicator.key)


@transaction.atomic
def word_slot(*, slot: Slot, binding: str, wording: str, by: Account | None) -> Slot:
    """Bind a slot to words: a constant, a name or a free text. A constant may keep the old words."""
    if binding not in (Slot.Binding.CONSTANT, Slot.Binding.NAME, Slot.Binding.TEXT):
        raise BadInput(_("“%(key)s” is unknown.") % {"key": binding})
    wording = " ".join(wording.split())
    if not wording and binding == Slot.Binding.CONSTANT and not slot.reading.get("blank"):
        wording = slot.text
    if not wording:
        raise BadInput(_("Write the words that are to be printed here."))
    if len(wording) > 500:
        raise BadInput(_("A wording may have at most 500 characters."))
    slot.binding, slot.indicator, slot.wording = binding, None, wording
    slot.period, slot.scope, slot.printing = {}, {}, {}
    return _keep(slot, by, wording=wording)


@transaction.atomic
def unbind_slot(*, slot: Slot, by: Account | None) -> Slot:
    """Leave a slot open again."""
    slot.binding, slot.indicator, slot.wording = "", None, ""
    slot.period, slot.scope, slot.printing = {}, {}, {}
    return _keep(slot, by)


@transaction.atomic
def restore_slot(*, slot: Slot, state: dict[str, Any], by: Account | None) -> Slot:
    """Bind a slot as `binding_state` described it before."""
    for name in _STATE:
        setattr(slot, name, state[name])
    return _keep(slot, by, restored=True)


@transaction.atomic
def add_slot(*, template: Template, start: int, end: int, by: Account | None) -> Slot:
    """Mark words that the finder left out. Raises BadInput when they overlap a slot or leave a line."""
    text = template.text
    start, end = _trimmed(text, start, end)
    if end - start > 200 or "\n" in text[start:end]:
        raise BadInput(_("A slot lies within one line and has at most 200 characters."))
    clash = template.slots.filter(start__lt=end, end__gt=start).first()
    if clash is not None:
        raise BadInput(_("This overlaps the slot “%(text)s”.") % {"text": clash.text})
    first, last = Boundaries(text).clause(start, end)
    slot = Slot.objects.create(
        template=template,
        key=_next_key(template),
        start=start,
        end=end,
        text=text[start:end],
        context=text[first:last].strip(),
        reading=_reading(text[start:end]),
    )
    audit.record("slot.add", template, by=by, slot=slot.key, text=slot.text)
    return slot


@transaction.atomic
def remove_slot(*, slot: Slot, by: Account | None) -> None:
    """The words are no slot after all. Raises BadInput when a report has a figure in its place."""
    if slot.figures.exists():
        raise BadInput(_("A report has a figure in the place of “%(text)s”.") % {"text": slot.text})
    audit.record("slot.remove", slot.template, by=by, slot=slot.key, text=slot.text)
    slot.delete()


def binding_state(slot: Slot) -> dict[str, Any]:
    """How a slot is bound, as JSON, for `restore_slot`."""
    return {name: getattr(slot, name) for name in _STATE}


def _keep(slot: Slot, by: Account | None, **data: Any) -> Slot:
    slot.bound_at = timezone.now() if slot.binding else None
    slot.bound_by = by if slot.binding else None
    slot.save()
    verb = "slot.bind" if slot.binding else "slot.unbind"
    audit.record(verb, slot.template, by=by, slot=slot.key, binding=slot.binding, **data)
    return slot


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start < end <= len(text):
        raise BadInput(_("Choose some words of the text."))
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start >= end:
        raise BadInput(_("Choose some words of the text."))
    return start, end


def _reading(words: str) -> dict[str, Any]:
    """What the finder makes of the words alone; {} for a name."""
    found = find_slots(f"共{words}。")
    return found[0].as_json() if len(found) == 1 and found[0].text == words else {}


def _next_key(template: Template) -> str:
    numbers = [
        int(key[1:])
        for key in template.slots.values_list("key", flat=True)
        if key[:1] == "s" and key[1:].isdigit()
    ]
    return f"s{max(numbers, default=0) + 1:03}"
