"""A small programme and what is known of an applicant, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sheke.calls.eligibility import Facts, Taker
from sheke.definitions.programmes import Programme

ANSWERS = [f"b{n}" for n in range(6)]  # yes-or-no fields
DATA: dict[str, Any] = {
    "key": "grant", "name": "课题", "about": "课题", "unit": "项",
    "applicant": {"zh": "负责人", "en": "Project leader"},
    "sections": [{"name": "题目", "fields": [
        {"key": "title", "name": {"zh": "名称", "en": "Title"}, "use": "title"},
        {"key": "kind", "name": {"zh": "类别", "en": "Kind"}, "kind": "choice", "choices": [
            {"key": "youth", "name": {"zh": "青年", "en": "Youth"}},
            {"key": "general", "name": {"zh": "一般", "en": "General"}}]},
        {"key": "forms", "name": {"zh": "成果", "en": "Results"}, "kind": "choices", "choices": [
            {"key": "book", "name": {"zh": "书", "en": "Book"}},
            {"key": "paper", "name": {"zh": "文", "en": "Paper"}}]},
        {"key": "amount", "name": {"zh": "经费", "en": "Amount"}, "kind": "amount",
         "unit": {"zh": "万元", "en": "10k yuan"}, "places": 2},
        {"key": "until", "name": {"zh": "完成", "en": "Until"}, "kind": "date"},
        {"key": "proof", "name": {"zh": "证明", "en": "Proof"}, "kind": "files", "types": ["pdf"]},
        *({"key": key, "name": key, "kind": "boolean"} for key in ANSWERS),
    ]}],
    "people": {"asks": ["born_on", "title", "degree"], "roles": [
        {"key": "member", "name": "成员"}, {"key": "referee", "name": "推荐人", "referee": True}]},
    "stages": [{"key": "collect", "name": "申报", "kind": "collect"},
               {"key": "decide", "name": "立项", "kind": "decide"}],
    "outcome": {"kind": "certificate"},
}  # fmt: skip


def programme(eligibility: Any = None) -> Programme:
    return Programme.model_validate(DATA | {"eligibility": eligibility or {}})


def taker(name: str = "林溪", **known: Any) -> Taker:
    return Taker(name=name, **known)


LEAD = taker(
    born_on=date(1986, 5, 2), title="副教授", degree="博士", employer="云川大学",
    employer_path="000001000002",
)  # fmt: skip
FACTS = Facts(
    opening=date(2026, 3, 1), closing=date(2026, 5, 1), caller_path="000001", lead=LEAD,
    organisation_kind="society",
    values={"kind": "youth", "forms": ["book"], "amount": "1.5", "until": "2027-01-31", "proof": [7]},
)  # fmt: skip


def facts(lead: dict[str, Any] | None = None, **known: Any) -> Facts:
    """The usual facts with others in their place; `lead` changes parts of the lead."""
    made = replace(FACTS, **known)
    return replace(made, lead=replace(LEAD, **lead)) if lead is not None else made
