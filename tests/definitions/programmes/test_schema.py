"""What a programme may say, and what is said to who writes it wrongly."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from sheke.definitions.canonical import canonical
from sheke.definitions.programmes import Programme
from sheke.definitions.validation import Invalid, validate

DATA: dict[str, Any] = {
    "key": "grant", "name": "课题", "about": "课题", "unit": "项", "applicant": "负责人",
    "sections": [{"name": "题目", "fields": [
        {"key": "title", "name": "名称", "use": "title"},
        {"key": "kind", "name": "类别", "kind": "choice", "use": "category", "choices": [
            {"key": "key", "name": "重点"}, {"key": "general", "name": "一般"}]},
        {"key": "proof", "name": "证明", "kind": "files", "types": ["pdf"], "required": False},
    ]}],
    "people": {"asks": ["born_on", "title"], "roles": [
        {"key": "member", "name": "成员"}, {"key": "referee", "name": "推荐人", "referee": True, "most": 2}]},
    "stages": [
        {"key": "collect", "name": "申报", "kind": "collect"},
        {"key": "review", "name": "评审", "kind": "review"},
        {"key": "decide", "name": "立项", "kind": "decide"}],
    "rubric": {"criteria": [{"key": "topic", "name": "选题"}]},
    "outcome": {"kind": "project", "milestones": [
        {"key": "closing", "name": "结项", "kind": "closing", "months": 12, "instalment": 40}]},
}  # fmt: skip


def changed(path: str, value: Any) -> dict[str, Any]:
    """The data with one part in another's place; None takes it away."""
    data = deepcopy(DATA)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part: Any = data
    for step in way:
        part = part[step]
    if value is None:
        del part[last]
    elif isinstance(part, list) and last == len(part):
        part.append(value)
    else:
        part[last] = value
    return data


def condition(**parts: Any) -> dict[str, Any]:
    return changed("eligibility", parts)


def faults(data: dict[str, Any]) -> list[str]:
    with pytest.raises(Invalid) as caught:
        validate("programme", data)
    return [str(fault) for fault in caught.value.faults]


def test_what_is_right_is_taken():
    programme = validate("programme", DATA)
    assert isinstance(programme, Programme)
    assert programme.used_as("title").key == "title"
    assert programme.after("collect").key == "review"
    assert programme.after("decide") is None
    assert [stage.key for stage in programme.stages_of("review")] == ["review"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (changed("sections.0.fields.0.use", None), "one field is read as the title"),
        (changed("sections.0.fields.1.use", "title"), "“title” is read from a field of the kind text"),
        (changed("sections.0.fields.1.choices", None), "a choice needs at least two choices"),
        (changed("sections.0.fields.0.choices", [{"key": "a", "name": "a"}]), "only a choice has choices"),
        (changed("sections.0.fields.2.types", None), "files need the types that are taken"),
        (changed("sections.0.fields.0.kind", "table"), "a table needs columns"),
        (changed("sections.0.fields.1.limit", 10), "only a text has a limit"),
        (changed("sections.0.fields.1.key", "title"), "the key “title” is used twice"),
        (changed("stages.1.key", "collect"), "the key “collect” is used twice"),
        (changed("stages.0.kind", "check"), "the first stage, and no other, collects"),
        (changed("stages.2.kind", "check"), "the last stage, and no other, decides"),
        (changed("rubric", None), "a review needs a rubric"),
        (changed("stages.1.load", [5, 2]), "the least load must not be above the most"),
        (changed("rubric.criteria.0.least", 100), "the lowest score must lie below the highest"),
        (changed("people.roles.0.least", 20), "at least 20 people cannot be at most 10"),
        (changed("people.roles.1.key", "member"), "the key “member” is used twice"),
        (changed("people.roles.1.key", "lead"), "the key “lead” is used twice"),
        (changed("outcome.milestones", None), "a project has one closing among its milestones"),
        (changed("outcome.signing", 70), "the instalments add up to 110 %"),
        (changed("outcome", {"kind": "prize"}), "a prize has levels"),
        (changed("outcome", {"kind": "accreditation"}), "for how many years"),
        (changed("outcome.kind", "certificate"), "only a project has milestones"),
        (changed("outcome.certificate", {"number": "第{year}号"}), "{serial} must stand once"),
        (changed("outcome.certificate", {"number": "{nummer}{serial}"}), "{nummer} is not known"),
        (changed("outcome.certificate", {"number": "{serial"}), "a brace has no partner"),
        (changed("outcome.certificate", {"number": "{serial:999999999d}"}), "declared as in {serial:4}"),
        (changed("outcome.certificate", {"number": "{serial!r}"}), "{serial!r} is not known"),
        (changed("outcome.certificate", {"number": "{serial.real}"}), "{serial.real} is not known"),
        (changed("outcome.records", [{"type": "x", "of": "nobody"}]), "of: must be one of"),
        (changed("outcome.certificate", {"wording": "{result}"}), "“{result}” is not known here"),
        (changed("outcome.records", [{"type": "x", "title": "{result}"}]), "“{result}” is not known"),
        (changed("outcome.records", [{"type": "x", "title": "{title:04d}"}]), "without “:04d”"),
        (changed("letters", {"hello": {"subject": "a", "body": "b"}}), "“hello” is no letter"),
        (changed("letters", {"received": {"subject": "{x}", "body": "b"}}), "“{x}” is not known"),
        (condition(rule="age"), "an age needs a least or a most"),
        (condition(rule="age", least=50, most=40), "the least must not be above the most"),
        (condition(rule="age", most=40, values=["a"]), "“age” does not take: values"),
        (condition(rule="title"), "“title” needs: values"),
        (condition(rule="degree", values=["博士"]), "needs “degree” among what people are asked"),
        (condition(rule="referees", least=3), "more referees than the form has room for"),
        (condition(rule="field", field="nothing", op="filled"), "which is no field here"),
        (condition(rule="field", field="kind", op="eq", value="minor"), "“kind” has no choice “minor”"),
        (condition(rule="field", field="kind", op="gte", value=2), "“kind” has no order"),
        (condition(rule="field", field="kind", op="in", value="key"), "“in” needs a list of values"),
        (condition(rule="field", field="kind", op="eq"), "the condition has no value"),
        (condition(rule="field", field="proof", op="filled", value=1), "“filled” takes no value"),
        (changed("eligibility", {"all": [{}], "any": [{}]}), "either all, any, none or one condition"),
        (changed("eligibility", {True: 1}), "put it in quotes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(data, fault):
    found = faults(data)
    assert fault in " | ".join(found)


def test_conditions_say_only_what_differs_from_the_usual():
    data = condition(any=[{"rule": "age", "most": 40, "day": "closing", "who": "lead"}])
    stored = canonical(validate("programme", data))
    assert stored["eligibility"] == {"any": [{"condition": {"rule": "age", "most": 40}}]}
    assert canonical(validate("programme", stored)) == stored
    assert (
        canonical(validate("programme", validate("programme", data).model_dump(mode="json")))
        == stored
    )
