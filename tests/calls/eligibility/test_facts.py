"""What is read from the models, in how many queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sheke.calls.eligibility import facts_before, facts_of
from sheke.calls.models import Award, Call, Closing, Member, Project, Submission, Upload, Version
from sheke.definitions.models import Edition
from sheke.directory.models import Person
from sheke.ledger.models import StoredFile
from tests import factories

from .made import DATA

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return factories.organisation(kind="federation")


@pytest.fixture
def call(root):
    edition = factories.definition("programme", DATA)
    now = timezone.now()
    return Call.objects.create(
        key="grant-2026", edition=edition, organisation=root, title="年度课题", year=2026,
        opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=30),
    )  # fmt: skip


def submission(call, state=Submission.State.DRAFT, **fields):
    """A submission; one that is not a draft has a version."""
    made = Submission.objects.create(
        call=call, edition=call.edition, stage="collect", **{"title": "题目"} | fields
    )
    if state != Submission.State.DRAFT:
        made.sent = Version.objects.create(
            submission=made,
            number=1,
            edition=call.edition,
            values={},
            people=[],
            files=[],
            digest="0",
        )
        made.state = state
        made.save()
    return made


def member(of, name, role=Member.LEAD, **fields):
    return Member.objects.create(submission=of, name=name, role=role, **fields)


def project(of, closed=False):
    serial = Award.objects.count() + 1
    award = Award.objects.create(
        submission=of, call=of.call, serial=serial, number=f"社科{serial}号",
        decided_on=date(2025, 6, 1),
    )  # fmt: skip
    lead = of.members.get(role=Member.LEAD)
    made = Project.objects.create(
        award=award, title=of.title, lead=lead.person, lead_name=lead.name, employer=lead.employer,
        starts_on="2025-06-01", ends_on="2026-06-01",
    )  # fmt: skip
    if closed:
        Closing.objects.create(project=made, result="passed", closed_on="2026-05-01")
    return made


def again(made):
    """As a view loads it."""
    return Submission.objects.select_related("call__edition__definition", "call__organisation",
                                             "edition__definition", "organisation").get(pk=made.pk)  # fmt: skip


def test_who_leads_takes_part_and_recommends(call, root):
    unit = factories.organisation(root, name="云川学会")
    made = submission(call, organisation=unit, values={"kind": "youth", "gone": 1})
    member(made, "林溪", organisation=unit, born_on=date(1986, 5, 2), title="副教授", degree="博士")
    member(made, "米禾", "member", employer="外地大学")
    member(made, "方舟", "referee", title="教授")

    facts = facts_of(again(made))

    assert facts.lead.employer_path == unit.path
    assert (facts.lead.born_on, facts.lead.degree) == (date(1986, 5, 2), "博士")
    assert [(m.name, m.employer, m.employer_path) for m in facts.members] == [
        ("米禾", "外地大学", "")
    ]
    assert [r.name for r in facts.referees] == ["方舟"]
    assert [t.name for t in facts.everyone] == ["林溪", "米禾"]
    assert (facts.organisation_kind, facts.caller_path) == ("society", root.path)
    assert facts.values == {"kind": "youth", "proof": []}


def test_other_submissions_count_once_sent(call):
    person = Person.objects.create(name="林溪")
    mine = submission(call)
    member(mine, "林溪", person=person)
    State = Submission.State
    for state in (State.IN, State.BACK, State.WITHDRAWN, State.REFUSED, State.DRAFT):
        member(submission(call, state), "林溪", person=person)
    member(submission(call, State.IN), "林溪", "member", person=person)
    member(submission(call, State.IN), "林溪", "referee", person=person)

    lead = facts_of(again(mine)).lead

    assert (lead.leads, lead.takes_part) == (2, 3)


def test_projects_that_are_not_closed(call):
    person = Person.objects.create(name="林溪")
    mine = submission(call)
    member(mine, "林溪", person=person)
    for title, closed in (("老街研究", False), ("方言研究", True)):
        earlier = submission(call, Submission.State.AWARDED, title=title)
        member(earlier, "林溪", person=person)
        project(earlier, closed)
    taken = submission(call, Submission.State.NOT_AWARDED, title="撤销")
    member(taken, "林溪", person=person)
    revoked = project(taken)
    Award.objects.filter(pk=revoked.award_id).update(revoked_at=timezone.now())

    assert facts_of(again(mine)).lead.open_projects == ("社科1号 老街研究",)


def test_a_project_counts_for_who_leads_it_now(call):
    old, new = Person.objects.create(name="林溪"), Person.objects.create(name="米禾")
    earlier = submission(call, Submission.State.AWARDED, title="老街研究")
    member(earlier, "林溪", person=old)
    running = project(earlier)
    running.lead, running.lead_name = new, "米禾"
    running.save()
    mine, other = submission(call), submission(call)
    member(mine, "林溪", person=old)
    member(other, "米禾", person=new)

    assert facts_of(again(mine)).lead.open_projects == ()
    assert facts_of(again(other)).lead.open_projects == ("社科1号 老街研究",)


@pytest.mark.parametrize(
    ("name", "employer", "known", "same"),
    [
        ("林溪", "云川大学", False, True),
        ("林溪", "外地大学", False, False),
        ("林溪", "", False, False),
        ("林溪", "云川大学", True, False),  # somebody else of the same name
    ],
)
def test_people_who_are_not_in_the_directory_are_known_by_name_and_employer(
    call, name, employer, known, same
):
    mine = submission(call)
    member(mine, "林溪", person=Person.objects.create(name="林溪"), employer="云川大学")
    other = Person.objects.create(name=name) if known else None
    member(submission(call, Submission.State.IN), name, person=other, employer=employer)

    assert facts_of(again(mine)).lead.leads == int(same)


def test_files_are_held_by_their_numbers(call):
    mine = submission(call)
    stored = StoredFile.objects.create(sha256="a" * 64, size=1)
    upload = Upload.objects.create(submission=mine, field="proof", stored=stored, name="证明.pdf")
    assert facts_of(again(mine)).values["proof"] == [upload.pk]
    Upload.objects.update(removed_at=timezone.now())
    assert facts_of(again(mine)).values["proof"] == []


def test_before_there_is_a_submission(call, root):
    unit = factories.organisation(root)
    account = factories.account(unit)
    Person.objects.filter(pk=account.person_id).update(title="教授")
    account.person.refresh_from_db()
    last = submission(call, made_by=account)
    member(last, "林溪", person=account.person, born_on=date(1980, 1, 1), degree="博士")
    Member.objects.update(role=Member.LEAD)

    facts = facts_before(account, unit, call)

    assert (facts.lead.title, facts.lead.born_on) == ("教授", date(1980, 1, 1))
    assert facts.values is None
    assert facts.organisation_kind == "society"


@pytest.mark.parametrize("crowd", [1, 4])
def test_facts_take_four_queries_whatever_the_crowd(call, crowd, django_assert_num_queries):
    people = [Person.objects.create(name=f"人{n}") for n in range(crowd)]
    mine = submission(call)
    for n, person in enumerate(people):
        member(mine, person.name, Member.LEAD if n == 0 else "member", person=person)
        other = submission(call, Submission.State.AWARDED)
        member(other, person.name, person=person)
        project(other)
    loaded = again(mine)
    Edition.objects.update(note="x")

    with django_assert_num_queries(4):
        facts = facts_of(loaded)

    assert all(t.open_projects and t.leads == 1 for t in facts.everyone)


def test_facts_before_take_three_queries(call, root, django_assert_num_queries):
    account = factories.account(root)
    account.person  # noqa: B018  the signed-in account brings its person
    loaded = Call.objects.select_related("edition__definition", "organisation").get(pk=call.pk)
    with django_assert_num_queries(3):
        facts_before(account, root, loaded)
