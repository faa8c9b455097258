"""Certificates: what stands on the page, the code, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from sheke.calls.certificates import (
    TEMPLATES,
    Certificate,
    Template,
    render,
    render_merged,
    rendering,
)
from sheke.calls.certificates.certificate import chinese_date, tidy
from sheke.calls.certificates.codes import QUIET, matrix
from sheke.core.errors import BadInput
from sheke.core.typesetting import Layout

ADDRESS = "https://sheke.example.org/verify/certificates/Q7KM-2ZXD-9PTA"
FULL = Certificate(
    number="云社科奖〔2026〕第0012号", day=date(2026, 11, 22), issuers=("云川市社会科学界联合会",),
    recipients=("陈望舒", "李牧之"), address=ADDRESS, programme="云川市第十二届优秀成果",
    work="传统村落治理研究", kind="专著", level="一等奖", organisation="云川学院", reference="YC2025B017",
    members=("吴敏", "郑一鸣"), until=date(2029, 12, 31),
)  # fmt: skip


def page(pdf: bytes, n: int = 0) -> pypdfium2.PdfPage:
    return pypdfium2.PdfDocument(pdf)[n]


def text_of(pdf: bytes, n: int = 0) -> str:
    """Without line breaks; letters that are set wide come without their gaps."""
    return "".join(page(pdf, n).get_textpage().get_text_range().split())


@pytest.mark.parametrize(("template", "size", "says"), [
    ("award", (842, 595), "获奖证书 陈望舒、李牧之 （云川学院） 专著《传统村落治理研究》 一等奖"),
    ("closing", (595, 842), "结项证书 传统村落治理研究 YC2025B017 云川学院 吴敏、郑一鸣 准予结项"),
    ("accreditation", (842, 595), "认定证书 陈望舒、李牧之 云川市第十二届优秀成果 二〇二九年十二月三十一日"),
])  # fmt: skip
def test_what_stands_on_the_page(template, size, says):
    (pdf,) = render(template, [FULL])
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx(size, abs=1)
    text = text_of(pdf)
    for part in [*says.split(), FULL.number, FULL.issuers[0], "二〇二六年十一月二十二日"]:
        assert part in text


def test_the_code_on_the_paper_is_that_of_the_address():
    """The page is drawn, and the middle of every module compared."""
    (pdf,) = render("award", [FULL])
    image = page(pdf).render(scale=6).to_pil().convert("L")
    want = matrix(ADDRESS)
    scale = image.width / 297
    left, top, module = 36 * scale, (210 - 25 - 25) * scale, 25 * scale / (len(want) + 2 * QUIET)

    def black(x: int, y: int) -> bool:
        at = (int(left + (x + QUIET + 0.5) * module), int(top + (y + QUIET + 0.5) * module))
        return image.getpixel(at) < 128

    assert [[black(x, y) for x in range(len(want))] for y in range(len(want))] == want


def test_the_code_begins_with_its_corners():
    found = matrix(ADDRESS)
    finder = [row[:7] for row in found[:7]]
    assert finder[0] == [True] * 7
    assert finder[1] == [True, False, False, False, False, False, True]
    assert matrix(ADDRESS + "x") != found


def test_many_pages_in_one_file_and_parts_give_the_same_each_time(monkeypatch):
    some = [replace(FULL, number=f"第{n}号") for n in range(1, 6)]
    whole = render_merged("award", some)
    monkeypatch.setattr(rendering, "PART", 2)
    parted = render_merged("award", some)
    assert parted == render_merged("award", some)
    for pdf in (whole, parted):
        assert len(pypdfium2.PdfDocument(pdf)) == 5
        assert all(f"第{n + 1}号" in text_of(pdf, n) for n in range(5))


def test_the_same_certificate_gives_the_same_bytes():
    assert list(render("closing", [FULL])) == list(render("closing", [FULL]))


LONG = "数字经济背景下西部山区县域农村集体经济组织高质量发展的体制机制障碍与政策支持体系研究"


@pytest.mark.parametrize("template", TEMPLATES)
def test_long_texts_stay_on_one_page_and_whole(template):
    names = tuple(f"欧阳慕容{n}" for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未")
    long = replace(
        FULL, recipients=names, members=names, work=LONG * 3, organisation=LONG, programme=LONG,
        issuers=(LONG, "云川市社会科学界联合会"), level="优秀成果特别荣誉奖",
    )  # fmt: skip
    (pdf,) = render(template, [long])
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    text = text_of(pdf)
    assert all(name in text for name in names)
    assert LONG in text


@pytest.mark.parametrize(("template", "change"), [
    ("award", {"work": LONG * 20}), ("award", {"level": LONG}), ("award", {"heading": LONG}),
    ("award", {"issuers": ("云川市社会科学界联合会",) * 12}),
    ("closing", {"members": ("欧阳慕容",) * 600}), ("accreditation", {"programme": LONG * 8}),
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_never_printed_over_the_rest(template, change):
    made = render(template, [replace(FULL, **change)])
    with pytest.raises(BadInput, match="0012"):
        list(made)


@pytest.mark.parametrize("template", TEMPLATES)
def test_five_issuers_have_room(template):
    issuers = tuple(f"云川市第{n}个发证的部门" for n in "一二三四五")
    (pdf,) = render(template, [replace(FULL, issuers=issuers)])
    assert all(name in text_of(pdf) for name in issuers)


@pytest.mark.parametrize("template", TEMPLATES)
def test_own_words_and_heading(template):
    own = replace(FULL, heading="荣誉证书", body=("第一段。", "#第二段*。"))
    (pdf,) = render(template, [own])
    assert all(part in text_of(pdf) for part in ("荣誉证书", "第一段。", "#第二段*。"))
    assert "特发此证" not in text_of(pdf)


@pytest.mark.parametrize(("field", "empty"), [
    ("number", ""), ("issuers", ()), ("recipients", (" ",)), ("programme", "\u200b"), ("level", ""),
])  # fmt: skip
def test_an_empty_field_is_named_with_its_certificate_before_any_is_made(field, empty):
    with pytest.raises(BadInput, match=rf"2.*{field}"):
        render("award", [FULL, replace(FULL, **{field: empty})])


def test_a_rare_character_is_named_before_any_is_made():
    with pytest.raises(BadInput, match=r"𬸀.*U\+2CE00.*2\.recipients\.1"):
        render("award", [FULL, replace(FULL, recipients=("陈𬸀",))])


def test_traditional_characters_are_printed():
    (pdf,) = render("award", [replace(FULL, recipients=("陳龘峯",))])
    assert "陳龘峯" in text_of(pdf)


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://x.org/" + "a" * 300])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(BadInput, match="网址"):
        render("award", [replace(FULL, address=address)])


def test_an_offices_own_template(tmp_path):
    source = (
        "#set text(font: json(bytes(sys.inputs.fonts)), fallback: false)\n"
        "#let all = json(bytes(sys.inputs.data))\n#for one in all { page(one.recipients.first()) }"
    )
    own = Template("own", "Own", Layout(source, tmp_path), frozenset({"work"}))
    assert "陈望舒" in text_of(render_merged(own, [FULL]))
    with pytest.raises(BadInput, match="work"):
        render(own, [replace(FULL, work="")])


def test_no_such_template_and_nothing_to_print():
    with pytest.raises(BadInput, match="award"):
        render("diploma", [FULL])
    with pytest.raises(BadInput):
        render_merged("award", [])
    assert list(render("award", [])) == []


def test_dates_and_tidying():
    assert chinese_date(date(2030, 10, 1)) == "二〇三〇年十月一日"
    assert tidy(" 张\u3000三\t\u200b\x07 ") == "张 三"
    assert tidy("e\u0301") == "é"
