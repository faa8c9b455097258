"""Each rule: when it holds, fails, is not known yet; what it says."""

from __future__ import annotations

from calendar import isleap
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.eligibility import FAILS, HOLDS, OPEN, Verdict, judge
from sheke.calls.eligibility.rules import says_one_of, years_between

from .made import FACTS, facts, programme, taker

SENIOR = ["教授", "副教授"]
OLD = {"born_on": date(1970, 1, 1)}
BUSY = {"open_projects": ("社科〔2025〕3号 老街研究",)}


def verdict(condition: dict, **known) -> Verdict:
    return judge(programme(condition), facts(**known))


@pytest.mark.parametrize(
    ("condition", "known", "outcome", "field"),
    [
        ({"rule": "age", "most": 40}, {}, HOLDS, ""),
        ({"rule": "age", "most": 39}, {}, HOLDS, ""),  # a day before the birthday
        ({"rule": "age", "most": 39, "day": "2026-05-02"}, {}, FAILS, ""),
        ({"rule": "age", "most": 38}, {}, FAILS, ""),
        ({"rule": "age", "least": 40, "day": "opening"}, {}, FAILS, ""),
        ({"rule": "age", "most": 40}, {"lead": {"born_on": None}}, OPEN, "lead.born_on"),
        ({"rule": "age", "most": 40, "who": "everyone"},
         {"members": (taker("米", role="member", **OLD),)}, FAILS, ""),
        ({"rule": "age", "most": 40, "who": "everyone"},
         {"members": (taker("米", role="member"),)}, OPEN, "member.born_on"),
        ({"rule": "age", "most": 40, "who": "everyone"},
         {"members": (taker("米", role="member"), taker("于", role="member", **OLD))}, FAILS, ""),
        ({"rule": "age", "most": 40}, {"members": (taker("米", role="member", **OLD),)}, HOLDS, ""),
        ({"rule": "title", "values": SENIOR}, {}, HOLDS, ""),
        ({"rule": "title", "values": ["教授"]}, {}, FAILS, ""),
        ({"rule": "title", "values": SENIOR}, {"lead": {"title": " "}}, OPEN, "lead.title"),
        ({"rule": "degree", "values": ["博士"]}, {}, HOLDS, ""),
        ({"rule": "degree", "values": ["博士"]}, {"lead": {"degree": "硕士"}}, FAILS, ""),
        ({"rule": "degree", "values": ["博士"]}, {"lead": {"degree": ""}}, OPEN, "lead.degree"),
        ({"rule": "referees", "least": 1}, {}, OPEN, "referee"),
        ({"rule": "referees", "least": 1}, {"referees": (taker("方", role="referee"),)}, HOLDS, ""),
        ({"rule": "referees", "least": 1, "values": SENIOR},
         {"referees": (taker("方", role="referee"),)}, OPEN, "referee.title"),
        ({"rule": "referees", "least": 1, "values": SENIOR},
         {"referees": (taker("方", role="referee", title="讲师"),)}, FAILS, "referee"),
        ({"rule": "referees", "least": 2, "values": SENIOR},
         {"referees": (taker("方", role="referee", title="教授"),)}, OPEN, "referee"),
        ({"rule": "live_projects", "most": 0}, {}, HOLDS, ""),
        ({"rule": "live_projects", "most": 0}, {"lead": BUSY}, FAILS, ""),
        ({"rule": "live_projects", "most": 1}, {"lead": BUSY}, HOLDS, ""),
        ({"rule": "previous_closed"}, {}, HOLDS, ""),
        ({"rule": "previous_closed"}, {"lead": BUSY}, FAILS, ""),
        ({"rule": "teams", "most": 2}, {"lead": {"takes_part": 1}}, HOLDS, ""),
        ({"rule": "teams", "most": 2}, {"lead": {"takes_part": 2}}, FAILS, ""),
        ({"rule": "teams", "most": 2, "who": "everyone"},
         {"members": (taker("米", role="member", takes_part=2),)}, FAILS, ""),
        ({"rule": "submissions", "most": 1}, {}, HOLDS, ""),
        ({"rule": "submissions", "most": 1}, {"lead": {"leads": 1, "takes_part": 1}}, FAILS, ""),
        ({"rule": "organisation_kind", "values": ["society"]}, {}, HOLDS, ""),
        ({"rule": "organisation_kind", "values": ["office"]}, {}, FAILS, "organisation"),
        ({"rule": "organisation_kind", "values": ["office"]},
         {"organisation_kind": ""}, OPEN, "organisation"),
        ({"rule": "employed_below"}, {}, HOLDS, ""),
        ({"rule": "employed_below"}, {"lead": {"employer_path": "000009"}}, FAILS, ""),
        ({"rule": "employed_below"}, {"lead": {"employer_path": ""}}, FAILS, "lead.organisation"),
        ({"rule": "employed_below"},
         {"lead": {"employer_path": "", "employer": ""}}, OPEN, "lead.organisation"),
    ],
)  # fmt: skip
def test_people_and_organisations(condition, known, outcome, field):
    found = verdict(condition, **known)
    assert (found.outcome, found.field) == (outcome, field)
    assert found.demand
    assert bool(found.todo) == (outcome != HOLDS)


@pytest.mark.parametrize(
    ("part", "values", "outcome"),
    [
        ({"field": "kind", "op": "eq", "value": "youth"}, {"kind": "youth"}, HOLDS),
        ({"field": "kind", "op": "eq", "value": "youth"}, {"kind": "general"}, FAILS),
        ({"field": "kind", "op": "ne", "value": "youth"}, {"kind": "general"}, HOLDS),
        ({"field": "kind", "op": "ne", "value": "youth"}, {}, OPEN),
        ({"field": "kind", "op": "in", "value": ["youth", "general"]}, {"kind": "youth"}, HOLDS),
        ({"field": "forms", "op": "eq", "value": "book"}, {"forms": ["paper", "book"]}, HOLDS),
        ({"field": "forms", "op": "in", "value": ["book"]}, {"forms": ["paper"]}, FAILS),
        ({"field": "amount", "op": "lte", "value": 2}, {"amount": "2.00"}, HOLDS),
        ({"field": "amount", "op": "lte", "value": 2}, {"amount": "2.01"}, FAILS),
        ({"field": "amount", "op": "gte", "value": 0.1}, {"amount": "0.1"}, HOLDS),
        ({"field": "amount", "op": "lte", "value": 2}, {"amount": "约两万"}, OPEN),
        ({"field": "amount", "op": "eq", "value": 2}, {"amount": "2.0"}, HOLDS),
        ({"field": "until", "op": "lte", "value": "2027-12-31"}, {"until": "2027-01-31"}, HOLDS),
        ({"field": "until", "op": "lte", "value": "2026-12-31"}, {"until": "2027-01-31"}, FAILS),
        ({"field": "proof", "op": "filled"}, {"proof": [4]}, HOLDS),
        ({"field": "proof", "op": "filled"}, {"proof": []}, OPEN),
        ({"field": "proof", "op": "empty"}, {"proof": []}, HOLDS),
        ({"field": "proof", "op": "empty"}, {"proof": [4]}, FAILS),
        ({"field": "b0", "op": "eq", "value": True}, {"b0": True}, HOLDS),
        ({"field": "b0", "op": "eq", "value": True}, {"b0": False}, FAILS),
        ({"field": "proof", "op": "empty"}, None, OPEN),  # there is no form yet
    ],
)
def test_fields_of_the_form(part, values, outcome):
    found = verdict({"rule": "field", **part}, values=values)
    assert found.outcome == outcome
    assert outcome == HOLDS or found.field == part["field"]


def test_nobody_leads_yet():
    found = judge(programme({"rule": "previous_closed"}), replace(FACTS, lead=None))
    assert (found.outcome, found.field) == (OPEN, "lead")


def test_it_says_what_is_demanded_what_is_the_case_and_what_to_do():
    found = verdict({"rule": "live_projects", "most": 0}, lead=BUSY)
    assert found.demand == "Project leader: leads no project that is still open"
    assert found.found == "Open: 社科〔2025〕3号 老街研究"
    assert found.todo == "Close the open project first."


def test_a_condition_speaks_with_its_own_message():
    said = {"zh": "四十岁以下", "en": "Not above forty"}
    assert verdict({"rule": "age", "most": 40, "message": said}).demand == "Not above forty"
    with translation.override("zh-hans"):
        assert verdict({"rule": "age", "most": 40, "message": said}).demand == "四十岁以下"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("教授", True), ("教授（二级）", True), ("教授、博士生导师", True), ("副教授", False),
        (" 教授 ", True), ("教授级高级工程师", False), ("Professor", False), ("", False),
    ],
)  # fmt: skip
def test_titles_as_people_write_them(text, fits):
    assert says_one_of(text, ["教授"]) is fits


@given(st.dates(date(1900, 1, 1), date(2010, 1, 1)), st.dates(date(2010, 1, 1), date(2100, 1, 1)))
def test_age_grows_by_one_on_each_birthday(born, day):
    following = day + timedelta(days=1)
    leap = (born.month, born.day) == (2, 29) and not isleap(following.year)
    birthday = (3, 1) if leap else (born.month, born.day)
    grown = years_between(born, following) - years_between(born, day)
    assert grown == ((following.month, following.day) == birthday)
