"""sheke report templates, and sheke report template import|show|propose|bind|accept|carry"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition
from sheke.indicators.catalogue import Catalogue
from sheke.reports.actions import slots as verbs
from sheke.reports.actions.accepting import accept_sure_proposals
from sheke.reports.actions.templates import carry_over, create_template
from sheke.reports.models import Slot, Template
from sheke.reports.proposals import printing_for, propose
from sheke.reports.sources import read_source_file

from .finding import find_organisation, find_template
from .output import print_json


def show_templates(*, as_json: bool) -> None:
    """List all templates, the latest year first."""
    found = (
        Template.objects.select_related("organisation")
        .annotate(all=Count("slots"), bound=Count("slots", filter=~Q(slots__binding="")))
        .order_by("-year", "-id")
    )
    rows = [
        {
            "key": template.key, "title": template.title, "year": template.year,
            "organisation": template.organisation.code, "slots": template.all,
            "bound": template.bound,
        }
        for template in found
    ]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        _print_rows(rows)


@transaction.atomic
def import_template(
    path: Path,
    *,
    organisation: str,
    title: str,
    year: int | None,
    key: str,
    carry_from: str,
    accept: bool,
    as_json: bool,
) -> None:
    """Keep a document as a template; bind what an older template or sure proposals give."""
    template = create_template(
        organisation=find_organisation(organisation),
        source=read_source_file(path),
        by=None,
        title=title,
        year=year,
        key=key,
    )
    carried = accepted = 0
    if carry_from:
        previous = find_template(carry_from)
        carried = carry_over(template=template, previous=previous, by=None).bound
    if accept:
        accepted = accept_sure_proposals(template=template, by=None)
    told = {
        "key": template.key, "title": template.title, "year": template.year,
        "slots": template.slots.count(), "carried": carried, "accepted": accepted,
        "warnings": template.warnings,
    }  # fmt: skip
    if as_json:
        print_json(told)
    else:
        for warning in template.warnings:
            print(f"{warning['text']}: {warning['message']}")
        print(
            _("%(key)s: %(slots)s slots, %(carried)s carried over, %(accepted)s bound to proposals")
            % told
        )


def show_template(name: str, *, as_json: bool) -> None:
    """The slots of a template and what they are bound to."""
    template = find_template(name)
    rows = [_slot_row(slot) for slot in template.slots.select_related("indicator")]
    if as_json:
        print_json({"key": template.key, "title": template.title, "slots": rows})
    else:
        _print_rows([{**row, "period": row["period"] or "", "printing": ""} for row in rows])


def show_proposals(name: str, slot: str, *, as_json: bool) -> None:
    """The ranked proposals of one slot, or of all."""
    template = find_template(name)
    catalogue = Catalogue.load()
    slots = (
        [_slot(template, slot)] if slot else list(template.slots.select_related("template__source"))
    )
    rows = [
        {
            "slot": one.key, "text": one.text, "indicator": found.key,
            "name": str(found.edition.indicator.name), "score": found.score,
            "reasons": list(found.reasons), "period": found.period, "scope": found.scope,
            "printing": found.printing,
        }
        for one in slots
        for found in propose(one, catalogue)
    ]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        shown = ("slot", "text", "indicator", "name", "score")
        _print_rows([{key: row[key] for key in shown} for row in rows])


def bind(
    name: str, slot: str, *, indicator: str, until: str, words: dict[str, str], as_json: bool
) -> None:
    """Bind a slot to an indicator or to words."""
    held = _slot(find_template(name), slot)
    given = {binding: wording for binding, wording in words.items() if wording}
    if len(given) + bool(indicator) != 1:
        raise BadInput(_("Give one of --indicator, --constant, --name, --text."))
    if given:
        ((binding, wording),) = given.items()
        verbs.word_slot(slot=held, binding=binding, wording=wording, by=None)
    else:
        _bind_indicator(held, indicator, until)
    if as_json:
        print_json(_slot_row(held))
    else:
        print(f"{held.key} {held.text} → {indicator or held.wording}")


def accept(name: str, *, least: float, as_json: bool) -> None:
    """Bind every slot whose first proposal leaves little doubt."""
    count = accept_sure_proposals(template=find_template(name), by=None, least=least)
    _tell({"bound": count}, as_json)


def carry(name: str, previous: str, *, as_json: bool) -> None:
    """Carry bindings over from an older template."""
    done = carry_over(template=find_template(name), previous=find_template(previous), by=None)
    _tell({"bound": done.bound, "left": done.left}, as_json)


def _bind_indicator(held: Slot, key: str, until: str) -> None:
    catalogue = Catalogue.load()
    edition = catalogue.indicator(key)
    proposed = next((one for one in propose(held, catalogue) if one.key == key), None)
    printing = printing_for(held, edition).model_dump(exclude_defaults=True)
    period = {"until": until} if until else (proposed.period if proposed else {})
    definition: Definition = edition.definition
    verbs.bind_slot(
        slot=held, indicator=definition, period=period,
        scope=proposed.scope if proposed else {}, printing=printing, by=None,
    )  # fmt: skip


def _slot(template: Template, key: str) -> Slot:
    slot = template.slots.select_related("template__source").filter(key=key).first()
    if slot is None:
        raise BadInput(
            _("%(template)s has no slot “%(key)s”.") % {"template": template.key, "key": key}
        )
    return slot


def _slot_row(slot: Slot) -> dict[str, Any]:
    return {
        "key": slot.key, "text": slot.text, "start": slot.start, "end": slot.end,
        "binding": slot.binding, "indicator": slot.indicator.key if slot.indicator else None,
        "wording": slot.wording, "period": slot.period, "scope": slot.scope,
        "printing": slot.printing,
    }  # fmt: skip


def _tell(told: dict[str, int], as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        print(", ".join(f"{name} {count}" for name, count in told.items()))


def _print_rows(rows: list[dict[str, Any]]) -> None:
    table = Table(*(rows[0] if rows else ("key",)), box=None)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row.values()))
    Console().print(table)
