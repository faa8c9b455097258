"""What is held of somebody as reviewer, winner, objector: told to themselves, taken away at erasure."""

from __future__ import annotations

import pytest
from django.utils import timezone

from sheke.calls.models import (
    Award,
    Certificate,
    Conflict,
    Objection,
    ObjectionAnswer,
    PublicNotice,
    Review,
)
from sheke.directory.actions import erase_person
from sheke.directory.holdings import held_of, mentions_of
from tests.calls import factories as calls
from tests.calls.reviewing.worlds import world
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db


def held(person):
    return {one.holding.key: one.rows for one in held_of(person)}


@pytest.fixture
def made():
    one = world(submissions=2, reviewers=3)
    one.released()
    one.deployed()
    return one


def test_a_reviewer_is_told_everything_and_no_applicant(made) -> None:
    first = made.call.assignments.order_by("pk")[0]
    reviewer, submission = first.reviewer, first.submission
    submission.refresh_from_db()
    Review.objects.create(assignment=first, comment="好", private="内部", scores={"topic": 80})
    for source, note in (("found", submission.lead_name), ("reviewer", "是我学生")):
        kind = "employer" if source == "found" else "teacher"
        Conflict.objects.create(
            call=made.call, reviewer=reviewer, submission=submission, kind=kind, source=source,
            note=note,
        )  # fmt: skip
    rows = held(reviewer.person)
    (row,) = rows["calls.reviews"]
    assert (row["disciplines"], row["accepted"]) == (["economics"], True)
    review = next(each for each in row["reviews"] if "comment" in each)
    assert (review["packet"], review["private"]) == (submission.packet, "内部")
    assert [each["note"] for each in rows["calls.conflicts"]] == ["", "是我学生"]
    said = str(rows["calls.reviews"]) + str(rows["calls.conflicts"])
    assert submission.title not in said and submission.lead_name not in said


def test_erasure_takes_the_words_and_keeps_the_review(made) -> None:
    first = made.call.assignments.order_by("pk")[0]
    reviewer = first.reviewer
    Review.objects.create(assignment=first, comment="好")
    reviewer.words = ["茶史"]
    reviewer.save()
    administrator = account(made.city, "administrator")
    erase_person(
        person=reviewer.person,
        confirmation=reviewer.person.name,
        reason="本人要求",
        by=administrator,
    )
    reviewer.refresh_from_db()
    assert reviewer.words == [] and reviewer.accepted is True
    assert Review.objects.get().comment == "好"


def test_a_winner_is_told_of_award_and_certificate_and_lists_are_found() -> None:
    city = organisation(kind="federation")
    winner = account(organisation(city), "member")
    call = calls.call(organisation=city)
    submission = calls.submission(call, by=winner, state="awarded")
    award = Award.objects.create(
        submission=submission, call=call, serial=1, number="奖1号", decided_on=timezone.localdate()
    )
    Certificate.objects.create(
        award=award, code="ABCDEFGH2345", number="奖1号", template="award",
        data={"person": winner.person.name}, digest="0",
    )  # fmt: skip
    notice = PublicNotice.objects.create(
        call=call, stage="notice", title="拟授奖名单", entries=[{"lead": winner.person.name}],
        opens_on=timezone.localdate(), closes_on=timezone.localdate(),
    )  # fmt: skip
    (row,) = held(winner.person)["calls.awards"]
    assert row["number"] == "奖1号" and row["certificates"][0]["code"] == "ABCDEFGH2345"
    places = {mention.url for mention in mentions_of(winner.person)}
    assert {f"/calls/notices/{notice.pk}/", "/certificates/ABCDEFGH2345/"} <= places


def test_an_objector_is_told_and_the_contact_goes_once_it_is_answered() -> None:
    call = calls.call()
    today = timezone.localdate()
    notice = PublicNotice.objects.create(
        call=call, stage="notice", title="名单", opens_on=today, closes_on=today
    )
    person = account(organisation(), "member").person
    person.phone = "13900001111"
    person.save()
    mine = [
        Objection.objects.create(notice=notice, name=person.name, contact="13900001111", text=text)
        for text in ("已答复", "未答复")
    ]
    Objection.objects.create(notice=notice, name=person.name, contact="1", text="同名的人")
    ObjectionAnswer.objects.create(objection=mine[0], upheld=False, reason="维持")
    assert [row["text"] for row in held(person)["calls.objections"]] == ["已答复", "未答复"]
    erase_person(
        person=person, confirmation=person.name, reason="本人要求",
        by=account(organisation(), "administrator"),
    )  # fmt: skip
    assert list(notice.objections.order_by("pk").values_list("contact", flat=True)) == [
        "", "13900001111", "1",
    ]  # fmt: skip
