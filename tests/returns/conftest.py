"""A city that asks three societies."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from sheke.returns import actions
from tests import factories

FORM: dict[str, Any] = {
    "key": "month",
    "name": {"zh": "学会月报"},
    "about": {"zh": "每月一报"},
    "kinds": ["society"],
    "questions": [
        {"key": "lectures", "name": {"zh": "讲座"}, "unit": {"zh": "场"},
         "indicator": "lectures_held"},
        {"key": "people", "name": {"zh": "听众"}, "unit": {"zh": "人次"},
         "posts": {"type": "lecture", "measure": "attendance"}},
        {"key": "men", "name": {"zh": "男"}, "required": False},
        {"key": "women", "name": {"zh": "女"}, "required": False},
        {"key": "complete", "name": {"zh": "台账已记全"}, "kind": "records", "types": ["lecture"]},
        {"key": "level", "name": {"zh": "级别"}, "kind": "choice", "required": False,
         "choices": [{"key": "city", "name": {"zh": "市"}}, {"key": "county", "name": {"zh": "县"}}]},
        {"key": "proof", "name": {"zh": "附件"}, "kind": "file", "required": False},
        {"key": "words", "name": {"zh": "小结"}, "kind": "text", "required": False},
    ],
    "rules": [
        {"check": "people = men + women", "message": {"zh": "男女之和应等于合计"}},
        {"check": "change(people, last_year.people) <= 50", "severity": "warning",
         "message": {"zh": "与上年相差太大"}},
        {"check": "lectures >= ledger.lectures_held", "severity": "warning",
         "message": {"zh": "少于台账"}},
    ],
}  # fmt: skip
GOOD = {"lectures": "1", "people": "30", "men": "10", "women": "20", "complete": "complete"}
MAY = date(2025, 5, 1), date(2025, 5, 31)


@pytest.fixture
def world() -> SimpleNamespace:
    city = factories.organisation(kind="federation", code="city", name="云川市社科联")
    a, b, c = (factories.organisation(city, code=code, name=f"{code}学会") for code in "ABC")
    made = SimpleNamespace(
        city=city, a=a, b=b, c=c, lecture=factories.lecture_type(),
        indicator=factories.indicator("lectures_held"),
        form=factories.definition("return_form", FORM),
        staff=factories.account(city, "staff"), secretary=factories.account(a),
        other=factories.account(b),
    )  # fmt: skip
    made.record = factories.record(made.lecture, a, amounts={"attendance": "30"})
    made.of = opened(made)
    made.asked = made.of.asked.get(organisation=a)
    return made


def opened(world: SimpleNamespace, **fields: Any) -> Any:
    fields = {
        "edition": world.form, "organisation": world.city, "span": MAY,
        "due_on": date(2025, 6, 10), "audience": {"kinds": ["society"]}, "by": world.staff,
    } | fields  # fmt: skip
    return actions.open_return(**fields)


def fill(asked: Any, by: Any, remarks: dict[str, str] | None = None, **values: str) -> Any:
    """Save a good draft with some values changed."""
    from sheke.returns.models import Draft

    held = Draft.objects.filter(asked=asked).first()
    return actions.save_draft(
        asked=asked, values=GOOD | values, remarks=remarks or {},
        revision=held.revision if held else 0, by=by,
    )  # fmt: skip


def sent(asked: Any, by: Any, remarks: dict[str, str] | None = None, **values: str) -> Any:
    fill(asked, by, remarks, **values)
    return actions.send_answer(asked=asked, by=by)
