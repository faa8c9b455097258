"""Submissions are found by those who read them, and the person's own holdings name them."""

from __future__ import annotations

import pytest

from sheke.calls.models import Member, Reviewer
from sheke.calls.search import _submissions
from sheke.core.search.sources import SOURCES
from sheke.directory.holdings import held_of, mentions_of
from tests.factories import account, organisation

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        city = organisation(kind="federation")
        unit, other = organisation(city), organisation(city)
        staff, writer, stranger = account(city, "staff"), account(unit, "member"), account(other)
        reviewer = account(other, "reviewer")
        call = factories.call(organisation=city)
        submission = factories.submission(call, unit, by=writer)
        draft = factories.submission(call, unit, by=writer, sent=False)
        hidden = factories.call(call.edition, city, announced_at=None)

    Reviewer.objects.create(call=World.call, person=World.reviewer.person)
    return World


def seen(kind, reader):
    return set(SOURCES[kind].visible(reader))


def test_a_reviewer_and_a_stranger_find_no_submission(world):
    assert seen("submission", world.staff) == {world.submission}
    assert seen("submission", world.writer) == {world.submission, world.draft}
    assert seen("submission", world.reviewer) == set()
    assert seen("submission", world.stranger) == set()


def test_a_call_in_preparation_is_found_by_its_office_alone(world):
    assert seen("call", world.staff) == {world.call, world.hidden}
    assert seen("call", world.stranger) == {world.call}


def test_documents_hold_the_people_and_rows_lead_to_the_page(world):
    (document,) = _submissions([world.submission.pk])
    assert world.submission.lead_name in document.text
    row = SOURCES["submission"].row(world.submission)
    assert row.url == f"/calls/submissions/{world.submission.pk}/"
    assert SOURCES["submission"].row(world.draft).url != row.url


def test_a_person_is_told_what_is_held_of_them_and_contacts_are_erased(world):
    person = world.writer.person
    Member.objects.filter(submission=world.submission).update(phone="13800001111")
    held = {one.holding.key: one.rows for one in held_of(person)}
    assert "13800001111" in {row["phone"] for row in held["calls.members"]}
    assert len(held["calls.begun"]) == 2
    assert held["calls.reviews"] == []
    erasing = [one.holding for one in held_of(person) if one.holding.key == "calls.members"]
    assert erasing[0].erase(person) >= 1
    assert not Member.objects.exclude(phone="").exists()


def test_texts_that_name_somebody_are_found(world):
    person = world.stranger.person
    Member.objects.create(submission=world.submission, role="member", name=person.name)
    places = {mention.url for mention in mentions_of(person)}
    assert f"/calls/submissions/{world.submission.pk}/" in places
