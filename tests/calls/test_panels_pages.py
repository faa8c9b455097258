"""Pages of panels: what members see and do not see, a constant number of queries, secrecy in answers."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse

from sheke.calls.actions import ballots, panel_absences
from sheke.calls.actions import panels as actions
from sheke.calls.models import Absence, Ballot, Packet, PanelItem, Review, Reviewer, Vote
from sheke.core.models import AuditEvent
from tests.factories import account, organisation

from . import factories
from .panels import at_panel, sitting

pytestmark = pytest.mark.django_db


def browser(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def get(client: Client, name: str, *args: object):
    return client.get(reverse(f"calls:{name}", args=args))


def review_of(made, item: PanelItem, total: float, comment: str) -> Review:
    reviewer = Reviewer.objects.create(
        call=made.call, person=account(organisation(), "member").person, accepted=True,
        answered_at=made.panel.made_at,
    )  # fmt: skip
    assignment = made.call.assignments.create(
        stage="review", submission=item.submission, reviewer=reviewer
    )
    return Review.objects.create(
        assignment=assignment, scores={"topic": total}, total=total, comment=comment,
        sent_at=made.panel.made_at,
    )  # fmt: skip


def test_members_read_the_packet_and_not_who_applies():
    made = sitting()
    (item,) = made.items
    client = browser(made.accounts[0])
    page = get(client, "panel_item", item.pk).content.decode()
    values = item.submission.values
    assert values["title"] in page and values["summary"] in page
    assert "论证活页1.pdf" in page and "张三" not in page
    for secret in (item.submission.lead_name, item.submission.organisation.name):
        assert secret not in page
        assert secret not in get(client, "panel", made.panel.pk).content.decode()
        assert secret not in get(client, "panel_live", made.panel.pk).content.decode()
    file = get(client, "panel_file", item.pk, 1)
    assert b"".join(file.streaming_content) == b"%PDF-1.4 blind"
    assert get(client, "panel_file", item.pk, 2).status_code == 404


def test_what_is_not_released_is_not_read():
    made = sitting()
    Packet.objects.update(released_at=None)
    client = browser(made.accounts[1])
    page = get(client, "panel_item", made.items[0].pk).content.decode()
    values = made.items[0].submission.values
    assert values["title"] not in page and values["summary"] not in page
    assert values["title"] not in get(client, "panel", made.panel.pk).content.decode()
    assert get(client, "panel_file", made.items[0].pk, 1).status_code == 404


def test_an_open_stage_shows_the_whole():
    made = sitting(blind="open")
    (item,) = made.items
    item.submission.values["proposal"] = [item.submission.uploads.get().pk]
    factories.send(item.submission)
    client = browser(made.accounts[0])
    page = get(client, "panel_item", item.pk).content.decode()
    assert item.submission.lead_name in page and item.submission.values["summary"] in page
    assert "张三的论证活页.pdf" in page
    assert get(client, "panel_file", item.pk, 1).status_code == 200
    panel_absences.leave_room(item=item, reason="同事", by=made.accounts[0])
    assert get(client, "panel_file", item.pk, 1).status_code == 404


def test_who_leaves_the_room_finds_nothing_of_the_item_any_more():
    made = sitting(items=2)
    item, other = made.items
    review_of(made, item, 80, "论证扎实")
    client = browser(made.accounts[1])
    ballot = ballots.open_ballot(item=item, kind="plain", by=made.staff)
    pages = [("panel_item", item.pk), ("panel_file", item.pk, 1)]
    posts = [("panel_vote", ballot.pk), ("panel_leaving", item.pk)]
    assert [get(client, *page).status_code for page in pages] == [200, 200]
    answer = client.post(reverse("calls:panel_leaving", args=[item.pk]), {"reason": "师生"})
    assert answer.status_code == 302
    assert [get(client, *page).status_code for page in pages] == [404, 404]
    for name, pk in posts:
        assert (
            client.post(reverse(f"calls:{name}", args=[pk]), {"option": "yes"}).status_code == 404
        )
    agenda = get(client, "panel", made.panel.pk).content.decode()
    assert item.submission.title not in agenda and f"items/{item.pk}/" not in agenda
    assert other.submission.title in agenda
    beside = get(client, "panel_item", other.pk).content.decode()
    assert item.submission.title not in beside and f"items/{item.pk}/" not in beside


def test_a_chair_who_leaves_the_room_does_not_run_the_ballot():
    made = sitting(items=2)
    item, other = made.items
    panel_absences.leave_room(item=item, reason="同事", by=made.accounts[0])
    client = browser(made.accounts[0])
    live = get(client, "panel_live", made.panel.pk).content.decode()
    assert item.submission.title not in live and other.submission.title in live
    opened = client.post(reverse("calls:panel_ballots", args=[item.pk]), {"kind": "plain"})
    assert opened.status_code == 404 and not Ballot.objects.exists()
    ballot = ballots.open_ballot(item=item, kind="plain", by=made.staff)
    assert client.post(reverse("calls:panel_ballot_closure", args=[ballot.pk])).status_code == 404
    assert client.post(reverse("calls:panel_ballots", args=[other.pk])).status_code == 302


def test_strangers_and_members_who_are_not_invited_find_no_panel():
    made = sitting(invited=False)
    stranger = browser(account(organisation(), "member"))
    for client in (stranger, browser(made.accounts[0])):
        for name, pk in (("panel", made.panel.pk), ("panel_item", made.items[0].pk),
                         ("panel_live", made.panel.pk)):  # fmt: skip
            assert get(client, name, pk).status_code == 404


def test_a_plain_member_neither_opens_nor_closes():
    made = sitting()
    client = browser(made.accounts[1])
    ballot = ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    for name, pk in (("panel_ballots", made.items[0].pk), ("panel_ballot_closure", ballot.pk),
                     ("panel_presence", made.members[1].pk)):  # fmt: skip
        assert client.post(reverse(f"calls:{name}", args=[pk])).status_code == 404


def test_nothing_of_a_vote_stands_in_answers_logs_and_events(caplog):
    made = sitting(members=3)
    ballot = ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    client = browser(made.accounts[0])
    with caplog.at_level(logging.DEBUG):
        url = reverse("calls:panel_vote", args=[ballot.pk])
        answer = client.post(url, {"option": "abstain"}, follow=True)
    assert answer.status_code == 200 and Vote.objects.get().option == "abstain"
    page = answer.content.decode()
    assert 'value="abstain"' not in page  # the form is gone
    lines = [r.getMessage() for r in caplog.records if r.name.split(".")[0] != "django"
             or not r.name.startswith("django.db")]  # fmt: skip
    assert not [line for line in lines if "abstain" in line]
    event = AuditEvent.objects.get(verb="panel.vote")
    assert set(event.data) == {"item", "round"}
    for reader in (made.staff, made.accounts[1]):
        live = "panel_live" if reader == made.staff else "panel"
        said = get(browser(reader), live, made.panel.pk).content.decode()
        assert "弃权" not in said


def test_the_ballot_shows_only_how_many_until_it_is_closed():
    made = sitting(members=3)
    ballot = ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    for one in made.accounts[:2]:
        ballots.cast_vote(ballot=ballot, option="no", by=one)
    live = get(browser(made.staff), "panel_live", made.panel.pk)
    (row,) = live.context["rows"]
    assert (row.voted, row.present, row.outcome, row.votes) == (2, 3, None, ())
    ballots.close_ballot(ballot=ballot, by=made.staff)
    (row,) = get(browser(made.staff), "panel_live", made.panel.pk).context["rows"]
    assert row.outcome is not None and sum(n for _name, n in row.votes) == 2


def test_reviews_are_summed_up_after_their_stage_and_where_the_office_wants():
    made = sitting()
    review_of(made, made.items[0], 90, "选题新颖")
    client = browser(made.accounts[0])
    shown = get(client, "panel_item", made.items[0].pk)
    assert shown.context["summary"].mean == 90 and "选题新颖" in shown.content.decode()
    actions.change_panel(panel=made.panel, shows_scores=False, by=made.staff)
    assert get(client, "panel_item", made.items[0].pk).context["summary"] is None
    actions.change_panel(panel=made.panel, shows_scores=True, by=made.staff)
    made.call.phases.filter(stage="review").update(ended_at=None)
    assert get(client, "panel_item", made.items[0].pk).context["summary"] is None


def test_the_office_makes_a_sitting_by_its_pages():
    made = sitting(members=0, items=2)
    staff = browser(made.staff)
    url = reverse("calls:panel_new", args=[made.call.pk])
    wrong = staff.post(url, {"stage": "panel", "held_at": "昨天"})
    assert wrong.status_code == 422
    answer = staff.post(url, {"stage": "panel", "title": "二次会", "held_at": "2026-12-01T09:00"})
    panel = made.call.panels.get(title="二次会")
    assert answer["Location"] == reverse("calls:panel_office", args=[panel.pk])
    assert not panel.shows_scores
    someone = account(organisation(), "member").person
    staff.post(reverse("calls:panel_members", args=[panel.pk]), {"person": someone.pk})
    staff.post(reverse("calls:panel_chair", args=[panel.members.get().pk]))
    assert panel.members.get().is_chair
    first, second = made.items
    staff.post(reverse("calls:panel_item_removal", args=[first.pk]))
    staff.post(reverse("calls:panel_item_removal", args=[second.pk]))
    staff.post(reverse("calls:panel_agenda", args=[panel.pk]), {"how": "all"})
    pks = list(panel.items.values_list("pk", flat=True))
    staff.post(reverse("calls:panel_order", args=[panel.pk]), {"item": pks, "rank": ["2", "1"]})
    assert list(panel.items.values_list("pk", flat=True)) == pks[::-1]
    assert get(staff, "panels_of_call", made.call.pk).status_code == 200


def test_minutes_save_by_script_and_say_when_somebody_else_wrote():
    made = sitting()
    staff = browser(made.staff)
    url = reverse("calls:panel_minutes", args=[made.panel.pk])
    seen = staff.get(url).context["revision"]
    headers = {"Accept": "application/json"}
    saved = staff.post(url, {"text": "会议开始。", "revision": seen}, headers=headers)
    assert saved.json()["text"] == "会议开始。"
    late = staff.post(url, {"text": "另写", "revision": seen}, headers=headers)
    assert late.status_code == 409 and late.json()["text"] == "会议开始。"
    word = get(staff, "panel_minutes_word", made.panel.pk)
    assert word.content[:2] == b"PK" and "attachment" in word["Content-Disposition"]


@pytest.mark.parametrize("many", [1, 4])
def test_agendas_ask_the_same_number_of_queries(many, django_assert_num_queries):
    made = sitting(members=many + 1, items=many)
    for item in made.items:
        Absence.objects.create(item=item, member=made.members[-1])
        ballot = ballots.open_ballot(item=item, kind="plain", by=made.staff)
        ballots.cast_vote(ballot=ballot, option="yes", by=made.accounts[0])
    chair, staff = browser(made.accounts[0]), browser(made.staff)
    with django_assert_num_queries(12):
        get(chair, "panel", made.panel.pk)
    with django_assert_num_queries(11):
        get(staff, "panel_live", made.panel.pk)
    with django_assert_num_queries(9):
        get(staff, "panel_minutes", made.panel.pk)


@pytest.mark.parametrize("many", [1, 4])
def test_the_office_page_asks_the_same_number_of_queries(many, django_assert_num_queries):
    made = sitting(members=many, items=many)
    for _n in range(many):
        at_panel(made.call)
    for item in made.items:
        Absence.objects.create(item=item, member=made.members[-1])
    staff = browser(made.staff)
    with django_assert_num_queries(18):
        get(staff, "panel_office", made.panel.pk)
