"""Printed numbers: read, and written anew after moving."""

from __future__ import annotations

import pytest

from sheke.core.errors import BadInput
from sheke.plans import actions
from sheke.plans.models import Plan
from sheke.plans.numbering import read_number, renumbered
from sheke.plans.reading import read_plan

from .conftest import item


def numbers(plan: Plan) -> list[str]:
    return [f"{one.number}{one.title}" for one in plan.items.all()]


@pytest.mark.parametrize(
    ("text", "value"),
    [("一、", 1), ("（十二）", 12), ("3.", 3), ("(4)", 4), ("第二章", 2), ("1.2", None), ("①", None), ("", None)],
)  # fmt: skip
def test_a_number_is_read(text, value):
    found = read_number(text)
    assert (found and found[1]) == value
    if found:
        assert found[0].write(found[1]) == text


def test_a_plan_as_it_was_read_needs_no_change(plan):
    assert renumbered(plan.items.all()) == []
    with pytest.raises(BadInput):
        actions.renumber(plan=plan, by=None)


def test_numbers_that_run_through_the_plan_go_on_doing_so(plan):
    actions.move_item(
        item=item(plan, "编印读本"),
        parent=item(plan, "抓研究"),
        before=item(plan, "立项课题"),
        by=None,
    )
    actions.renumber(plan=plan, by=None)
    assert numbers(plan)[:6] == [
        "一、抓研究", "1.编印读本", "2.立项课题", "3.办好年会", "二、抓普及", "4.办好讲坛",
    ]  # fmt: skip
    assert item(plan, "编印读本").heading.number == "1."
    actions.undo(plan=plan, by=None)
    assert item(plan, "编印读本").number == "4."


def test_numbers_that_begin_anew_in_each_chapter_do_so(city):
    text = "2025年工作要点\n一、甲\n（一）子。做。\n（二）丑。做。\n二、乙\n（一）寅。做。\n（二）卯。做。\n"
    plan = actions.import_plan(organisation=city, read=read_plan(text), by=None)
    actions.move_item(
        item=item(plan, "丑"), parent=item(plan, "乙"), before=item(plan, "寅"), by=None
    )
    actions.renumber(plan=plan, by=None)
    assert numbers(plan) == ["一、甲", "（一）子", "二、乙", "（一）丑", "（二）寅", "（三）卯"]


def test_an_item_moved_to_another_level_takes_its_style(plan):
    actions.move_item(item=item(plan, "编印读本"), parent=None, before=None, by=None)
    actions.renumber(plan=plan, by=None)
    assert item(plan, "编印读本").number == "三、"
