"""Who sees which plan; the tree with its progress in a fixed number of queries; overviews."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sheke.plans import actions
from sheke.plans.overviews import by_chapter, by_organisation, coming_due
from sheke.plans.progress import State
from sheke.plans.queries import plan_tree, visible_plans
from sheke.plans.reading import read_plan
from tests import factories

from .conftest import item

TODAY = date(2025, 6, 15)


def test_plans_are_seen_from_below_and_above_but_not_from_beside(plan, city, office):
    beside = factories.organisation(factories.organisation())
    for organisation, sees in ((city, True), (office, True), (beside, False)):
        account = factories.account(organisation)
        assert visible_plans(account).filter(pk=plan.pk).exists() is sees


@pytest.fixture
def measured(plan, city, editor):
    """Three of ten lectures held, filed under their item."""
    edition = factories.lecture_type()
    lectures = factories.indicator()
    one = item(plan, "办好讲坛")
    actions.set_target(
        item=one,
        indicator=lectures.definition,
        value=Decimal(10),
        by=editor,
        phrase="全年举办讲座10场",
    )
    for _ in range(3):
        factories.record(edition, city, heading=one.heading)
    return plan


def test_progress_comes_from_targets_and_records(measured):
    tree = plan_tree(measured, today=TODAY)
    node = tree.by_pk[item(measured, "办好讲坛").pk]
    assert (node.share, node.records, node.latest) == (0.3, 3, date(2025, 5, 1))
    assert node.targets[0].figure.value == 3
    assert node.state == State.RUNNING
    assert node.unconfirmed == []
    assert node.parent.share == 0.15  # beside it stands an item that nothing measures
    assert node.parent.all_records == 3


def test_reversed_records_do_not_count(measured, editor):
    from sheke.ledger.actions import reverse_record
    from sheke.ledger.models import Record

    reverse_record(record=Record.objects.first(), reason="重复", by=editor)
    node = plan_tree(measured, today=TODAY).by_pk[item(measured, "办好讲坛").pk]
    assert (node.records, node.targets[0].figure.value) == (2, 2)


def test_states_follow_the_calendar_and_a_persons_word(plan, editor):
    tree = plan_tree(plan, today=date(2025, 7, 1))
    assert tree.by_pk[item(plan, "立项课题").pk].state == State.LATE
    actions.complete_item(item=item(plan, "立项课题"), by=editor)
    tree = plan_tree(plan, today=date(2025, 7, 1))
    assert tree.by_pk[item(plan, "立项课题").pk].state == State.DONE
    assert (tree.done, tree.late, len(tree.work)) == (1, 0, 4)


def test_overviews_by_chapter_and_by_organisation(measured, office, editor):
    actions.complete_item(item=item(measured, "立项课题"), by=editor)
    tree = plan_tree(measured, today=TODAY)
    chapters = by_chapter(tree)
    assert [(g.name, len(g.nodes), g.done, g.records) for g in chapters] == [
        ("一、抓研究", 2, 1, 0), ("二、抓普及", 2, 0, 3),
    ]  # fmt: skip
    groups = by_organisation(tree)
    assert [(g.name, len(g.nodes), g.percent) for g in groups] == [("第一科", 1, 100), ("", 3, 10)]


@pytest.mark.parametrize("size", [1, 3])
def test_the_tree_takes_the_same_queries_whatever_its_size(
    city, editor, size, django_assert_num_queries
):
    text = "一、抓普及\n" + "".join(f"{n}. 办讲坛{n}。办讲座10场。\n" for n in range(1, size + 1))
    plan = actions.import_plan(organisation=city, read=read_plan(text), by=editor, year=2025)
    factories.lecture_type()
    lectures = factories.indicator()
    actions.set_target(
        item=plan.items.get(title="办讲坛1"),
        indicator=lectures.definition,
        value=Decimal(10),
        by=editor,
    )
    # items, duties, records, targets, definitions, root, 1 for the moment of the ledger that is
    # remembered; and one statement for the one target
    with django_assert_num_queries(9):
        tree = plan_tree(plan)
        by_chapter(tree)
        by_organisation(tree)


def test_what_is_next_due_for_an_organisation(plan, city, office, editor):
    actions.assign_duty(
        item=item(plan, "办好年会"),
        organisation=city,
        role="support",
        due=date(2025, 3, 1),
        by=editor,
    )
    trees = [plan_tree(plan, today=TODAY)]
    titles = [[node.item.title for node in coming_due(trees, one)] for one in (city, office)]
    assert titles == [["办好年会", "立项课题"], ["立项课题"]]
    actions.complete_item(item=item(plan, "立项课题"), by=editor)
    assert coming_due([plan_tree(plan, today=TODAY)], office) == []


def test_two_targets_of_one_clause_are_confirmed_one_by_one(plan, editor):
    one = item(plan, "编印读本")
    actions.rewrite_item(
        item=one,
        number="4.",
        title="抓培训",
        text="培训干部200人、骨干80人。",
        kind="item",
        by=editor,
    )
    factories.lecture_type()
    lectures = factories.indicator()
    first, second = plan_tree(plan).by_pk[one.pk].unconfirmed
    actions.set_target(
        item=one,
        indicator=lectures.definition,
        value=Decimal(80),
        phrase=second["phrase"],
        by=editor,
    )
    assert plan_tree(plan).by_pk[one.pk].unconfirmed == [first]
