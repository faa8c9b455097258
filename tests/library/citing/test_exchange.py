"""BibTeX, RIS, CSL-JSON, Dublin Core, JSON-LD: read back, whatever a title holds."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheke.core.errors import BadInput
from sheke.library.citing.bibtex import ESCAPES, bibtex, escape
from sheke.library.citing.csl import csl
from sheke.library.citing.dublin_core import dublin_core
from sheke.library.citing.entry import Entry
from sheke.library.citing.highwire import highwire
from sheke.library.citing.linked_data import data_block, json_ld
from sheke.library.citing.names import Name
from sheke.library.citing.ris import ris
from sheke.library.citing.styles import STYLES, cite
from sheke.library.models import Work

# Everything that a text field may hold, rich in what formats trip over.
TEXT = st.text(
    st.one_of(
        st.sampled_from("{}\\%&$#_~^\"'@,=\n\r\t\u2028<>-:;"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)
KINDS = st.sampled_from(Work.Kind.values)
ARTICLE = Entry(
    7, "article", "县域治理中的文化认同", subtitle="一项调查", issued="2024-05",
    translated_titles=("Cultural identity in county governance",), language="zh-Hans",
    authors=(Name("张三", organisation="云川大学"), Name("Smith, John A., Jr."),
             Name("云川市社科联", is_body=True)),
    container="云川社会科学", volume="12", issue="3", pages="45–52", issn=("1000-0135",),
    doi="10.1000/yc_2024.03", url="https://a.example/?x=1&y={2}", accessed=date(2024, 6, 1),
    keywords=("治理", "文化"), abstract="第一行。\n第二行。", link="https://lib.example/id/s1x",
)  # fmt: skip


def read_bibtex(text: str) -> list[dict[str, str]]:
    """As strict as BibTeX: braces pair, escaped or not; every field ends with a comma."""
    found = []
    for block in re.split(r"(?m)^(?=@)", text)[1:]:
        head = re.match(r"@(\w+)\{([\w-]+),\n", block)
        assert head
        fields, at = {"type": head[1], "key": head[2]}, head.end()
        while not block.startswith("}", at):
            field = re.compile(r"  (\w+) = ").match(block, at)
            assert field, block[at:]
            at = field.end()
            if block[at] != "{":
                end = block.index(",\n", at)
                fields[field[1]] = block[at:end]
            else:
                end = closing(block, at)
                fields[field[1]] = block[at + 1 : end]
                end += 1
            assert block.startswith(",\n", end)
            at = end + 2
        found.append(fields)
    return found


def closing(text: str, at: int) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise AssertionError("braces do not pair")


def unescaped(value: str) -> str:
    names = sorted(((tex, plain) for plain, tex in ESCAPES.items()), key=lambda pair: -len(pair[0]))
    pattern = "|".join(re.escape(tex) for tex, _plain in names)
    return re.sub(pattern, lambda found: dict(names)[found[0]], value)


def one_line(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()


@given(TEXT)
def test_bibtex_escapes_can_be_taken_back(text: str) -> None:
    assert unescaped(escape(text)) == one_line(text)


@given(KINDS, TEXT, TEXT, TEXT, TEXT)
def test_bibtex_is_read_back(kind: str, title: str, author: str, container: str, url: str) -> None:
    one = Entry(
        3, kind, title, authors=(Name(author),), container=container, url=url, issued="2024-05"
    )
    [read] = read_bibtex(bibtex([one]))
    assert read["key"] == "sheke-3" and read["month"] == "may"
    assert unescaped(read.get("title", "{}")[1:-1]) == one_line(title)
    host = read.get("journal", read.get("booktitle", read.get("howpublished", "")))
    assert unescaped(host) == one_line(container)
    assert not set(read.get("url", "")) & set("{}\\ \n")


def test_bibtex_of_an_article() -> None:
    [read] = read_bibtex(bibtex([ARTICLE]))
    assert read["type"] == "article"
    assert read["author"] == "{张三} and Smith, Jr, John A. and {云川市社科联}"
    assert read["title"] == "{县域治理中的文化认同: 一项调查}"
    assert read["pages"] == "45--52" and read["journal"] == "云川社会科学"
    assert read["url"] == "https://a.example/?x=1&y=%7B2%7D"
    assert read["abstract"] == "第一行。 第二行。" and read["langid"] == "chinese"
    assert read["doi"] == "10.1000/yc_2024.03" and read["urldate"] == "2024-06-01"


def read_ris(text: str) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        tag, sign, value = line[:2], line[2:6], line[6:]
        assert re.fullmatch("[A-Z][A-Z0-9]", tag) and sign == "  - " and "\n" not in value
        if tag == "TY":
            found.append({})
        found[-1].setdefault(tag, []).append(value)
    return found


@given(st.lists(st.tuples(KINDS, TEXT, TEXT), min_size=1, max_size=3))
def test_ris_is_read_back(works: list[tuple[str, str, str]]) -> None:
    made = [
        Entry(n, kind, title, abstract=abstract) for n, (kind, title, abstract) in enumerate(works)
    ]
    read = read_ris(ris(made))
    assert [one["ID"] for one in read] == [[entry.key] for entry in made]
    for one, (_kind, title, abstract) in zip(read, works, strict=True):
        assert one.get("TI", [""]) == [one_line(title)]
        assert one.get("AB", [""]) == [one_line(abstract)]
        assert next(iter(one)) == "TY" and list(one)[-1] == "ER"


def test_ris_of_an_article() -> None:
    [read] = read_ris(ris([ARTICLE]))
    assert read["TY"] == ["JOUR"]
    assert read["AU"] == ["张三", "Smith, John A., Jr", "云川市社科联"]
    assert (read["SP"], read["EP"]) == (["45"], ["52"])
    assert read["PY"] == ["2024"] and read["DA"] == ["2024/05//"]
    assert read["T2"] == ["云川社会科学"] and read["KW"] == ["治理", "文化"]
    assert read["UR"] == ["https://a.example/?x=1&y={2}"] and read["SN"] == ["1000-0135"]


def test_csl_json() -> None:
    [read] = csl([ARTICLE])
    assert read["type"] == "article-journal" and read["id"] == "sheke-7"
    assert read["author"] == [
        {"literal": "张三"},
        {"family": "Smith", "given": "John A.", "suffix": "Jr"},
        {"literal": "云川市社科联"},
    ]
    assert read["issued"] == {"date-parts": [[2024, 5]]} and read["page"] == "45-52"
    assert read["accessed"] == {"date-parts": [[2024, 6, 1]]}
    assert "edition" not in read
    assert json.loads(cite([ARTICLE], "csl-json")) == [read]


def test_dublin_core() -> None:
    pairs = dublin_core(ARTICLE, kind="期刊论文")
    assert pairs[0] == ("title", "县域治理中的文化认同: 一项调查")
    assert [v for e, v in pairs if e == "creator"] == ["张三", "Smith, John A., Jr", "云川市社科联"]
    assert ("source", "云川社会科学, 2024, 12(3): 45-52") in pairs
    assert [v for e, v in pairs if e == "identifier"] == [
        "https://lib.example/id/s1x", "https://doi.org/10.1000/yc_2024.03",
        "https://a.example/?x=1&y={2}", "urn:issn:1000-0135",
    ]  # fmt: skip
    assert [v for e, v in pairs if e == "type"] == ["Text", "期刊论文"]


@given(TEXT, TEXT)
def test_xml_holds_whatever_a_title_holds(title: str, author: str) -> None:
    made = cite([Entry(1, "article", title, authors=(Name(author),))], "dublin-core")
    assert etree.fromstring(made.encode())[-1].tag == "{http://purl.org/dc/elements/1.1/}language"


@given(TEXT)
def test_a_data_block_cannot_end_its_script(title: str) -> None:
    made = data_block(json_ld(Entry(1, "article", f"</script><script>{title}")))
    assert "<" not in made and ">" not in made
    assert json.loads(made)["name"] == f"</script><script>{title}"


def test_json_ld() -> None:
    made = json_ld(ARTICLE, page="https://lib.example/library/works/7/")
    assert made["@type"] == "ScholarlyArticle" and made["@id"] == "https://lib.example/id/s1x"
    assert made["author"][0] == {
        "@type": "Person", "name": "张三",
        "affiliation": {"@type": "Organization", "name": "云川大学"},
    }  # fmt: skip
    assert made["author"][1]["name"] == "John A. Smith"
    assert made["isPartOf"]["isPartOf"] == {
        "@type": "PublicationVolume", "volumeNumber": "12",
        "isPartOf": {"@type": "Periodical", "name": "云川社会科学", "issn": ["1000-0135"]},
    }  # fmt: skip


def test_highwire_names_what_search_engines_want() -> None:
    pairs = highwire(ARTICLE, page="https://lib.example/w", pdf="https://lib.example/f.pdf")
    found = dict(pairs)
    assert [v for n, v in pairs if n == "citation_author"] == [
        "张三",
        "Smith, John A., Jr",
        "云川市社科联",
    ]
    assert found["citation_journal_title"] == "云川社会科学"
    assert found["citation_publication_date"] == "2024/05"
    assert (found["citation_firstpage"], found["citation_lastpage"]) == ("45", "52")
    assert found["citation_pdf_url"] == "https://lib.example/f.pdf"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", Work.Kind.values)
def test_every_kind_is_cited_in_every_style(style: str, kind: str) -> None:
    bare = Entry(1, kind, "题名")
    full = Entry(2, kind, "Title", language="en", authors=(Name("A, B"),), editors=(Name("C, D"),),
                 translators=(Name("E, F"),), issued="2020-01-02", container="C", volume="1", issue="2",
                 pages="3-4", edition="2", publisher="P", place="Q", url="http://u.example/")  # fmt: skip
    made = cite([bare, full], style)
    assert "题名" in made and "Title" in made and made.endswith("\n")
    assert "  " not in made or style not in ("gbt-numeric", "gbt-author-date")
    assert cite([], style) == ""


def test_a_style_that_there_is_not_is_told() -> None:
    with pytest.raises(BadInput, match="bibtex, ris"):
        cite([ARTICLE], "chicago")
