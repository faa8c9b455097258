"""Verbs: who is asked to review in a call, what they know, how much they take, what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.accounts.actions import invite
from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.actions import give_tenure
from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.notices.actions import tell
from sheke.notices.channels import channel_of

from ..guarding import locked_call, still_open
from ..models import Assignment, Call, Review, Reviewer
from ..reviewing.rosters import Line, read_lines
from ..telling import tell_office, tell_reviewers

MOST_LOAD = 500
REVIEWS = Tenure.Role.REVIEWER
REMIND_BEFORE = 2  # days before the answer is due


@dataclass
class Told:
    """How invitations went: told by notice, by a link that was sent, by one to hand over, by nothing."""

    accounts: int = 0
    links: int = 0
    by_hand: list[tuple[str, str]] = field(default_factory=list)  # name and link
    unreached: list[str] = field(default_factory=list)


@transaction.atomic
def add_reviewers(*, call: Call, people: Iterable[Person], by: Account | None) -> list[Reviewer]:
    """Put people on the list of reviewers, with the employer that their tenures say. Those who stand
    on it already are left out.
    """
    call = locked_call(call)
    still_open(call)
    held = set(call.reviewers.values_list("person_id", flat=True))
    wanted = {person.pk: person for person in people if person.pk not in held}
    employers = _employers(wanted)
    made = [
        Reviewer.objects.create(
            call=call, person=person, organisation=employers.get(number), made_by=by
        )
        for number, person in wanted.items()
    ]
    if made:
        audit.record("call.reviewers", call, by=by, added=[r.person_id for r in made])
    return made


@transaction.atomic
def copy_reviewers(*, call: Call, source: Call, by: Account | None) -> list[Reviewer]:
    """Take over the reviewers of an earlier call, without those who declined there."""
    call = locked_call(call)
    still_open(call)
    held = set(call.reviewers.values_list("person_id", flat=True))
    known = set(_discipline_keys(call))
    earlier = source.reviewers.exclude(accepted=False).exclude(person__in=held)
    made = []
    for one in earlier.filter(person__erasure=None).select_related("organisation"):
        made.append(
            Reviewer.objects.create(
                call=call, person_id=one.person_id, organisation=one.organisation, words=one.words,
                disciplines=[key for key in one.disciplines if key in known],
                load_least=one.load_least, load_most=one.load_most, made_by=by,
            )
        )  # fmt: skip
    if made:
        added = [r.person_id for r in made]
        audit.record("call.reviewers", call, by=by, added=added, source=source.key)
    return made


@transaction.atomic
def import_reviewers(
    *, call: Call, file: BinaryIO, name: str, by: Account | None, dry_run: bool = False
) -> list[Line]:
    """Add and change reviewers by a table. People are found by phone, mail, or name and employer;
    those whom the directory does not know are made. Raises BadInput with the rows that are wrong;
    then nothing is done. Returns a line for each row.
    """
    call = locked_call(call)
    still_open(call)
    lines = read_lines(call, file, name)
    if dry_run:
        return lines
    for line in lines:
        if line.person is None:
            line.person = Person.objects.create(name=line.name, phone=line.phone, email=line.email)
            audit.record("person.create", line.person, by=by)
        Reviewer.objects.update_or_create(
            call=call, person=line.person, defaults=line.values(),
            create_defaults={**line.values(), "made_by": by},
        )  # fmt: skip
    audit.record("call.reviewers", call, by=by, imported=len(lines), file=name[-200:])
    return lines


@transaction.atomic
def change_reviewer(*, reviewer: Reviewer, by: Account | None, **values: Any) -> Reviewer:
    """Change employer, disciplines, topic words and load. Raises BadInput for what cannot be."""
    still_open(reviewer.call)
    known = set(_discipline_keys(reviewer.call))
    if wrong := set(values.get("disciplines", ())) - known:
        raise BadInput(_("Unknown discipline: %(keys)s") % {"keys": "、".join(sorted(wrong))})
    _check_load(values.get("load_least"), values.get("load_most"))
    changed = [name for name, value in values.items() if getattr(reviewer, name) != value]
    for name in changed:
        setattr(reviewer, name, values[name])
    if changed:
        reviewer.save(update_fields=changed)
        audit.record(
            "reviewer.change", reviewer.call, by=by, person=reviewer.person_id, fields=changed
        )
    return reviewer


@transaction.atomic
def remove_reviewer(*, reviewer: Reviewer, by: Account | None) -> None:
    """Take somebody off the list who was never assigned anything."""
    if Assignment.objects.filter(reviewer=reviewer).exists():
        raise BadInput(_("%(name)s was assigned submissions and stays on the list; let them step aside.")
                       % {"name": reviewer})  # fmt: skip
    reviewer.conflicts.all().delete()
    audit.record("reviewer.remove", reviewer.call, by=by, person=reviewer.person_id)
    reviewer.delete()


@transaction.atomic
def invite_reviewers(
    *, call: Call, reviewers: Iterable[Reviewer], due_on: date, by: Account | None, site: str = ""
) -> Told:
    """Ask reviewers, by notice and mail; who has no account gets a link to make one.

    Who accepted is not asked again. Raises BadInput for a day that has passed.
    """
    call = locked_call(call)
    still_open(call)
    if due_on < timezone.localdate():
        raise BadInput(_("The day for the answer has passed."))
    wanted = [each.pk for each in reviewers]
    found = call.reviewers.select_for_update(of=("self",)).filter(pk__in=wanted)
    asked = list(found.exclude(accepted=True).select_related("person__account"))
    told, now = Told(), timezone.now()
    for reviewer in asked:
        reviewer.invited_at, reviewer.due_on = now, due_on
        reviewer.accepted, reviewer.answered_at, reviewer.reason = None, None, ""
        reviewer.save(update_fields=["invited_at", "due_on", "accepted", "answered_at", "reason"])
        _reach(reviewer, told, by, site)
    people = [reviewer.person_id for reviewer in asked]
    audit.record("call.invite_reviewers", call, by=by, people=people, due=due_on.isoformat())
    return told


def _reach(reviewer: Reviewer, told: Told, by: Account | None, site: str) -> None:
    person, call = reviewer.person, reviewer.call
    account = Account.objects.filter(person=person, is_active=True).first()
    if account is not None:
        tell_reviewers(
            "calls.review_asked", [account], call, letter="invited", due=str(reviewer.due_on),
            url=reverse("calls:review_invitation", args=[reviewer.pk]),
        )  # fmt: skip
        told.accounts += 1
        return
    try:
        told.links += _send_link(reviewer, told, by, site)
    except BadInput as error:
        told.unreached.append(f"{person.name}: {error}")


def _send_link(reviewer: Reviewer, told: Told, by: Account | None, site: str) -> int:
    """A link to make an account, by mail or phone; where neither can be used, for the office to hand
    over. Returns 1 where it was sent.
    """
    person, call = reviewer.person, reviewer.call
    if not person.tenures.exists():  # somebody from outside, who belongs here as a reviewer alone
        give_tenure(person=person, organisation=call.organisation, role=REVIEWS, by=by)
    known: dict[str, Any] = {
        "organisation": call.organisation, "role": REVIEWS, "name": person.name, "by": by,
        "phone": person.phone, "mail": person.email, "person": person, "site": site,
    }  # fmt: skip
    for channel, address in (("mail", person.email), ("sms", person.phone)):
        if address and channel_of(channel).ready():
            invite(channel=channel, **known)
            return 1
    _invitation, token = invite(**known)
    link = site.rstrip("/") + reverse("accounts:invitation", args=[token])
    told.by_hand.append((person.name, link))
    return 0


@transaction.atomic
def answer_invitation(
    *, reviewer: Reviewer, accepted: bool, by: Account | None, reason: str = ""
) -> Reviewer:
    """Accept or decline, with a reason. Who accepted and was assigned something steps aside instead."""
    reviewer = (
        Reviewer.objects.select_for_update(of=("self",)).select_related("call").get(pk=reviewer.pk)
    )
    still_open(reviewer.call)
    reason = " ".join(reason.split())[:300]
    if reviewer.invited_at is None:
        raise BadInput(_("There is no invitation."))
    if not accepted:
        if not reason:
            raise BadInput(_("Say why you decline."))
        if reviewer.assignments.in_force().exists():
            raise BadInput(
                _("Submissions are assigned to you already; step aside from them instead.")
            )
    reviewer.accepted, reviewer.answered_at = accepted, timezone.now()
    reviewer.reason = "" if accepted else reason
    reviewer.save(update_fields=["accepted", "answered_at", "reason"])
    audit.record(
        "reviewer.answer", reviewer.call, by=by, person=reviewer.person_id, accepted=accepted
    )
    kind = "calls.review_accepted" if accepted else "calls.review_declined"
    url = reverse("calls:reviewers", args=[reviewer.call_id])
    tell_office(kind, reviewer.call, by=by, url=url, reviewer=str(reviewer.person), reason=reason)
    return reviewer


@transaction.atomic
def remind_reviewers(*, call: Call, by: Account | None) -> int:
    """Remind those who have not answered and those who have reviews to write. Returns how many."""
    still_open(call)
    day = timezone.localdate().isoformat()
    count = _remind_unanswered(call.reviewers.filter(accepted=None), f"hand-{day}", by)
    for phase in call.phases.filter(begun_at__isnull=False, ended_at=None):
        phase.call = call
        count += _remind_of_reviews(phase, f"hand-{day}", by)
    audit.record("call.remind_reviewers", call, by=by, notices=count)
    return count


@transaction.atomic
def remind_reviewers_by_clock(*, today: date, by: Account | None) -> int:
    """What is due or late, and what was assigned and nobody was told of. Each is told once of each."""
    from ..models import Phase

    soon = today + timedelta(days=REMIND_BEFORE)
    waiting = Reviewer.objects.filter(
        accepted=None, due_on__range=(today, soon), call__closure=None
    )
    count = _remind_unanswered(waiting, "due", by)
    running = Phase.objects.filter(begun_at__isnull=False, ended_at=None, call__closure=None)
    for phase in running.select_related("call__edition__definition", "call__organisation"):
        if phase.definition.kind != "review":
            continue
        count += len(tell_assigned(phase=phase, by=by))
        if phase.due_on is not None and phase.due_on <= today + timedelta(days=3):
            late = "late" if phase.due_on < today else "due"
            count += _remind_of_reviews(phase, f"{late}-{phase.due_on}", by)
    if count:
        audit.record("call.remind_reviewers", None, by=by, notices=count)
    return count


@transaction.atomic
def tell_assigned(*, phase: Any, by: Account | None) -> list[Any]:
    """Tell reviewers who can begin that submissions wait; each once in a stage."""
    told = tell(
        kind="calls.to_review", to=_accounts_with_work(phase), by=None, call=phase.call.title,
        url=reverse("calls:reviews"), due=str(phase.due_on or ""), once=f"to-review-{phase.pk}",
    )  # fmt: skip
    if told:
        audit.record("call.tell_reviewers", phase.call, by=by, notices=len(told))
    return told


def _accounts_with_work(phase: Any) -> list[Account]:
    if not phase.is_running:
        return []
    open_ones = Assignment.objects.in_force().filter(
        call=phase.call_id, stage=phase.stage, reviewer__accepted=True,
        submission__blind__released_at__isnull=False,
    ).exclude(pk__in=Review.objects.filter(sent_at__isnull=False).values("assignment_id"))  # fmt: skip
    people = open_ones.order_by().values("reviewer__person_id")
    return list(Account.objects.filter(is_active=True, person__in=people))


def _remind_of_reviews(phase: Any, mark: str, by: Account | None) -> int:
    return tell_reviewers(
        "calls.review_due", _accounts_with_work(phase), phase.call, letter="reminder", by=by,
        url=reverse("calls:reviews"), due=str(phase.due_on or ""),
        once=f"review-{phase.pk}-{mark}",
    )  # fmt: skip


def _remind_unanswered(reviewers: Any, mark: str, by: Account | None) -> int:
    count = 0
    for reviewer in reviewers.filter(invited_at__isnull=False).select_related("call", "person"):
        accounts = Account.objects.filter(person=reviewer.person, is_active=True)
        count += tell_reviewers(
            "calls.review_asked", accounts, reviewer.call, letter="reminder",
            due=str(reviewer.due_on), url=reverse("calls:review_invitation", args=[reviewer.pk]),
            once=f"review-asked-{reviewer.pk}-{mark}",
        )  # fmt: skip
    return count


def _employers(people: Iterable[int]) -> dict[int, Organisation]:
    """Where each works today: the first tenure in which they do not review."""
    found: dict[int, Organisation] = {}
    tenures = Tenure.objects.filter(person__in=list(people)).at(timezone.localdate())
    for tenure in (
        tenures.exclude(role=Tenure.Role.REVIEWER).select_related("organisation").order_by("pk")
    ):
        found.setdefault(tenure.person_id, tenure.organisation)
    return found


def _discipline_keys(call: Call) -> list[str]:
    field_ = call.programme.used_as("discipline")
    return [choice.key for choice in field_.choices] if field_ else []


def _check_load(least: int | None, most: int | None) -> None:
    for value in (least, most):
        if value is not None and not 0 <= value <= MOST_LOAD:
            raise BadInput(_("A load is a number from 0 to %(most)s.") % {"most": MOST_LOAD})
    if least is not None and most is not None and least > most:
        raise BadInput(_("The least load must not be above the most."))
