"""Templates: made from documents, bound, carried over."""

import pytest
from django.utils import translation

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.definitions.models import Definition
from sheke.reports.actions import slots as verbs
from sheke.reports.actions.templates import (
    carry_over,
    create_template,
    discard_template,
    title_in,
    year_in,
)
from sheke.reports.models import Template
from sheke.reports.sources import Source, read_source
from sheke.reports.word.reading import to_bytes
from tests import factories
from tests.reports.worlds import word_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


TEXT = """云川市社科联2024年工作总结
一、主要工作
全年举办社科讲座520余场，听众达5.2万余人次，编发《要报》24期。
编制总数12名，由市民学校承办。
国家统计局数据显示，全国研发投入3.3万亿元。
"""
NEXT = """云川市社科联2025年工作总结
一、主要工作
全年共举办社科讲座xxx余场，听众近x.x万人次，编发《要报》xx期。
慰问老专家xx人。
编制总数12名，由市民学校承办。
国家统计局数据显示，全国研发投入3.6万亿元。
"""


def source(text: str = TEXT, name: str = "总结.txt") -> Source:
    return read_source(text.encode(), name)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def city():
    factories.lecture_type()
    factories.indicator("lectures", synonyms=["讲座"])
    factories.indicator(
        "audience", aggregate="sum", measure="attendance", name={"zh": "讲座受众"},
        unit={"zh": "人次"}, synonyms=["听众"],
    )  # fmt: skip
    return factories.organisation(code="YC", kind="federation")


@pytest.fixture
def by(city):
    return factories.account(city)


def indicator(key: str) -> Definition:
    return Definition.objects.get(kind="indicator", key=key)


def make(city, by, text: str = TEXT) -> Template:
    return create_template(organisation=city, source=source(text), by=by)


def slot(template: Template, text: str):
    return template.slots.select_related("template").get(text=text)


def test_a_document_becomes_a_template(city, by):
    template = make(city, by)
    assert (template.title, template.year, template.key) == (
        "云川市社科联2024年工作总结",
        2024,
        "yc-2024",
    )
    found = [s.text for s in template.slots.all()]
    assert found == ["520余场", "5.2万余人次", "24期", "12名", "3.3万亿元"]
    assert all(template.text[s.start : s.end] == s.text for s in template.slots.all())
    with template.source.file.open("rb") as file:
        assert file.read() == TEXT.encode()
    assert AuditEvent.objects.get(verb="template.create").actor_id == by.pk


def test_a_word_file_becomes_a_template(city, by):
    data = to_bytes(word_document(TEXT.strip()))
    template = create_template(organisation=city, source=read_source(data, "总结.docx"), by=by)
    assert template.text.splitlines() == TEXT.splitlines()
    assert template.slots.count() == 5


def test_keys_do_not_clash(city, by):
    assert [make(city, by).key for _ in range(3)] == ["yc-2024", "yc-2024-2", "yc-2024-3"]
    with pytest.raises(BadInput, match="already"):
        create_template(organisation=city, source=source(), by=by, key="yc-2024")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "no text"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "save it as .docx"),
        (b"PK broken", "a.docx", "damaged"),
    ],
)
def test_files_that_cannot_be_read(data, name, message):
    with pytest.raises(BadInput, match=message):
        read_source(data, name)


def test_title_and_year_are_read():
    assert year_in(source("工作总结\n2023年以来，2023年的工作。", "x.txt")) == 2023
    assert title_in(source("。\n没有标题的一段话，说了很多。", "某某总结.txt")) == "某某总结"


def test_binding_and_unbinding(city, by):
    held = slot(make(city, by), "520余场")
    verbs.bind_slot(slot=held, indicator=indicator("lectures"), period={"until": "10-31"},
                    printing={"suffix": "余", "places": -1, "unit": "场"}, by=by)  # fmt: skip
    held.refresh_from_db()
    assert (held.binding, held.indicator.key, held.bound_by) == ("indicator", "lectures", by)
    assert held.printing == {"suffix": "余", "places": -1, "unit": "场"}
    verbs.unbind_slot(slot=held, by=by)
    assert (held.binding, held.indicator, held.bound_at, held.printing) == ("", None, None, {})


def test_words(city, by):
    posts = slot(make(city, by), "12名")
    assert verbs.word_slot(slot=posts, binding="constant", wording="", by=by).wording == "12名"
    with pytest.raises(BadInput, match="Write the words"):
        verbs.word_slot(slot=posts, binding="name", wording="  ", by=by)


@pytest.mark.parametrize(
    "fields", [{"period": {"untill": "10-31"}}, {"scope": {"kind": []}}, {"printing": {"unit": 3}}]
)
def test_unreadable_declarations_are_refused(city, by, fields):
    held = slot(make(city, by), "520余场")
    with pytest.raises(BadInput):
        verbs.bind_slot(slot=held, indicator=indicator("lectures"), by=by, **fields)


def test_a_binding_can_be_restored(city, by):
    held = slot(make(city, by), "520余场")
    verbs.bind_slot(slot=held, indicator=indicator("lectures"), by=by)
    state = verbs.binding_state(held)
    verbs.word_slot(slot=held, binding="constant", wording="500场", by=by)
    verbs.restore_slot(slot=held, state=state, by=by)
    held.refresh_from_db()
    assert (held.binding, held.indicator.key, held.wording) == ("indicator", "lectures", "")


def test_adding_and_removing_slots(city, by):
    template = make(city, by)
    start = template.text.index("市民学校")
    added = verbs.add_slot(template=template, start=start - 1, end=start + 4, by=by)
    assert added.text == "由市民学校"
    assert added.key == "s006"
    with pytest.raises(BadInput, match="overlaps"):
        verbs.add_slot(template=template, start=start, end=start + 2, by=by)
    with pytest.raises(BadInput, match="one line"):
        verbs.add_slot(template=template, start=0, end=25, by=by)
    verbs.remove_slot(slot=added, by=by)
    assert template.slots.count() == 5


def bound(city, by) -> Template:
    template = make(city, by)
    verbs.bind_slot(
        slot=slot(template, "520余场"), indicator=indicator("lectures"), by=by,
        printing={"places": -1, "rounding": "truncate", "suffix": "余", "unit": "场"},
    )  # fmt: skip
    verbs.bind_slot(
        slot=slot(template, "5.2万余人次"), indicator=indicator("audience"), by=by,
        period={"until": "10-31"},
        printing={"magnitude": "万", "places": 1, "rounding": "truncate", "suffix": "余", "unit": "人次"},
    )  # fmt: skip
    verbs.word_slot(slot=slot(template, "12名"), binding="constant", wording="", by=by)
    verbs.word_slot(slot=slot(template, "3.3万亿元"), binding="constant", wording="", by=by)
    return template


def test_bindings_carry_over_by_their_words(city, by):
    before, after = bound(city, by), make(city, by, NEXT)
    carried = carry_over(template=after, previous=before, by=by)
    assert (carried.bound, carried.left) == (3, 3)
    assert slot(after, "xxx余场").indicator.key == "lectures"
    assert slot(after, "x.x万人次").period == {"until": "10-31"}
    assert slot(after, "12名").wording == "12名"
    assert after.previous == before


def test_a_constant_of_last_year_is_not_printed_again(city, by):
    after = make(city, by, NEXT)
    carry_over(template=after, previous=bound(city, by), by=by)
    assert slot(after, "3.6万亿元").binding == ""


def test_the_new_wording_decides_the_printing(city, by):
    after = make(city, by, NEXT)
    carry_over(template=after, previous=bound(city, by), by=by)
    printing = slot(after, "x.x万人次").printing
    assert (printing["lead"], printing["rounding"]) == ("近", "up")
    assert "suffix" not in printing


def test_a_printing_set_by_hand_is_kept(city, by):
    before = bound(city, by)
    by_hand = {"numerals": "chinese", "unit": "场"}
    held = slot(before, "520余场")
    verbs.bind_slot(slot=held, indicator=indicator("lectures"), printing=by_hand, by=by)
    after = make(city, by, NEXT)
    carry_over(template=after, previous=before, by=by)
    assert slot(after, "xxx余场").printing == by_hand


def test_bound_slots_are_left_alone(city, by):
    after = make(city, by, NEXT)
    verbs.word_slot(slot=slot(after, "xxx余场"), binding="text", wording="多场", by=by)
    carry_over(template=after, previous=bound(city, by), by=by)
    assert slot(after, "xxx余场").wording == "多场"


def test_discarding(city, by):
    template = make(city, by)
    discard_template(template=template, by=by)
    assert not Template.objects.exists()
