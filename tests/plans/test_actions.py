"""Import, edits of the tree with undo and redo, duties, targets, completion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.indicators.models import Goal
from sheke.ledger.models import Heading
from sheke.plans import actions
from sheke.plans.actions.duties import Assignment
from sheke.plans.models import Duty, Item, Plan, Target
from sheke.plans.reading import read_plan
from tests import factories

from .conftest import item, shape

IMPORTED = [
    "1 抓研究", "2 立项课题", "2 办好年会", "1 抓普及", "2 办好讲坛", "3 进社区", "3 进校园", "2 编印读本",
]  # fmt: skip


def snapshot(plan: Plan) -> list[tuple[object, ...]]:
    fields = (
        "pk",
        "parent_id",
        "position",
        "number",
        "level",
        "kind",
        "title",
        "text",
        "heading_id",
    )
    items = list(Item.objects.filter(plan=plan).values_list(*fields))
    duties = list(Duty.objects.filter(item__plan=plan).order_by("pk").values_list())
    goals = Target.objects.filter(item__plan=plan).order_by("pk")
    return [*items, *duties, *goals.values_list("pk", "item_id", "goal__value", "goal__last_day")]


def test_an_import_makes_the_tree_with_its_headings(plan, office):
    assert shape(plan) == IMPORTED
    assert (plan.title, plan.year) == ("云川市社科联2025年工作要点", 2025)
    assert plan.introduction == "今年工作的总要求是：服务大局。"
    heading = item(plan, "立项课题").heading
    assert (heading.number, heading.title, heading.year) == ("1.", "立项课题", 2025)
    assert [p["text"] for p in item(plan, "立项课题").proposals["targets"]] == ["20项"]
    assert AuditEvent.objects.filter(verb="plan.import", subject_id=plan.pk).exists()


def test_duties_that_the_text_names_are_given(plan, office):
    duty = item(plan, "立项课题").duties.get()
    assert (duty.organisation, duty.role, duty.due) == (office, "lead", date(2025, 6, 30))


def test_an_import_without_items_is_refused(city, editor):
    with pytest.raises(BadInput):
        actions.import_plan(organisation=city, read=read_plan("2025年工作要点"), by=editor)
    assert not Plan.objects.exists()


def test_a_summary_may_bring_its_next_steps_alone(city, editor):
    read = read_plan("一、工作情况\n（一）抓学习。\n二、下一步打算\n（一）抓普及。\n")
    made = actions.import_plan(
        organisation=city, read=read, by=editor, next_steps_only=True, year=2025
    )
    assert shape(made) == ["1 下一步打算", "2 抓普及"]


def test_move_takes_along_what_is_below(plan, editor):
    actions.move_item(
        item=item(plan, "办好讲坛"),
        parent=item(plan, "抓研究"),
        before=item(plan, "办好年会"),
        by=editor,
    )
    assert shape(plan) == [
        "1 抓研究", "2 立项课题", "2 办好讲坛", "3 进社区", "3 进校园", "2 办好年会", "1 抓普及", "2 编印读本",
    ]  # fmt: skip


def test_nothing_moves_below_itself(plan, editor):
    with pytest.raises(BadInput):
        actions.move_item(item=item(plan, "抓普及"), parent=item(plan, "进社区"), by=editor)
    assert shape(plan) == IMPORTED


def test_merge_keeps_words_children_and_duties(plan, editor):
    kept = actions.merge_item(item=item(plan, "编印读本"), by=editor)
    assert kept.title == "办好讲坛"
    assert kept.text.endswith("4.编印读本\n年底前发到村。")
    kept = actions.merge_item(item=item(plan, "办好讲坛"), by=editor)
    assert kept.title == "抓普及"
    assert shape(plan)[3:] == ["1 抓普及", "2 进社区", "2 进校园"]


def test_an_item_with_records_is_not_merged_away(plan, editor, city):
    edition = factories.lecture_type()
    factories.record(edition, city, heading=item(plan, "编印读本").heading)
    with pytest.raises(BadInput, match="1"):
        actions.merge_item(item=item(plan, "编印读本"), by=editor)


def test_split_makes_an_item_of_what_follows(plan, editor):
    first = item(plan, "立项课题")
    second = actions.split_item(item=first, at=first.text.index("立项20项"), by=editor)
    first.refresh_from_db()
    assert first.text == "面向全市征集选题，"
    assert second.title == "立项20项"
    assert [p["text"] for p in second.proposals["targets"]] == ["20项"]
    assert first.proposals["targets"] == []
    with pytest.raises(BadInput):
        actions.split_item(item=first, at=999, by=editor)


def test_delete_retires_headings_and_drops_goals(plan, editor):
    edition = factories.lecture_type() and factories.indicator()
    target = actions.set_target(
        item=item(plan, "办好讲坛"), indicator=edition.definition, value=Decimal(10), by=editor
    )
    heading = item(plan, "办好讲坛").heading
    actions.delete_item(item=item(plan, "抓普及"), by=editor)
    assert shape(plan) == IMPORTED[:3]
    heading.refresh_from_db()
    assert heading.retired_at
    assert not Goal.objects.exists()
    actions.undo(plan=plan, by=editor)
    assert shape(plan) == IMPORTED
    heading.refresh_from_db()
    assert heading.retired_at is None
    assert Target.objects.get().goal.value == target.goal.value


def test_new_words_bring_new_proposals_and_a_new_heading(plan, editor):
    actions.rewrite_item(
        item=item(plan, "办好年会"), number="2.", title="办好学术年会", text="征集论文200篇。",
        kind="item", by=editor,
    )  # fmt: skip
    now = item(plan, "办好学术年会")
    assert [p["value"] for p in now.proposals["targets"]] == [200]
    assert now.heading.title == "办好学术年会"


def test_undo_and_redo_and_a_new_branch(plan, editor):
    before = snapshot(plan)
    actions.add_item(plan=plan, title="新增事项", after=item(plan, "办好年会"), by=editor)
    actions.merge_item(item=item(plan, "编印读本"), by=editor)
    after = snapshot(plan)
    actions.undo(plan=plan, by=editor)
    actions.undo(plan=plan, by=editor)
    assert snapshot(plan) == before
    with pytest.raises(BadInput):
        actions.undo(plan=plan, by=editor)
    actions.redo(plan=plan, by=editor)
    actions.redo(plan=plan, by=editor)
    assert snapshot(plan) == after
    actions.undo(plan=plan, by=editor)
    actions.add_item(plan=plan, title="另一事项", by=editor)
    with pytest.raises(BadInput):
        actions.redo(plan=plan, by=editor)


VERBS = st.lists(
    st.tuples(st.sampled_from(["move", "merge", "delete", "split", "add", "rewrite"]), st.integers(0, 50),
              st.integers(0, 50)), min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VERBS)
def test_whatever_is_done_can_be_undone_and_done_again(plan, office, editor, verbs):
    for one in plan.items.all():
        actions.assign_duty(item=one, organisation=office, role="lead", by=editor)
    start, done = snapshot(plan), 0
    for verb, one, other in verbs:
        items = list(Item.objects.filter(plan=plan))
        if not items:
            break
        try:
            _do(verb, plan, items[one % len(items)], items[other % len(items)], editor)
            done += 1
        except BadInput:
            continue
        _check_tree(plan)
    end = snapshot(plan)
    for _ in range(done):
        actions.undo(plan=plan, by=editor)
    assert snapshot(plan) == start
    for _ in range(done):
        actions.redo(plan=plan, by=editor)
    assert snapshot(plan) == end
    for _ in range(done):
        actions.undo(plan=plan, by=editor)
    plan.edits.all().delete()


def _do(verb, plan, one, other, by):
    match verb:
        case "move":
            actions.move_item(item=one, parent=other, by=by)
        case "merge":
            actions.merge_item(item=one, by=by)
        case "delete":
            actions.delete_item(item=one, by=by)
        case "split":
            actions.split_item(item=one, at=3, by=by)
        case "add":
            actions.add_item(plan=plan, title="新", after=one, by=by)
        case "rewrite":
            actions.rewrite_item(
                item=one, number="", title="改", text="办5场。", kind="item", by=by
            )


def _check_tree(plan):
    items = list(Item.objects.filter(plan=plan).order_by("position"))
    assert [i.position for i in items] == list(range(1, len(items) + 1))
    levels = {i.pk: i.level for i in items}
    for i in items:
        assert i.level == (levels[i.parent_id] + 1 if i.parent_id else 1)


def test_duties_are_given_once_each(plan, office, city, editor):
    one = item(plan, "办好年会")
    actions.assign_duty(item=one, organisation=office, role="lead", by=editor)
    actions.assign_duty(
        item=one, organisation=office, role="support", due=date(2025, 9, 1), by=editor
    )
    duty = one.duties.get()
    assert (duty.role, duty.due) == ("support", date(2025, 9, 1))
    actions.assign_duties(
        plan=plan, by=editor,
        assignments=[Assignment(one, office, "lead", date(2025, 10, 1)), Assignment(one, city, "support")],
    )  # fmt: skip
    assert sorted(one.duties.values_list("role", flat=True)) == ["lead", "support"]
    actions.release_duty(duty=one.duties.get(role="lead"), by=editor)
    assert one.duties.count() == 1


def test_targets_are_goals_of_the_plans_year(plan, city, editor):
    factories.lecture_type()
    edition = factories.indicator()
    one = item(plan, "办好讲坛")
    target = actions.set_target(
        item=one,
        indicator=edition.definition,
        value=Decimal(10),
        phrase="全年举办讲座10场",
        by=editor,
    )
    goal = target.goal
    assert (goal.organisation, goal.first_day, goal.last_day) == (
        city, date(2025, 1, 1), date(2025, 12, 31),
    )  # fmt: skip
    actions.set_target(
        item=one, indicator=edition.definition, value=Decimal(12), target=target, by=editor
    )
    assert Goal.objects.get().value == 12
    with pytest.raises(BadInput):
        actions.set_target(item=one, indicator=edition.definition, value=Decimal(-1), by=editor)
    actions.drop_target(target=target, by=editor)
    assert not Goal.objects.exists()


def test_completion_is_a_word_that_can_be_taken_back(plan, editor):
    one = item(plan, "编印读本")
    actions.complete_item(item=one, note="已发放", by=editor)
    actions.complete_item(item=one, note="已全部发放", by=editor)
    one.refresh_from_db()
    assert one.completion.note == "已全部发放"
    actions.reopen_item(item=one, by=editor)
    assert not Item.objects.get(pk=one.pk).__dict__.get("completion")


def test_a_plan_with_records_stays(plan, city, editor):
    factories.record(factories.lecture_type(), city, heading=item(plan, "办好讲坛").heading)
    with pytest.raises(BadInput):
        actions.delete_plan(plan=plan, by=editor)


def test_a_plan_without_records_goes_with_all_it_made(plan, editor):
    factories.lecture_type()
    edition = factories.indicator()
    actions.set_target(
        item=item(plan, "办好讲坛"), indicator=edition.definition, value=Decimal(1), by=editor
    )
    actions.delete_plan(plan=plan, by=editor)
    assert not (Plan.objects.exists() or Heading.objects.exists() or Goal.objects.exists())
