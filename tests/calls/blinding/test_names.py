"""The finder finds every spelling of the applicants and is not sure where they are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.blinding import Identity, Organisation, Person, find, text_passages
from sheke.calls.blinding.names import MAX_FINDINGS
from sheke.core.errors import BadInput

PEOPLE = (
    Person("陆鸣"),
    Person("欧阳晓雪", ("Au-Yeung H. S.",)),
    Person("吕思远"),
    Person("單春華"),
    Person("阿依古丽·买买提"),
)
IDENTITY = Identity(
    people=PEOPLE,
    organisations=(
        Organisation("澄江师范大学", ("澄江师大", "Chengjiang Normal University"), ("法学院",)),
    ),
    phones=("13812345678", "0871-65031234"),
    mails=("luming77@cj.example.cn",),
    identity_numbers=("530102198001011234",),
    projects=("YB2023-017",),
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(f.text, f.kind, f.confidence) for f in find(text_passages(text), IDENTITY)]


@pytest.mark.parametrize(
    "text",
    [
        "陆鸣", "陆　鸣", "陸鳴", "陆·鸣", "Lu Ming", "LU Ming", "Ming Lu", "Lù Míng", "Lu, Ming", "Ｌｕ　Ｍｉｎｇ",
        "欧阳晓雪", "歐陽曉雪", "欧 阳 晓 雪", "欧阳晓\n雪", "Ouyang Xiaoxue", "Xiao-xue Ouyang", "OUYANG Xiao Xue",
        "Au-Yeung H. S", "Lü Siyuan", "Lyu Siyuan", "LV Siyuan", "Lu Si-yuan",
        "阿依古丽·买买提", "阿依古丽", "Ayiguli Maimaiti", "Maimaiti Ayiguli",
        "单春华", "Shan Chunhua", "Chunhua SHAN",
    ],
)  # fmt: skip
def test_spellings_of_people_are_found_and_sure(text):
    from sheke.calls.blinding import Passage, Place

    passage = Passage(Place("page", 3), f"，{text}，")
    [finding] = find([passage], IDENTITY)
    assert (finding.text, finding.kind, finding.confidence) == (text, "person", "likely")
    assert finding.place.number == 3 and (finding.before, finding.after) == ("，", "，")


def test_a_surname_with_a_title_is_to_be_looked_at():
    assert found("与陆教授、欧阳老师") == [
        ("陆教授", "person", "look"),
        ("欧阳老师", "person", "look"),
    ]


@pytest.mark.parametrize("text", ["Lu M.", "M. Lu", "S.Y. Lyu", "Shan CH", "luming", "lusiyuan的"])
def test_initials_and_small_letters_are_to_be_looked_at(text):
    assert found(text)[0][1] == "person"
    assert {sure for _text, _kind, sure in found(text)} <= {"look", "likely"}


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("本课题由陆鸣主持。", "likely"),
        ("负责人：陆鸣（1980—）", "likely"),
        ("导师陆鸣教授认为", "likely"),
        ("大陆鸣响了改革的钟声", "look"),
        ("从大陆，鸣笛启程", "look"),
    ],
)
def test_two_characters_are_judged_by_the_words_around(text, sure):
    assert [c for _text, kind, c in found(text) if kind == "person"] == [sure]


@pytest.mark.parametrize(
    ("text", "kind", "sure"),
    [
        ("澄江师范大学", "organisation", "likely"),
        ("澄江 師範大學", "organisation", "likely"),
        ("chengjiang  NORMAL University", "organisation", "likely"),
        ("在澄江师大召开", "organisation", "likely"),
        ("某大学法学院", "part", "look"),
        ("138 1234 5678", "phone", "likely"),
        ("+86-138-1234-5678", "phone", "likely"),
        ("(0871) 65031234", "phone", "likely"),
        ("转6503 1234", "phone", "look"),
        ("LuMing77#cj.example.cn", "mail", "likely"),
        ("QQ luming77", "mail", "look"),
        ("530102 19800101 1234", "identity", "likely"),
        ("〔YB2023—０１７〕", "project", "likely"),
        ("13900001111", "contact", "look"),
        ("someone@example.org", "contact", "look"),
    ],
)
def test_institutions_and_numbers(text, kind, sure):
    [(_text, *rest)] = found(text)
    assert rest == [kind, sure]


@pytest.mark.parametrize(
    "text",
    [
        "本人前期成果", "笔者曾在《学术前沿》发表", "作者简介：", "我校高度重视", "本课题组已发表论文12篇",
        "申请人主持完成项目三项", "our previous work shows", "基金项目：省社科",
    ],
)  # fmt: skip
def test_texts_that_speak_of_their_author_are_hinted_at(text):
    assert {(kind, sure) for _text, kind, sure in found(text)} == {("phrase", "hint")}


@pytest.mark.parametrize(
    "text", ["我国学校教育", "本系统包括三个模块", "笔者认为应当改革", "我们需要发展", "自我院落"]
)
def test_ordinary_texts_hint_at_nothing(text):
    assert found(text) == []


@given(st.text(st.sampled_from("陆鸣欧阳晓雪 ，。大响abLuMing一二"), max_size=40))
@settings(max_examples=150)
def test_a_planted_name_is_always_found(around):
    for name in ("欧阳晓雪", "陆鸣", "Ouyang Xiaoxue"):
        text = f"{around}。{name}。{around}"
        place = len(around) + 1
        assert any(
            f.start <= place + len(name) - 1 and f.end > place
            for f in find(text_passages(text), IDENTITY)
        )


@given(
    st.text(
        st.characters(
            exclude_categories=["Cs"],
            exclude_characters="阿买欧陆陸鸣鳴欧歐晓曉雪单單春华華思远遠澄",
        ),
        max_size=300,
    )
)
@settings(max_examples=150)
def test_texts_without_a_name_have_no_sure_finding(text):
    sure = [f for f in find(text_passages(text), IDENTITY) if f.confidence == "likely"]
    assert all(
        f.text.isascii() for f in sure
    )  # only what chance writes in latin letters and digits
    assert [f for f in sure if f.kind == "person" and len(f.text) > 8] == []


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_findings_say_what_stands_there_and_do_not_overlap(text):
    last = {}
    for f in find(text_passages(text + "陆鸣 我校 13812345678"), IDENTITY):
        line = (text + "陆鸣 我校 13812345678").split("\n")[f.place.number - 1]
        assert line[f.start : f.end] == f.text and f.start >= last.get(f.place, 0)
        last[f.place] = f.end


def test_a_text_full_of_names_is_refused():
    with pytest.raises(BadInput):
        find(text_passages("陆鸣，" * (MAX_FINDINGS + 1)), IDENTITY)


def test_nothing_is_sought_for_empty_and_tiny_names():
    identity = Identity(
        people=(Person(""), Person("王"), Person("A")), organisations=(Organisation(""),),
        phones=("", "110"), mails=("", "a"), identity_numbers=("1",), projects=("",),
    )  # fmt: skip
    assert find(text_passages("王 A 110 a 1 @"), identity) == []
