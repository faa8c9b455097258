"""A call at its review: submissions of several organisations, reviewers of others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sheke.calls.actions.assigning import deploy_plan, propose_plan
from sheke.calls.actions.packets import make_packets, release_packets, settle_findings
from sheke.calls.models import Assignment, Call, Packet, Phase, Reviewer, Submission
from sheke.calls.reviewing import packing
from sheke.directory.models import Account, Organisation
from tests import factories
from tests.calls import factories as calls

BEFORE = ("collect", "recommend", "check", "copycheck")


@dataclass
class World:
    """`accounts` are the reviewers', in their order; `office` is staff of the calling organisation."""

    city: Organisation
    call: Call
    office: Account
    units: list[Organisation]
    submissions: list[Submission]
    reviewers: list[Reviewer] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)

    @property
    def phase(self) -> Phase:
        phase = self.call.phases.get(stage="review")
        phase.call = self.call
        return phase

    def deployed(self, seed: int = 1) -> list[Assignment]:
        """A plan in force."""
        deploy_plan(plan=propose_plan(phase=self.phase, by=self.office, seed=seed), by=self.office)
        return list(Assignment.objects.in_force().order_by("pk"))

    def released(self) -> None:
        """Packets made, every finding kept, all released."""
        make_packets(call=self.call, stage="review", by=self.office)
        for packet in Packet.objects.filter(open__gt=0):
            keys = [each["key"] for each in packing.marked(packet.findings, packet.settled)]
            settle_findings(packet=packet, keys=keys, decision="kept", by=self.office)
        release_packets(call=self.call, packets=Packet.objects.all(), by=self.office)

    def end(self) -> None:
        """The stage is over, its submissions still stand at it."""
        self.call.phases.filter(stage="review").update(ended_at=timezone.now())

    def account_of(self, reviewer: Reviewer) -> Account:
        return self.accounts[[each.pk for each in self.reviewers].index(reviewer.pk)]


def world(
    *, submissions: int = 4, reviewers: int = 6, reviews: int = 2, values: dict[str, Any] | None = None,
    **stage: Any,
) -> World:  # fmt: skip
    """Submissions at the review of a running call; each reviewer is of an organisation of their own."""
    edition = calls.programme(stages=_stages(reviews, stage))
    city = factories.organisation(kind="federation")
    call = calls.call(edition, city, begun=("review",), ended=BEFORE)
    units = [factories.organisation(city) for _n in range(max(2, submissions // 2))]
    made = World(city, call, factories.account(city, "staff"), units, [])
    for n in range(submissions):
        by = factories.account(units[n % len(units)], "member")
        made.submissions.append(
            calls.submission(call, units[n % len(units)], by=by, stage="review", values=values)
        )
    for _n in range(reviewers):
        add_reviewer(made)
    return made


def add_reviewer(made: World, organisation: Organisation | None = None, **fields: Any) -> Reviewer:
    """Somebody who accepted, with an account."""
    organisation = organisation or factories.organisation(made.city)
    account = factories.account(organisation, "member")
    now = timezone.now()
    fields = {
        "accepted": True, "invited_at": now, "answered_at": now, "disciplines": ["economics"],
        "due_on": timezone.localdate() + timedelta(days=5),
    } | fields  # fmt: skip
    one = Reviewer.objects.create(
        call=made.call, person=account.person, organisation=organisation, **fields
    )
    made.reviewers.append(one)
    made.accounts.append(account)
    return one


def _stages(reviews: int, changes: dict[str, Any]) -> list[dict[str, Any]]:
    stages = calls.grant()["stages"]
    for stage in stages:
        if stage["key"] == "review":
            stage |= {"reviews": reviews} | changes
    return stages
