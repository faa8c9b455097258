import json

import docx
import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection

from sheke.core.errors import BadInput
from sheke.ledger.actions import reverse_record
from sheke.reports.actions.reports import freeze_report
from sheke.reports.models import Report, Snapshot
from sheke.reports.word.text import document_text
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def fill(w, out, *more):
    call_command(
        "report", "fill", w.template.key, "--organisation", "YC", "--period", "2025", "-o", str(out), *more
    )  # fmt: skip


def test_fill_writes_the_word_file_and_tells_what_is_blank(w, tmp_path, capsys):
    out = tmp_path / "out.docx"
    fill(w, out, "--json")
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert [b["key"] for b in told["blank"]] == ["share"]
    assert told["figures"][0]["printed"] == "20余场"
    assert "____" in printed.err
    assert "讲座20余场，惠及5.2万余人次" in document_text(docx.Document(str(out))).text


def test_fill_lays_out_by_the_standard(w, tmp_path, capsys):
    out = tmp_path / "out.docx"
    fill(w, out, "--layout", "standard", "--red-head", "云社科〔2025〕8号")
    assert str(out) in capsys.readouterr().out
    lines = document_text(docx.Document(str(out))).lines
    assert lines[:3] == ["云川市社科联", "云社科〔2025〕8号", "云川市社科联2025年工作总结"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["fill", "nothing", "--organisation", "YC", "--period", "2025", "-o", "a.docx"],
            "nothing",
        ),
        (["fill", "summary-0", "--organisation", "YC1", "--period", "2025", "-o", "a.docx"], "YC"),
        (
            ["fill", "summary-0", "--organisation", "YC", "--period", "25", "-o", "a.docx"],
            "2025-H1",
        ),
        (["fill", "summary-0", "--organisation", "YC", "--period", "2025", "-o", "a.pdf"], "docx"),
        (["freeze", "999"], "999"),
        (["sources", "999", "-o", "a.docx"], "999"),
        (["verify"], "--code"),
        (["verify", "missing.docx"], "missing.docx"),
        (["verify", "--code", "ABCD"], "ABCD"),
    ],
)
def test_bad_input_is_one_clear_line(w, arguments, told):
    with pytest.raises(BadInput, match=told):
        call_command("report", *arguments)
    assert not Report.objects.exists()


def test_a_place_that_cannot_be_written_leaves_no_report_behind(w, tmp_path):
    with pytest.raises(BadInput, match=r"out\.docx"):
        fill(w, tmp_path / "missing" / "out.docx")
    assert not Report.objects.exists()


def test_freeze_and_verify(w, tmp_path, capsys):
    out = tmp_path / "frozen.docx"
    report = w.fill()
    call_command("report", "freeze", str(report.pk), "-o", str(out), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == Snapshot.objects.get().code
    reverse_record(record=w.records[0], reason="重复", by=w.account)
    call_command("report", "verify", str(out), "--json")
    result = json.loads(capsys.readouterr().out)
    assert result["counts"] == {"holds": 3, "value_changed": 2, "wording_untrue": 1}
    assert result["figures"][0]["rows"]["removed"] == [w.records[0].pk]
    call_command("report", "verify", "--code", told["code"].lower())
    assert "第0期讲座" in capsys.readouterr().out


def test_freeze_can_fill_again_first(w):
    report = w.fill()
    for record in w.records[:6]:
        reverse_record(record=record, reason="重复", by=w.account)
    call_command("report", "freeze", str(report.pk), "--refill")
    assert Snapshot.objects.get().body["figures"][0]["printed"] == "10余场"


def test_list_names_every_report(w, capsys):
    report = w.fill()
    call_command("report", "list", "--json")
    (told,) = json.loads(capsys.readouterr().out)["reports"]
    assert (told["report"], told["code"]) == (report.pk, None)


def test_sources_are_an_annex_or_a_workbook(w, tmp_path):
    report = w.fill()
    annex, rows = tmp_path / "annex.docx", tmp_path / "rows.xlsx"
    call_command("report", "sources", str(report.pk), "-o", str(annex))
    call_command("report", "sources", str(report.pk), "-o", str(rows))
    text = document_text(docx.Document(str(annex))).text
    assert "期内举办的讲座场数" in text
    assert "52,775人次" in text
    book = openpyxl.load_workbook(rows)
    assert [sheet.max_row for sheet in book] == [6, 26, 26]
    assert {row[5] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)} == {2111}


def test_a_file_becomes_a_template_once_and_follows_the_latest(w, tmp_path, capsys):
    path, out = tmp_path / "new.txt", tmp_path / "out.docx"
    path.write_text("2025年工作总结\n全年举办“社科”讲座xx余场，惠及x万余人次。\n")
    for _ in range(2):
        call_command(
            "report", "fill", str(path), "--organisation", "YC", "--period", "2026", "-o", str(out), "--json"
        )  # fmt: skip
        told = json.loads(capsys.readouterr().out)
    assert told["title"] == "2026年工作总结"
    assert Report.objects.count() == 2
    (template,) = {report.template for report in Report.objects.all()}
    assert template.previous == w.template
    assert [f["key"] for f in told["figures"]] == list(template.slots.values_list("key", flat=True))


def test_seals_are_checked_as_a_chain(w, capsys):
    for _ in range(2):
        freeze_report(report=w.fill(), by=w.account)
    call_command("report", "seals", "--json")
    assert json.loads(capsys.readouterr().out) == {"seals": 2, "broken": []}
    first = Snapshot.objects.order_by("id")[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_snapshot SET seal = %s WHERE id = %s", ["0" * 64, first.pk])
    call_command("report", "seals", "--json")
    codes = list(Snapshot.objects.order_by("id").values_list("code", flat=True))
    assert json.loads(capsys.readouterr().out)["broken"] == codes
