"""Values of a programme's form: cleaned, counted, checked against the definition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.calls.values import (
    check_values,
    clean_rich,
    count_characters,
    digest_of,
    find_topic,
    kept_values,
    rich_text,
    shown,
)
from sheke.definitions.programmes import Programme

TOPICS = {7: "A-01 乡村治理研究", 8: "A-02 文旅融合研究"}
FORM: dict[str, Any] = {
    "key": "grant", "name": "课题", "about": "说明", "unit": "项", "applicant": "负责人",
    "sections": [
        {"name": "基本情况", "fields": [
            {"key": "title", "name": "题目", "use": "title", "limit": 10},
            {"key": "topic", "name": "选题", "kind": "topic"},
            {"key": "form", "name": "形式", "kind": "choice", "required": False, "choices": [
                {"key": "book", "name": "专著"}, {"key": "paper", "name": "论文"}]},
            {"key": "fields", "name": "领域", "kind": "choices", "required": False, "choices": [
                {"key": "law", "name": "法学"}, {"key": "history", "name": "历史"}]},
            {"key": "fresh", "name": "首次", "kind": "boolean", "required": False},
            {"key": "money", "name": "经费", "kind": "amount", "places": 2, "unit": "万元",
             "most": 20, "required": False},
            {"key": "until", "name": "完成", "kind": "date", "required": False}]},
        {"name": "论证", "fields": [
            {"key": "plan", "name": "设计", "kind": "paragraphs", "limit": 6, "required": False},
            {"key": "merit", "name": "价值", "kind": "rich", "required": False},
            {"key": "units", "name": "合作", "kind": "organisations", "rows": 2, "required": False},
            {"key": "works", "name": "成果", "kind": "table", "rows": 2, "required": False,
             "columns": [{"key": "name", "name": "名称", "required": True},
                         {"key": "day", "name": "日期", "kind": "date"}]},
            {"key": "annex", "name": "附件", "kind": "files", "types": ["pdf"], "files": 1}]},
    ],
    "stages": [{"key": "collect", "name": "申报", "kind": "collect"},
               {"key": "decide", "name": "立项", "kind": "decide"}],
    "outcome": {"kind": "adoption"},
}  # fmt: skip
PROGRAMME = Programme.model_validate(FORM)
FULL = {"title": "乡村研究", "topic": 7}


def check(values: dict[str, Any], **uploads: list[int]) -> tuple[dict[str, Any], list[str]]:
    clean, faults = check_values(
        PROGRAMME, values, topics=TOPICS, uploads=uploads or {"annex": [1]}
    )
    return clean, [str(fault) for fault in faults]


def test_what_is_filled_in_is_clean() -> None:
    clean, faults = check(
        {"title": "  乡村\t研究 ", "topic": "7", "form": "论文", "fields": "历史、法学", "fresh": "是",
         "money": "1.5万元", "until": "2026年3月1日", "plan": "一\r\n\r\n\r\n二 ", "merit": "甲\n\n乙 < 丙",
         "units": "甲大学\n甲大学\n乙学会", "works": [{"name": "书", "day": "2025/1/2"}, {"name": " "}],
         "other": "x"}
    )  # fmt: skip
    assert faults == []
    assert clean == {
        "title": "乡村 研究", "topic": 7, "form": "paper", "fields": ["law", "history"], "fresh": True,
        "money": "1.5", "until": "2026-03-01", "plan": "一\n\n二",
        "merit": "<p>甲</p><p>乙 &lt; 丙</p>",
        "units": [{"id": None, "name": "甲大学"}, {"id": None, "name": "乙学会"}],
        "works": [{"name": "书", "day": "2025-01-02"}], "annex": [1],
    }  # fmt: skip


def test_what_is_missing_is_named_with_its_section() -> None:
    _clean, faults = check_values(PROGRAMME, {}, topics=TOPICS, uploads={})
    assert [(f.section, f.field, f.missing) for f in faults] == [
        (1, "title", True), (1, "topic", True), (2, "annex", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "字" * 11), ("topic", "没有的选题"), ("topic", 99), ("form", "诗"), ("fresh", "也许"),
        ("money", "许多"), ("money", "-1"), ("money", "20.01"), ("money", "1.234"), ("money", "3人"),
        ("until", "2026-02-30"), ("until", "明年"), ("plan", "一二三四五六七"), ("units", "甲\n乙\n丙"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_a_fault(field: str, value: Any) -> None:
    clean, faults = check_values(
        PROGRAMME, FULL | {field: value}, topics=TOPICS, uploads={"annex": [1]}
    )
    assert [fault.field for fault in faults] == [field]
    assert field not in clean


def test_a_table_names_row_and_column() -> None:
    rows = [{"name": "书"}, {}, {"day": "昨天"}]
    clean, faults = check_values(
        PROGRAMME, FULL | {"works": rows}, topics=TOPICS, uploads={"annex": [1]}
    )
    assert [(f.row, f.column) for f in faults] == [(2, "name"), (2, "day")]
    assert clean["works"] == [{"name": "书"}]


def test_too_many_files_or_rows_are_faults() -> None:
    rows = [{"name": str(n)} for n in range(3)]
    clean, faults = check(FULL | {"works": rows}, annex=[1, 2])
    assert len(faults) == 2
    assert clean["annex"] == [1, 2]


def test_a_call_without_a_guide_asks_for_no_topic() -> None:
    _clean, faults = check_values(PROGRAMME, {"title": "题"}, topics={}, uploads={"annex": [1]})
    assert faults == []


def test_a_draft_keeps_what_cannot_be_read() -> None:
    typed = {"title": "字" * 20, "money": "约 3 万", "until": "明年", "works": [{"day": "昨天"}]}
    assert kept_values(PROGRAMME, typed, topics=TOPICS) == typed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("课题申报", 4),
        ("甲，乙。", 4),
        ("WTO 与 2026", 8),
        ("é e\u0301", 2),
        (" \n\u200b", 0),
        ("𠮷", 1),
    ],
)
def test_characters_are_counted_as_people_count(text: str, count: int) -> None:
    assert count_characters(text) == count


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p onclick='x()'>甲<script>y()</script></p>", "<p>甲</p>"),
        ("<div>甲</div><div><b>乙</b></div>", "<p>甲</p><p><strong>乙</strong></p>"),
        ("<a href='javascript:x'>甲</a><img src=x onerror=y>", "<p>甲</p>"),
        ("<p><br></p>", ""),
        ("<ul><li style='color:red'>甲</li></ul>", "<ul><li>甲</li></ul>"),
    ],
)
def test_rich_text_keeps_a_few_tags(html: str, clean: str) -> None:
    assert clean_rich(html) == clean


def test_rich_text_reads_as_lines() -> None:
    assert rich_text("<p>甲 &lt; 乙</p><ul><li>丙</li></ul>").split() == ["甲", "<", "乙", "丙"]


def test_a_topic_is_found_by_number_or_title() -> None:
    assert find_topic("a-02", TOPICS) == find_topic("文旅融合研究", TOPICS) == 8
    assert find_topic("研究", TOPICS) is None


def test_values_are_shown() -> None:
    assert shown(PROGRAMME.field("money"), "12000.50") == "12,000.5 万元"
    assert shown(PROGRAMME.field("fields"), ["law", "gone"]) == "法学、gone"
    assert shown(PROGRAMME.field("topic"), 7, topics=TOPICS) == "A-01 乡村治理研究"


def test_equal_contents_have_equal_digests() -> None:
    assert digest_of({"b": 1, "a": "甲"}) == digest_of({"a": "甲", "b": 1})
    assert digest_of({"a": "甲"}) != digest_of({"a": "乙"})


tricky = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>/&;bpdivlitrh3 \n\t\x00\u200b\u0301'\"=甲，1.-万"), st.characters()
    ),
    max_size=60,
)
tags = st.lists(
    st.one_of(tricky, st.sampled_from(
        ["<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<table>", "<td>", "<li>", "<ul>", "<h1>", "<br>",
         "<math>", "<svg>", "<script>", "<!--", "]]>", "<plaintext>", "<select>", "<a href=x>", "&nbsp;"]
    )), max_size=12,
).map("".join)  # fmt: skip
anything = st.one_of(tags, st.integers(-5, 10), st.booleans(), st.none(), st.lists(tricky, max_size=4),
                     st.lists(st.dictionaries(st.sampled_from(["name", "day", "id"]), tricky), max_size=4))  # fmt: skip


@given(st.dictionaries(st.sampled_from([f.key for f in PROGRAMME.fields]), anything))
def test_cleaning_what_is_clean_changes_nothing(values: dict[str, Any]) -> None:
    clean, _faults = check_values(PROGRAMME, values, topics=TOPICS)
    again, _faults = check_values(PROGRAMME, clean, topics=TOPICS)
    assert again == clean
    kept = kept_values(PROGRAMME, values, topics=TOPICS)
    assert kept_values(PROGRAMME, kept, topics=TOPICS) == kept


@given(tags)
def test_rich_text_is_idempotent_and_has_no_handlers(text: str) -> None:
    clean = clean_rich(text)
    assert clean_rich(clean) == clean
    assert "<script" not in clean.lower()
