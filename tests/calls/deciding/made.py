"""Calls that wait for a decision."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sheke.calls.models import Call, Phase, Submission
from tests.calls import factories
from tests.factories import definition, organisation

PRIZE_RECORD = {
    "key": "prize_given",
    "name": {"zh": "评出奖项", "en": "Prize given"},
    "unit": {"zh": "项", "en": "prizes"},
    "group": "honours",
    "about": {"zh": "测试", "en": "For tests"},
    "measures": [
        {"key": "money", "name": {"zh": "奖金", "en": "Money"}, "unit": {"zh": "元", "en": "yuan"}}
    ],
    "fields": [
        {"key": "grade", "name": {"zh": "等级", "en": "Grade"}, "kind": "choice", "choices": [
            {"key": "first", "name": {"zh": "一等奖", "en": "First"}},
            {"key": "second", "name": {"zh": "二等奖", "en": "Second"}},
        ]},
        {"key": "number", "name": {"zh": "编号", "en": "Number"}, "kind": "text"},
    ],
}  # fmt: skip
PRIZE: dict[str, Any] = {
    "kind": "prize",
    "money": {"zh": "元", "en": "yuan"},
    "levels": [
        {"key": "first", "name": {"zh": "一等奖", "en": "First"}, "most": 1, "amount": 10000},
        {"key": "second", "name": {"zh": "二等奖", "en": "Second"}, "most": 3, "amount": 5000},
    ],
    "certificate": {"number": "测试奖〔{year}〕第{serial:3}号",
                    "wording": {"zh": "{lead}的《{title}》荣获{level}。", "en": "{title}"}},
    "records": [
        {"type": "prize_given", "title": "{title}", "amounts": {"money": "{amount}"},
         "fields": {"grade": "{level}", "number": "{number}"}},
    ],
}  # fmt: skip
SHORT = ("collect", "check", "notice", "decide")


def award(**outcome: Any) -> Any:
    """An edition of an award with a notice of five working days."""
    definition("record_type", PRIZE_RECORD)
    stages = [s for s in factories.grant()["stages"] if s["key"] in SHORT]
    return factories.programme(
        key="award_test", stages=stages, outcome=deepcopy(PRIZE) | outcome, rubric=None, quota=None,
        eligibility={},
    )  # fmt: skip


def waiting_call(count: int = 4, *, stage: str = "notice", **fields: Any) -> Call:
    """A call whose notice (or decision) runs, with submissions that stand there."""
    over = SHORT[: SHORT.index(stage)]
    call = factories.call(
        fields.pop("edition", None) or award(), fields.pop("organisation", None),
        ended=over, begun=(stage,), **fields,
    )  # fmt: skip
    for n in range(count):
        factories.submission(call, organisation(), stage=stage, lead={"name": f"申报{n + 1}"})
    return call


def there(call: Call) -> list[Submission]:
    """Its submissions in order."""
    return list(call.submissions.order_by("number"))


def phase(call: Call, stage: str) -> Phase:
    found: Phase = call.phases.get(stage=stage)
    return found
