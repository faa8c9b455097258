"""The demonstration's calls: earlier ones decided and counted, one under review, two editions beside."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.calls.models import (
    Assignment,
    Award,
    Call,
    Certificate,
    Closing,
    Objection,
    Phase,
    Project,
    Review,
)
from sheke.calls.waiting import office_lines, own_lines, reviewing_lines
from sheke.definitions.loading import load_pack
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import indicators
from sheke.indicators.evaluation import evaluate, records_behind
from sheke.indicators.questions import Question
from sheke.ledger.models import Record
from sheke.site.demo.applying import make_draft
from sheke.site.demo.calls import make_calls
from sheke.site.demo.more_calls import make_more_calls
from sheke.site.demo.organisations import make_organisations
from sheke.site.demo.people import make_people

pytestmark = pytest.mark.django_db
START = date(2023, 1, 3)


def test_calls_of_every_state_are_there_and_the_ledger_counts_them() -> None:
    """One build for all these questions: it is the slow part."""
    load_pack(pack=read_pack(pack_folder("federation")))
    today = date.today()
    tree = make_organisations(START)
    accounts = make_people(tree, START)
    make_calls(tree, accounts["kezhang"], today)
    make_draft(accounts["lishi"], today)
    make_more_calls(tree, accounts, today, START)

    # two editions of one programme side by side
    grants = Call.objects.filter(edition__definition__key="research_grant", closure=None)
    assert sorted(grants.values_list("edition__number", flat=True)) == [1, 2]
    # what was decided has certificates, records and no stage left
    award = Call.objects.get(edition__definition__key="works_award", closure__isnull=False)
    assert not Phase.objects.filter(call=award, ended_at=None).exists()
    prizes = Award.objects.filter(call=award)
    assert prizes.count() == 8 == Certificate.objects.filter(award__in=prizes).count()
    assert Objection.objects.filter(answer__isnull=False).count() == 1
    assert {record.happened_on.year for record in Record.objects.filter(
        call_posting__award__in=prizes)} == {today.year - 1}  # fmt: skip
    # the indicator of the year counts just them here, and leads to them
    year = today.year - 1
    asked = Question(
        indicators()["awards_conferred"], tree.root, date(year, 1, 1), date(year, 12, 31)
    )
    assert evaluate(asked).value == 8
    assert set(records_behind(asked)) == set(Record.objects.filter(call_posting__award__in=prizes))
    # projects: some closed, some overdue, the rest under way
    assert Project.objects.count() == 7
    assert Closing.objects.count() == 3
    overdue = Project.objects.filter(milestones__due_on__lt=today, milestones__settled_at=None)
    assert overdue.filter(closing=None).distinct().count() == 2
    # everybody's desk has something
    expert = accounts["zhuanjia"]
    queue = Assignment.objects.in_force().filter(reviewer__person=expert.person, call__closure=None)
    assert queue.count() >= 3
    assert Review.objects.filter(assignment__in=queue, sent_at__isnull=False).count() == 1
    assert [line.done for line in reviewing_lines(expert, today)] == [1]
    assert own_lines(accounts["lishi"], today)
    assert Project.objects.filter(lead=accounts["jiaoshi"].person, closing=None).count() == 1
    assert Certificate.objects.filter(
        award__submission__members__person=accounts["jiaoshi"].person
    ).exists()
    assert len(office_lines(accounts["kezhang"], tree.root, today)) >= 3


def test_a_young_office_has_no_earlier_calls() -> None:
    load_pack(pack=read_pack(pack_folder("federation")))
    today = date(2023, 1, 24)
    tree = make_organisations(START)
    accounts = make_people(tree, START)
    make_more_calls(tree, accounts, today, START)
    assert not Call.objects.filter(closure__isnull=False).exists()
    assert Assignment.objects.in_force().exists()
