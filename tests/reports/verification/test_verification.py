import shutil
import subprocess
from datetime import date

import pytest

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.directory.actions import move_organisation
from sheke.ledger.actions import reverse_record, revise_record
from sheke.reports.actions.reports import freeze_report
from sheke.reports.documents import write_report
from sheke.reports.filling import report_fillings
from sheke.reports.queries import report_figures
from sheke.reports.verification.files import read_file, snapshot_of, verify_snapshot
from sheke.reports.verification.states import State
from sheke.reports.word.head import Head
from sheke.reports.word.reading import open_docx, to_bytes
from tests import factories
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def frozen(w):
    return freeze_report(report=w.fill(), by=w.account)


def word_file(snapshot, layout="original", **options):
    report = snapshot.report
    written = write_report(
        report.template,
        report_fillings(report, report_figures(report)),
        layout,
        code=snapshot.code,
        **options,
    )
    return to_bytes(written.document)


def edited(data, old, new):
    """The file after somebody typed over a run, or over the text of a paragraph."""
    document = open_docx(data)
    for node in document.element.body.iter():
        if node.tag.endswith("}t") and old in (node.text or ""):
            node.text = node.text.replace(old, new)
            return to_bytes(document)
    raise AssertionError(old)


def states(result):
    return {check.key: check.states for check in result.figures if not check.holds}


def verified(data, name="总结.docx"):
    file = read_file(data, name)
    return verify_snapshot(snapshot_of(file), file)


def test_nothing_changed_holds(w):
    snapshot = frozen(w)
    result = verify_snapshot(snapshot)
    assert result.holds
    assert len(result.figures) == 5
    assert verified(word_file(snapshot)).holds


def test_a_revised_record_changes_the_value(w):
    snapshot = frozen(w)
    revise_record(
        record=w.records[3], reason="更正人数", by=w.account, amounts={"attendance": "2211"}
    )
    result = verify_snapshot(snapshot)
    assert states(result) == {"attendance": [State.VALUE], "held": [State.ROWS]}
    check = next(c for c in result.figures if c.key == "attendance")
    assert (check.value_before, check.value_now) == ("52775", "52875")
    assert check.changes.revised == [w.records[3].pk]
    assert [(r.kind, r.title) for r in check.records] == [("revised", "第3期讲座")]


def test_a_wording_is_told_when_it_is_no_longer_true(w):
    snapshot = frozen(w)
    reverse_record(record=w.records[0], reason="重复", by=w.account)
    assert states(verify_snapshot(snapshot)) == {
        "held": [State.VALUE],
        "attendance": [State.VALUE, State.WORDING],
    }


def test_rows_can_change_while_the_value_does_not(w):
    snapshot = frozen(w)
    reverse_record(record=w.records[0], reason="重复", by=w.account)
    new = factories.record(w.lecture, w.city, amounts={"attendance": "2111"})
    result = verify_snapshot(snapshot)
    assert states(result) == {"held": [State.ROWS], "attendance": [State.ROWS]}
    changes = result.figures[0].changes
    assert (changes.added, changes.removed) == ([new.pk], [w.records[0].pk])


def test_a_new_edition_is_a_changed_definition(w):
    snapshot = frozen(w)
    definition = w.template.slots.get(key="held").indicator
    old = definition.current
    definition.current = Edition.objects.create(
        definition=definition, number=2, data=old.data, digest="1" * 64
    )
    definition.save()
    assert states(verify_snapshot(snapshot)) == {"held": [State.DEFINITION]}


def test_a_moved_organisation_is_a_changed_tree(w):
    snapshot = frozen(w)
    move_organisation(
        organisation=w.county, parent=None, since=date(2026, 1, 1), reason="划转", by=w.account
    )
    assert State.TREE in states(verify_snapshot(snapshot))["held"]


def test_a_renamed_organisation_is_not(w):
    snapshot = frozen(w)
    w.county.name = "安宁区社科联"
    w.county.save()
    assert verify_snapshot(snapshot).holds


def test_an_edited_number_and_an_edited_sentence_are_named(w):
    data = word_file(frozen(w))
    data = edited(data, "5.2万余", "6.8万余")
    data = edited(data, "打造品", "争创品")
    result = verified(data)
    assert states(result) == {"attendance": [State.EDITED]}
    assert next(c for c in result.figures if c.key == "attendance").found == "6.8万余人次"
    (change,) = result.text
    assert ("out", "打造") in change.segments
    assert ("in", "争创") in change.segments


def test_an_edited_constant_is_named_too(w):
    result = verified(edited(word_file(frozen(w)), "12个", "13个"))
    assert states(result) == {"counties": [State.EDITED]}


def test_the_standard_layout_verifies_like_the_original(w):
    snapshot = frozen(w)
    data = word_file(
        snapshot, "standard", head=Head("云川市社科联2025年工作总结", "云社科〔2025〕8号")
    )
    assert verified(data).holds
    assert states(verified(edited(data, "5.2万余", "6.8万余"))) == {"attendance": [State.EDITED]}


def test_a_plain_text_template_verifies():
    w = world(word=False)
    snapshot = frozen(w)
    data = word_file(snapshot)
    assert verified(data).holds
    assert states(verified(edited(data, "5.2万余", "6.8万余"))) == {"attendance": [State.EDITED]}


def test_headers_are_compared_in_any_order(w):
    document = open_docx(w.template.source.file.read())
    document.sections[0].header.paragraphs[0].text = "云川市社科联 讲座12场"
    document.sections[0].footer.paragraphs[0].text = "内部资料"
    from tests.reports.worlds import stored

    w.template.source = stored(to_bytes(document))
    w.template.text += "\n内部资料\n云川市社科联 讲座12场"
    lines = w.template.text.split("\n")
    from sheke.reports.word.text import document_text

    w.template.text = document_text(document).text
    assert sorted(lines) == sorted(w.template.text.split("\n"))
    w.template.save()
    snapshot = frozen(w)
    assert snapshot.body["margins"] == 2
    assert verified(word_file(snapshot)).holds
    assert verified(word_file(snapshot, "standard")).holds
    document = open_docx(word_file(snapshot))
    document.sections[0].footer.paragraphs[0].text = "公开资料"
    assert [c.kind for c in verified(to_bytes(document)).text] == ["changed"]


def test_a_frozen_text_stays_whatever_becomes_of_its_template(w):
    snapshot = frozen(w)
    w.template.year = 2023
    w.template.save()
    assert verified(word_file(snapshot)).holds


def test_a_file_without_a_code_or_with_a_foreign_one_is_refused(w):
    report = w.fill()
    written = write_report(report.template, report_fillings(report, report_figures(report)))
    with pytest.raises(BadInput, match="总结"):
        verified(to_bytes(written.document), "总结.docx")
    written = write_report(report.template, [], code="ZZZZZZZZZZZZ")
    with pytest.raises(BadInput, match="ZZZZZZZZZZZZ"):
        verified(to_bytes(written.document))
    with pytest.raises(BadInput, match="坏"):
        read_file(b"PK not a zip", "坏.docx")


def test_the_code_is_found_in_the_bookmark_or_the_printed_line(w):
    from sheke.reports.word.anchors import remove_anchors
    from sheke.reports.word.properties import set_property

    snapshot = frozen(w)
    document = open_docx(word_file(snapshot))
    set_property(document, "ShekeSnapshot", None)
    assert read_file(to_bytes(document), "").code == snapshot.code
    remove_anchors(document)
    assert read_file(to_bytes(document), "").code == snapshot.code
    assert verified(to_bytes(document)).holds


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("way", [["docx"], ["odt", "docx"]])
def test_a_trip_through_libreoffice_changes_nothing_and_hides_nothing(w, tmp_path, way):
    snapshot = frozen(w)
    for data, expected in (
        (word_file(snapshot), {}),
        (edited(word_file(snapshot), "5.2万余", "6.8万余"), {"attendance": [State.EDITED]}),
        (word_file(snapshot, "standard"), {}),
    ):
        result = verified(travelled(data, way, tmp_path))
        assert states(result) == expected
        assert result.text == []


def travelled(data, way, folder):
    path = folder / "in.docx"
    path.write_bytes(data)
    for step, ending in enumerate(way):
        out = folder / f"out{step}"
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
                *("--convert-to", ending, "--outdir", str(out), str(path)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        path = out / f"in.{ending}"
    return path.read_bytes()
