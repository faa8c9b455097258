"""The table that says what the files are."""

from __future__ import annotations

import io

import pytest

from sheke.core.errors import BadInput
from sheke.library.intake.listing import listed_in, read_list
from tests.library.reading.samples import write, zipped

FILES = ["一/茶馆.txt", "二/茶馆.txt", "书屋.docx"]


def table(*rows: str) -> io.BytesIO:
    return io.BytesIO("\n".join(rows).encode())


def test_what_a_row_says() -> None:
    found = read_list(table(
        "文件名,题名,作者,单位,日期,类型,关键词,刊名,期,ISBN,没用的",
        "书屋.docx,农家书屋,沈若溪；顾明远,云川大学,2023年11月,期刊论文,阅读、乡村,云川学刊,3,978-7-04-044703-3,x",
    ), "清单.csv", FILES)  # fmt: skip
    assert found == {"书屋.docx": {
        "title": "农家书屋", "authors": ["沈若溪", "顾明远"], "organisation": "云川大学",
        "issued": "2023-11", "kind": "article", "keywords": ["阅读", "乡村"], "container": "云川学刊",
        "issue": "3", "identifiers": [["isbn", "978-7-04-044703-3"]],
    }}  # fmt: skip


def test_kinds_in_either_language_and_by_key() -> None:
    rows = table(
        "file,kind", "书屋.docx,Research report", "一/茶馆.txt,report", "二/茶馆.txt,调研报告"
    )
    with pytest.raises(BadInput) as error:
        read_list(rows, "list.csv", FILES)
    assert [(p.row, p.column) for p in error.value.problems] == [(4, "kind")]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (("文件名,题名", ",无名"), [(2, "文件名")]),
        (("文件名,题名", "没有.txt,无"), [(2, "文件名")]),
        (("文件名,题名", "茶馆.txt,哪一个"), [(2, "文件名")]),
        (("文件名,题名", "书屋.docx,一", "书屋.docx,二"), [(3, "文件名")]),
        (("文件名,日期,级别", "书屋.docx,前年,高"), [(2, "日期"), (2, "级别")]),
        (("文件名,ISBN", "书屋.docx,978-7-04-044703-4"), [(2, "ISBN")]),
    ],
)
def test_faults_name_row_and_column(rows: tuple[str, ...], places: list[tuple[int, str]]) -> None:
    with pytest.raises(BadInput) as error:
        read_list(table(*rows), "清单.csv", FILES)
    assert [(p.row, p.column) for p in error.value.problems] == places


def test_a_list_without_the_files_column() -> None:
    with pytest.raises(BadInput, match="文件名"):
        read_list(table("题名,作者", "甲,乙"), "清单.csv", FILES)


def test_a_list_inside_a_zip(tmp_path: object) -> None:
    from pathlib import Path

    rows = "文件名,题名\n茶馆.txt,茶馆记\n".encode()
    path = write(Path(str(tmp_path)), "箱.zip", zipped({"一/清单.csv": rows, "一/茶馆.txt": b"a"}))
    assert listed_in(path, "箱.zip") == {"一/茶馆.txt": {"title": "茶馆记"}}
    path = write(Path(str(tmp_path)), "箱.zip", zipped({"list.csv": rows, "别的.txt": b"a"}))
    with pytest.raises(BadInput, match="茶馆"):
        listed_in(path, "箱.zip")
