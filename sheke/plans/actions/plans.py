"""Verbs of a plan as a whole: import, make empty, describe, delete."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.documents import Document
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.ledger.models import Heading, Record, StoredFile

from ..models import Duty, Item, Plan, Target
from ..reading import PlanItem, PlanText
from .headings import sync_headings

TITLE_LENGTH = 300
_CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}


@transaction.atomic
def import_plan(
    *, organisation: Organisation, read: PlanText, by: Account | None, year: int | None = None,
    document: Document | None = None, data: bytes = b"", next_steps_only: bool = False,
) -> Plan:  # fmt: skip
    """Make a plan of a document that was read; `data` is the file itself, which is kept.

    `next_steps_only` leaves out what a summary says was done. Duties that the text names are given
    where the name is that of an organisation below. BadInput without items or without a year.
    """
    items = [item for item in read.items if item.next_step or not next_steps_only]
    if not items:
        raise BadInput(_("The document holds no items; number its headings or write them below."))
    plan = create_plan(
        organisation=organisation,
        year=year or read.year or timezone.localdate().year,
        title=read.title,
        by=by,
    )
    plan.introduction = read.introduction
    plan.boilerplate = "\n".join(part.text for part in read.preamble + read.boilerplate)
    if document is not None and data:
        plan.source, plan.source_name = _kept(document, data), document.name[:200]
    plan.save()
    made = _create_items(plan, items)
    sync_headings(plan)
    _give_named_duties(plan, items, made)
    audit.record("plan.import", plan, by=by, items=len(items), source=plan.source_name)
    return plan


@transaction.atomic
def create_plan(*, organisation: Organisation, year: int, title: str, by: Account | None) -> Plan:
    """An empty plan, to be written by hand."""
    if not 2000 <= year <= 2100:
        raise BadInput(_("The year must lie between 2000 and 2100."))
    title = title.strip() or _("Plan %(year)s") % {"year": year}
    plan = Plan.objects.create(
        organisation=organisation, year=year, title=title[:TITLE_LENGTH], created_by=by
    )
    audit.record("plan.create", plan, by=by)
    return plan


@transaction.atomic
def describe_plan(
    *, plan: Plan, title: str, year: int, by: Account | None, escalate_after: int | None = None
) -> None:
    """Give another title or year; deadlines and goals keep their dates.

    escalate_after: days after which leaders are told of an overdue duty; None keeps what stands.
    """
    plan.title, plan.year = title[:TITLE_LENGTH], year
    if escalate_after is not None:
        plan.escalate_after = escalate_after
    plan.save(update_fields=["title", "year", "escalate_after"])
    Heading.objects.filter(item__plan=plan).update(year=year)
    audit.record("plan.describe", plan, by=by, title=title, year=year)


@transaction.atomic
def delete_plan(*, plan: Plan, by: Account | None) -> None:
    """Delete a plan nothing was recorded under yet. BadInput when something was."""
    headings = list(Heading.objects.filter(item__plan=plan).values_list("pk", flat=True))
    filed = Record.objects.filter(heading__in=headings).count()
    if filed:
        raise BadInput(
            _("%(count)s records are filed under this plan; it stays.") % {"count": filed}
        )
    audit.record("plan.delete", plan, by=by)
    for target in Target.objects.filter(item__plan=plan).select_related("goal"):
        target.delete()
        target.goal.delete()
    plan.delete()
    Heading.objects.filter(pk__in=headings).delete()


def _kept(document: Document, data: bytes) -> StoredFile:
    stored, new = StoredFile.objects.get_or_create(
        sha256=document.sha256,
        defaults={"size": len(data), "content_type": _CONTENT_TYPES[document.kind]},
    )
    if new:
        stored.file.save(f"{document.sha256}.{document.kind}", ContentFile(data))
    return stored


def _create_items(plan: Plan, items: list[PlanItem]) -> dict[int, Item]:
    """The items in reading order; one statement a level, since a child needs its parent's number."""
    made: dict[int, Item] = {}
    levels = {item.id: item.level for item in items}
    for level in sorted(set(levels.values())):
        batch = {
            item.id: Item(
                plan=plan, parent=made.get(item.parent or 0), position=position,
                number=item.number[:40], level=item.level, kind=item.kind,
                title=item.title[:500] or item.text[:80] or item.number,
                text=item.text, proposals=_proposals(item),
            )
            for position, item in enumerate(items, 1)
            if item.level == level
        }  # fmt: skip
        Item.objects.bulk_create(batch.values())
        made |= batch
    return made


def _proposals(item: PlanItem) -> dict[str, object]:
    data = item.as_json()
    return {
        "targets": data["targets"],
        "due": data["deadlines"],
        "duties": data["duties"],
        "date": data["due"],
    }


def _give_named_duties(plan: Plan, items: list[PlanItem], made: dict[int, Item]) -> None:
    """Names in the text become duties where exactly one organisation is called so."""
    known = _organisations_by_name(plan.organisation)
    duties = []
    for item in items:
        seen: set[int] = set()
        for _place, named in item.duties:
            organisation = known.get(named.name)
            if named.role in {"lead", "support"} and organisation and organisation.pk not in seen:
                seen.add(organisation.pk)
                duties.append(
                    Duty(
                        item=made[item.id], organisation=organisation, role=named.role, due=item.due
                    )
                )
    Duty.objects.bulk_create(duties)


def _organisations_by_name(root: Organisation) -> dict[str, Organisation]:
    """Organisations at and below `root` by name and short name; ambiguous names are left out."""
    known: dict[str, Organisation | None] = {}
    for organisation in Organisation.objects.below(root):
        for name in {organisation.name, organisation.short_name} - {""}:
            known[name] = None if name in known else organisation
    return {name: organisation for name, organisation in known.items() if organisation}
