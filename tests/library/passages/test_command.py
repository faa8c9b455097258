"""`sheke library check` and `verify-report`, as they are typed."""

from __future__ import annotations

import json
from io import BytesIO

import docx
import pytest
from django.core.management import call_command
from opencc import OpenCC

from sheke.core.errors import BadInput
from sheke.library.passages.holdings import take_in
from tests.library import factories

SAID = "河街的茶馆在清末有二十七家，沿河而设；茶客多是船夫与挑夫。"
KEYS = ["characters", "coverage", "coverage_without_common", "passages", "ms"]


def checked(capsys, *arguments):
    call_command("library", "check", *map(str, arguments), "--json")
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found = json.loads(out)
    assert list(found) == KEYS
    return found


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "文章.txt"
    path.write_text(f"开头。{SAID}结尾没有抄。", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "begin"),
    [
        (f"序{SAID}".encode("utf-8-sig"), 1),
        (f"序{SAID}".encode("gb18030"), 1),
        (f"序{OpenCC('s2tw').convert(SAID)}".encode("big5hkscs"), 1),
        (f"序{OpenCC('s2t').convert(SAID)}".encode("gb18030"), 1),
        (f"序\r\n\r\n{SAID}".encode("utf-16"), 3),
    ],
)
def test_each_encoding_is_read_and_places_count_its_own_text(
    capsys, tmp_path, file, content, begin
):
    other = tmp_path / "别的.txt"
    other.write_bytes(content)
    found = checked(capsys, file, "--against", other)
    assert found["characters"] == 33
    assert found["coverage"] == pytest.approx(26 / 33)
    (passage,) = found["passages"]
    assert (passage["start"], passage["text"]) == (3, SAID[:-1])
    assert passage["sources"] == [{"id": "别的.txt", "start": begin, "end": begin + len(SAID) - 1}]


def test_folders_files_and_many_after_one_option(capsys, tmp_path, file):
    folder = tmp_path / "夹"
    (folder / "内").mkdir(parents=True)
    (folder / "内" / "甲.txt").write_text(SAID)
    (folder / "空.txt").write_text("")
    (folder / ".隐.txt").write_text(SAID)
    (folder / "坏.docx").write_bytes(b"PK broken")
    word = docx.Document()
    word.add_paragraph("标题")
    word.add_paragraph(SAID)
    data = BytesIO()
    word.save(data)
    (tmp_path / "乙.docx").write_bytes(data.getvalue())
    call_command(
        "library", "check", str(file), "--json", "--against", str(folder), str(tmp_path / "乙.docx")
    )
    out, told = capsys.readouterr()
    (passage,) = json.loads(out)["passages"]
    assert [source["id"] for source in passage["sources"]] == ["内/甲.txt", "乙.docx"]
    assert passage["sources"][1]["start"] == 3
    assert "坏.docx" in told


def test_a_file_is_not_compared_with_itself_in_its_folder(capsys, tmp_path, file):
    (tmp_path / "别的.txt").write_text("没有相同的话")
    assert checked(capsys, file, "--against", tmp_path)["coverage"] == 0


def test_an_empty_file_shares_nothing(capsys, tmp_path, file):
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    found = checked(capsys, empty, "--against", file)
    assert (found["characters"], found["coverage"], found["passages"]) == (0, 0, [])
    assert checked(capsys, file, "--against", empty)["coverage"] == 0


def test_the_least_length_can_be_changed(capsys, tmp_path, file):
    other = tmp_path / "短.txt"
    other.write_text(f"甲{SAID[:12]}乙")
    lengths = {
        n: len(checked(capsys, file, "--against", other, "--minimum", n)["passages"])
        for n in (12, 13)
    }
    assert lengths == {12: 1, 13: 0}


@pytest.mark.parametrize("arguments", [["没有.txt"], ["--minimum", "1"], ["--against", "没有"]])
def test_what_cannot_be_done_is_said(tmp_path, file, arguments):
    given = arguments if arguments[0] == "没有.txt" else [str(file), *arguments]
    with pytest.raises(BadInput):
        call_command("library", "check", *given, "--against", str(file))


def test_a_person_reads_lines(capsys, tmp_path, file):
    call_command("library", "check", str(file), "--against", str(file))
    assert "100.0%" in capsys.readouterr().out


@pytest.mark.django_db
def test_without_others_the_holdings_are_asked(capsys, file, tmp_path, settings):
    settings.LIBRARY_PASSAGES_FOLDER = tmp_path / "passages"
    work = factories.work(text=SAID)
    take_in(work.files.get())
    (passage,) = checked(capsys, file)["passages"]
    assert passage["sources"][0]["id"] == f"{work.pk}/{work.files.get().pk}"
    with pytest.raises(BadInput):
        call_command("library", "check", str(file), "--minimum", "12")


@pytest.mark.django_db
def test_what_is_no_report_is_told(capsys, file):
    with pytest.raises(SystemExit) as end:
        call_command("library", "verify-report", str(file), "--json")
    assert end.value.code == 1
    assert json.loads(capsys.readouterr().out)["genuine"] is False
