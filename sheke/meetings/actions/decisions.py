"""Verbs of decisions: decide, rewrite, hand on as duties, settle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation, Person
from sheke.plans import actions as planning
from sheke.plans.models import Duty, Item, Plan

from ..minutes import check_open
from ..models import AgendaItem, Decision, DecisionDuty, Meeting, Settlement

TITLE = 60


@transaction.atomic
def decide(
    *, meeting: Meeting, text: str, by: Account | None, agenda: AgendaItem | None = None
) -> Decision:
    """One more numbered decision of the meeting, under a point of its agenda."""
    check_open(meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    made = Decision.objects.create(
        meeting=meeting, agenda=agenda, number=last + 1, text=_text(text), made_by=by
    )
    audit.record("meeting.decide", meeting, by=by, decision=made.pk, number=made.number)
    return made


@transaction.atomic
def rewrite_decision(*, decision: Decision, text: str, by: Account | None) -> None:
    check_open(decision.meeting)
    decision.text = _text(text)
    decision.save(update_fields=["text"])
    audit.record("meeting.rewrite_decision", decision.meeting, by=by, decision=decision.pk)


@transaction.atomic
def drop_decision(*, decision: Decision, by: Account | None) -> None:
    """Take a decision back; those behind it move up. BadInput when duties came of it."""
    check_open(decision.meeting)
    if decision.links.exists():
        raise BadInput(_("Duties came of this decision; it stays."))
    audit.record("meeting.drop_decision", decision.meeting, by=by, number=decision.number)
    meeting = decision.meeting
    decision.delete()
    for number, one in enumerate(meeting.decisions.order_by("number"), 1):
        if one.number != number:
            one.number = number
            one.save(update_fields=["number"])


@transaction.atomic
def give_duties(
    *, decision: Decision, plan: Plan, lead: Organisation, by: Account | None,
    place: Item | None = None, as_new: bool = True, title: str = "", person: Person | None = None,
    supporters: Iterable[Organisation] = (), due: date | None = None,
) -> list[Duty]:  # fmt: skip
    """Make a decision the work of somebody: duties on `place`, or on a new item below it.

    Without a place the new item stands at the end of the plan. The duties lead back to the decision.
    """
    if not as_new and place is None:
        raise BadInput(_("Choose the item of the plan."))
    item = _new_item(plan, place, title or decision.text, by) if as_new or place is None else place
    origin = planning.Origin(
        _("%(meeting)s, decision %(n)s") % {"meeting": decision.meeting, "n": decision.number},
        f"{reverse('meetings:detail', args=[decision.meeting_id])}#decision-{decision.pk}",
    )
    parts = [(lead, Duty.Role.LEAD, person)]
    parts += [(one, Duty.Role.SUPPORT, None) for one in supporters if one != lead]
    duties = [
        planning.assign_duty(
            item=item, organisation=organisation, role=role, person=named, due=due, origin=origin,
            by=by,
        )
        for organisation, role, named in parts
    ]  # fmt: skip
    links = [DecisionDuty(decision=decision, duty=duty) for duty in duties]
    DecisionDuty.objects.bulk_create(links, ignore_conflicts=True)
    decision.item = item
    decision.save(update_fields=["item"])
    audit.record(
        "meeting.give_duties", decision.meeting, by=by, decision=decision.pk, item=item.pk,
        duties=[duty.pk for duty in duties],
    )  # fmt: skip
    return duties


@transaction.atomic
def settle_decision(*, decision: Decision, note: str, by: Account | None) -> Settlement:
    """Say that a decision is carried out, and how."""
    note = note.strip()
    if not note:
        raise BadInput(_("Say how the decision was carried out."))
    made, _new = Settlement.objects.update_or_create(
        decision=decision, defaults={"note": note[:300], "by": by}
    )
    audit.record("meeting.settle_decision", decision.meeting, by=by, decision=decision.pk)
    return made


@transaction.atomic
def unsettle_decision(*, decision: Decision, by: Account | None) -> None:
    """Take that back."""
    if Settlement.objects.filter(decision=decision).delete()[0]:
        audit.record("meeting.unsettle_decision", decision.meeting, by=by, decision=decision.pk)


def _text(text: str) -> str:
    text = text.strip()
    if not text:
        raise BadInput(_("Write what was decided."))
    return text[:4000]


def _new_item(plan: Plan, parent: Item | None, words: str, by: Account | None) -> Item:
    first = words.strip().splitlines()[0]
    title = first.split("。")[0][:TITLE] or first[:TITLE]
    kind = (
        Item.Kind.ITEM if parent is None or parent.kind == Item.Kind.CHAPTER else Item.Kind.ACTION
    )
    item = planning.add_item(plan=plan, title=title, kind=kind, by=by)
    if parent is not None:
        planning.move_item(item=item, parent=parent, by=by)
        item.refresh_from_db()
    if words.strip() != title:
        planning.rewrite_item(
            item=item, number=item.number, title=title, text=words.strip(), kind=kind, by=by
        )
        item.refresh_from_db()
    return item
