"""Conflicts of interest: found, pinned, declared, lifted."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.calls.actions.conflicts import declare_conflict, lift_conflict, pin_conflicts
from sheke.calls.models import Conflict, Member, Step
from sheke.calls.reviewing import coauthors
from sheke.calls.reviewing.finding import find_conflicts
from sheke.core.errors import BadInput
from sheke.directory.models import Tenure
from tests import factories
from tests.calls import factories as calls

from .worlds import World, add_reviewer, world

pytestmark = pytest.mark.django_db


def kinds(made: World) -> set[tuple[int, int, str]]:
    return set(Conflict.objects.values_list("reviewer_id", "submission_id", "kind"))


def test_reviewers_of_other_units_have_none() -> None:
    made = world()
    assert pin_conflicts(call=made.call, by=made.office) == 0


def test_everything_below_one_unit_is_one_employer() -> None:
    made = world(reviewers=0, submissions=2)
    college = factories.organisation(made.units[0])
    reviewer = add_reviewer(made, college)
    pin_conflicts(call=made.call, by=made.office)
    assert kinds(made) == {(reviewer.pk, made.submissions[0].pk, "employer")}


def test_a_past_employer_counts_when_the_other_works_there_now() -> None:
    made = world(reviewers=1, submissions=2)
    reviewer = made.reviewers[0]
    Tenure.objects.create(
        person=reviewer.person, organisation=made.units[1], role="member",
        since=date(2010, 1, 1), until=date(2015, 12, 31),
    )  # fmt: skip
    pin_conflicts(call=made.call, by=made.office)
    conflict = Conflict.objects.get()
    assert (conflict.submission, conflict.kind) == (made.submissions[1], "employer")
    assert "2010" in conflict.note and "2015" in conflict.note


def test_two_who_both_left_a_unit_have_none() -> None:
    made = world(reviewers=1, submissions=1)
    old = factories.organisation(made.city)
    lead = made.submissions[0].members.get().person
    for person in (made.reviewers[0].person, lead):
        Tenure.objects.create(
            person=person, organisation=old, role="member", until=date(2015, 1, 1)
        )
    assert pin_conflicts(call=made.call, by=made.office) == 0


def test_who_takes_part_has_one_by_person_or_by_phone() -> None:
    made = world(reviewers=2, submissions=2)
    first, second = made.reviewers
    Member.objects.create(
        submission=made.submissions[0], role="member", person=first.person, name=first.person.name
    )
    second.person.phone = "13900001111"
    second.person.save()
    Member.objects.create(
        submission=made.submissions[1], role="member", name=second.person.name, phone="13900001111"
    )
    pin_conflicts(call=made.call, by=made.office)
    assert {
        (first.pk, made.submissions[0].pk, "self"), (second.pk, made.submissions[1].pk, "self"),
    } <= kinds(made)  # fmt: skip


def test_who_applied_together_in_another_call_has_one() -> None:
    made = world(reviewers=1, submissions=2)
    lead = made.submissions[1].members.get().person
    earlier = calls.submission(calls.call(made.call.edition, made.city), made.units[0])
    for person in (lead, made.reviewers[0].person):
        Member.objects.create(submission=earlier, role="member", person=person, name=person.name)
    pin_conflicts(call=made.call, by=made.office)
    assert kinds(made) == {(made.reviewers[0].pk, made.submissions[1].pk, "coapplicant")}


def test_sources_of_works_tell_coauthors(monkeypatch: pytest.MonkeyPatch) -> None:
    made = world(reviewers=1, submissions=2)
    mine = made.reviewers[0].person_id
    theirs = made.submissions[0].members.get().person_id
    monkeypatch.setattr(coauthors, "FINDERS", [lambda _r, _a: [(mine, theirs, "县域治理研究")]])
    pin_conflicts(call=made.call, by=made.office)
    assert Conflict.objects.get().kind == "coauthor"
    assert "县域治理研究" in Conflict.objects.get().note


def test_what_was_found_stays_and_what_was_lifted_stays_lifted() -> None:
    made = world(reviewers=1, submissions=2)
    tenure = Tenure.objects.create(
        person=made.reviewers[0].person, organisation=made.units[0], role="member",
        until=date(2015, 12, 31),
    )  # fmt: skip
    pin_conflicts(call=made.call, by=made.office)
    tenure.delete()
    assert pin_conflicts(call=made.call, by=made.office) == 0
    conflict = Conflict.objects.get()
    lift_conflict(conflict=conflict, reason="十年前已调离，无往来", by=made.office)
    assert pin_conflicts(call=made.call, by=made.office) == 0
    step = Step.objects.get(act="lifted")
    assert step.reason == "十年前已调离，无往来" and step.by == made.office


def test_lifting_needs_a_reason_and_never_helps_colleagues() -> None:
    made = world(reviewers=0, submissions=2)
    add_reviewer(made, made.units[0])
    pin_conflicts(call=made.call, by=made.office)
    conflict = Conflict.objects.get()
    for reason in ("", "他们不熟"):
        with pytest.raises(BadInput):
            lift_conflict(conflict=conflict, reason=reason, by=made.office)
    assert Conflict.objects.get().lifted_at is None


def test_a_declared_one_that_was_lifted_stands_again() -> None:
    made = world(reviewers=1, submissions=1)
    say = {"reviewer": made.reviewers[0], "submission": made.submissions[0], "by": made.office}
    conflict = declare_conflict(kind="teacher", note="导师", **say)
    lift_conflict(conflict=conflict, reason="误报", by=made.office)
    declare_conflict(kind="teacher", note="核实属实", **say)
    assert Conflict.objects.get().lifted_at is None


def test_the_search_asks_few_queries_whatever_the_size(
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    made = world(reviewers=9, submissions=8)
    reviewers = list(made.call.reviewers.select_related("person", "organisation"))
    submissions = list(made.call.submissions.select_related("organisation", "call"))
    with django_assert_max_num_queries(4):
        find_conflicts(reviewers, submissions)
