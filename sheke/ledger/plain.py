"""Records as plain data: what the command line prints, and drafts from what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.queries import current_edition

from .content import ContentError, Draft
from .imports import cells
from .imports.lookups import Lookups
from .models import Record

OWN = {
    "type", "title", "date", "until", "organisation", "amounts", "fields", "note", "plan_item",
    "cohosts", "supporters",
}  # fmt: skip


def as_dict(record: Record) -> dict[str, Any]:
    """What a list says of a record. The organisation stands as its code; amounts as strings."""
    return {
        "id": record.pk,
        "type": record.edition.definition.key,
        "title": record.title,
        "date": record.happened_on.isoformat(),
        "until": record.ended_on.isoformat() if record.ended_on else None,
        "organisation": record.organisation.code,
        "amounts": record.amounts,
        "fields": record.attributes,
        "note": record.note,
        "plan_item": str(record.heading) if record.heading else None,
        "state": "reversed" if hasattr(record, "reversal") else "standing",
        "revision": record.revision,
        "posted_at": record.posted_at.isoformat(),
    }


def in_full(record: Record) -> dict[str, Any]:
    """A record with those that take part, its evidence and its versions."""
    taking = record.participations.select_related("organisation")
    evidence = record.evidence.select_related("stored")
    versions = record.versions.select_related("made_by", "closing")
    return {
        **as_dict(record),
        "cohosts": [p.organisation.code for p in taking if p.role == "cohost"],
        "supporters": [p.organisation.code for p in taking if p.role == "support"],
        "evidence": [
            {"name": e.name, "sha256": e.stored.sha256 if e.stored else None,
             "link": e.link or None, "withdrawn": e.withdrawn_at is not None}
            for e in evidence
        ],
        "versions": [
            {"number": v.number, "act": v.act, "at": v.made_at.isoformat(),
             "by": v.made_by.username if v.made_by else None, "reason": v.reason,
             "after_closing": str(v.closing) if v.closing else None, "content": v.content}
            for v in versions
        ],
    }  # fmt: skip


def drafts(items: Iterable[Any], lookups: Lookups) -> list[Draft]:
    """Checked drafts of records given as mappings. Raises BadInput naming the record and the field."""
    found = []
    for number, item in enumerate(items, start=1):
        try:
            found.append(_draft(item, lookups).checked())
        except ContentError as error:
            raise BadInput(_at(number, str(error))) from None
        except (ValueError, BadInput) as error:
            raise BadInput(_at(number, str(error))) from None
    return found


def _draft(item: Any, lookups: Lookups) -> Draft:
    if not isinstance(item, Mapping):
        raise ValueError(_("A record is an object with type, title, date, organisation."))
    if unknown := sorted(item.keys() - OWN):
        raise ValueError(_("There is no field: %(names)s.") % {"names": ", ".join(unknown)})
    if missing := sorted({"type", "title", "date", "organisation"} - item.keys()):
        raise ValueError(_("These are needed: %(names)s.") % {"names": ", ".join(missing)})
    organisation = lookups.own(str(item["organisation"]))
    day = cells.day(item["date"])
    heading = item.get("plan_item")
    return Draft(
        edition=current_edition("record_type", str(item["type"])),
        organisation=organisation,
        happened_on=day,
        ended_on=cells.day(item["until"]) if item.get("until") else None,
        title=str(item["title"]),
        amounts=item.get("amounts") or {},
        attributes=item.get("fields") or {},
        note=str(item.get("note") or ""),
        heading=lookups.heading(str(heading), organisation, day.year) if heading else None,
        cohosts=tuple(lookups.organisation(str(o)) for o in item.get("cohosts") or ()),
        supporters=tuple(lookups.organisation(str(o)) for o in item.get("supporters") or ()),
    )


def _at(number: int, message: str) -> str:
    return _("Record %(number)s: %(message)s") % {"number": number, "message": message}
