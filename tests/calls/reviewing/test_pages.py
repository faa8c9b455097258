"""The pages of reviewing: each opens for who it is for, lists ask as much for many as for few."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sheke.calls.models import Assignment, AssignmentPlan, Packet, Review
from sheke.core.jobs.models import JobRun
from sheke.directory.models import Account

from .test_assigning import SCORES, send
from .worlds import World, add_reviewer, world

pytestmark = pytest.mark.django_db
LISTS = (
    "reviewers",
    "conflicts",
    "packets",
    "assignment",
    "reviewing_progress",
    "scores",
    "example",
)


def client(account: Account) -> Client:
    found = Client()
    found.force_login(account)
    return found


def page(made: World, name: str, *numbers: int, account: Account | None = None) -> str:
    answer = client(account or made.office).get(reverse(f"calls:{name}", args=numbers))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_opens_with_nothing_in_it(name: str) -> None:
    made = world(submissions=1, reviewers=0)
    assert made.call.title in page(made, name, made.call.pk)


def test_every_page_opens_in_the_middle_of_the_way() -> None:
    made = world()
    made.released()
    assignments = made.deployed()
    for name in LISTS:
        page(made, name, made.call.pk)
    page(made, "assignment_plan", AssignmentPlan.objects.get().pk)
    page(made, "packet", Packet.objects.all()[0].pk)
    page(made, "reviewer", made.reviewers[0].pk)
    account = made.account_of(assignments[0].reviewer)
    page(made, "reviews", account=account)
    assert 'name="score-topic"' in page(made, "review", assignments[0].pk, account=account)
    page(made, "review_invitation", assignments[0].reviewer_id, account=account)


def test_scores_charts_and_comments_after_the_end() -> None:
    made = world(submissions=5, reviewers=6)
    made.released()
    for number, one in enumerate(made.deployed()):
        send(made, one, SCORES | {"argument": str(30 + 6 * number)})
    made.end()
    text = page(made, "scores", made.call.pk)
    assert text.count("论证充分") == 10 and "chart__table" in text
    answer = client(made.office).get(reverse("calls:scores_export", args=[made.call.pk]))
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("reviewers", 17),
        ("conflicts", 17),
        ("packets", 15),
        ("assignment", 40),
        ("reviewing_progress", 17),
    ],
)
def test_many_rows_ask_no_more_than_few(
    name: str, most: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for size in (1, 6):
        made = world_of(size)
        browser = client(made.office)
        browser.get(reverse(f"calls:{name}", args=[made.call.pk]))
        with django_assert_max_num_queries(most):
            browser.get(reverse(f"calls:{name}", args=[made.call.pk]))


def world_of(size: int) -> World:
    from sheke.definitions.models import Definition

    Definition.objects.filter(key="research_grant_test").update(key=f"grant-{size}")
    made = world(submissions=size, reviewers=size + 2, reviews=1)
    made.released()
    made.deployed()
    return made


def test_writing_saves_sends_and_goes_on_to_the_next() -> None:
    made = world(submissions=3, reviewers=1, reviews=1)
    made.released()
    made.deployed()
    account = made.accounts[0]
    browser = client(account)
    first, second, third = Assignment.objects.in_force().order_by("submission__packet")
    saved = browser.post(
        reverse("calls:review_draft", args=[first.pk]),
        {"revision": "0", "score-topic": "80"}, headers={"Accept": "application/json"},
    )  # fmt: skip
    assert saved.json()["revision"] == 1
    stale = browser.post(
        reverse("calls:review_draft", args=[first.pk]),
        {"revision": "0", "comment": "丢"}, headers={"Accept": "application/json"},
    )  # fmt: skip
    assert stale.status_code == 409
    bad = browser.post(
        reverse("calls:review_sending", args=[first.pk]), {"revision": "1", "score-topic": "80"}
    )
    assert bad.status_code == 422 and "score-argument" in bad.content.decode()
    form = {f"score-{key}": value for key, value in SCORES.items()}
    sent = browser.post(
        reverse("calls:review_sending", args=[first.pk]), form | {"revision": "2", "comment": "好"}
    )
    assert sent["Location"] in {reverse("calls:review", args=[one.pk]) for one in (second, third)}
    assert Review.objects.get().sent_at is not None


def test_a_big_plan_is_a_job(monkeypatch: pytest.MonkeyPatch, settings) -> None:  # type: ignore[no-untyped-def]
    from sheke.calls.reviewing import problems

    made = world()
    monkeypatch.setattr(problems, "AT_ONCE", 1)
    browser = client(made.office)
    answer = browser.post(reverse("calls:assignment", args=[made.call.pk]), {"seed": "4"})
    assert answer.status_code == 302
    plan = AssignmentPlan.objects.get()
    assert plan.seed == 4
    assert plan.report["state"] == "done" or JobRun.objects.filter(subject_id=plan.pk).exists()
    assert browser.get(reverse("calls:assignment", args=[made.call.pk])).status_code == 200


def test_reviewers_are_added_invited_and_taken_off_by_the_page() -> None:
    made = world(reviewers=1)
    stranger = add_reviewer(made)
    person = stranger.person
    stranger.delete()
    browser = client(made.office)
    browser.post(reverse("calls:reviewers", args=[made.call.pk]), {"person": str(person.pk)})
    one = made.call.reviewers.get(person=person)
    browser.post(
        reverse("calls:reviewers_invitations", args=[made.call.pk]),
        {"reviewer": str(one.pk), "due": "2099-01-01"},
    )
    one.refresh_from_db()
    assert one.invited_at is not None
    browser.post(reverse("calls:reviewer_removal", args=[one.pk]))
    assert not made.call.reviewers.filter(person=person).exists()
