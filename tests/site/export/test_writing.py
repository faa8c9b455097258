"""What the export says, another system can read."""

from __future__ import annotations

import hashlib
import io
import json

import jsonschema_rs
import pytest
import yaml

from sheke.core.errors import BadInput
from sheke.ledger.evidence.actions import attach_file
from sheke.ledger.models import StoredFile
from sheke.reports.actions.reports import freeze_report
from sheke.site.export import choice
from sheke.site.export.writing import export_all
from tests import factories
from tests.reports.worlds import world

from . import reader

# Its own connection must see what the test wrote.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(tmp_path):
    """A world with a shared record, evidence and two frozen reports; its export."""
    w = world()
    shared = factories.record(
        w.lecture,
        w.county,
        amounts={"attendance": "70"},
        cohosts=[w.city],
        note="合办，“共读”\n讲座",
    )
    attach_file(record=shared, file=io.BytesIO(b"%PDF-1.4 shared"), name="小结.pdf", by=w.account)
    for _n in range(2):
        freeze_report(report=w.fill(), by=w.account)
    folder = tmp_path / "export"
    return w, folder, export_all(folder)


def test_a_figure_is_computed_again_without_us(made):
    _w, folder, _told = made
    given = (folder, "lecture_attendance", "YC", "2025-01-01", "2025-12-31")
    assert reader.indicator_value(*given) == 25 * 2111 + 70
    assert reader.indicator_value(folder, "lectures_held", "YC", *given[3:]) == 26
    assert reader.indicator_value(folder, "lectures_held", "YC-AN", *given[3:]) == 21
    snapshot = reader.lines(folder, "reports.snapshot")[0]
    values = {
        figure["indicator"]["key"]: figure["value"]
        for figure in snapshot["body"]["figures"]
        if "indicator" in figure
    }
    assert float(values["lectures_held"]) == 26


def test_a_seal_is_computed_again_without_us(made):
    _w, folder, _told = made
    assert len(reader.lines(folder, "reports.snapshot")) == 2
    assert reader.broken_seals(folder) == []
    path = folder / "data/reports.snapshot.ndjson"
    path.write_text(path.read_text().replace("2.1万", "9.9万").replace("5.2万", "9.9万"))
    assert len(reader.broken_seals(folder)) == 2


def test_tables_lines_and_schemas_agree(made):
    _w, folder, told = made
    package = json.loads((folder / "datapackage.json").read_text())
    assert len(package["resources"]) == len(choice.nouns())
    for resource in package["resources"]:
        name = resource["name"]
        rows, lines = reader.table(folder, name), reader.lines(folder, name)
        assert len(rows) == len(lines) == resource["rows"]
        schema = json.loads((folder / "schemas" / f"{name}.json").read_text())
        check = jsonschema_rs.validator_for(schema)
        for row, line in zip(rows, lines, strict=True):
            assert not list(check.iter_errors(line)), (name, line)
            assert list(row) == list(line) == [f["name"] for f in resource["schema"]["fields"]]
    assert told["rows"]["ledger.Record"] == 26
    notes = {row["note"] for row in reader.table(folder, "ledger.record")}
    assert "合办，“共读”\n讲座" in notes


def test_files_lie_under_their_digest_and_definitions_are_yaml(made):
    _w, folder, told = made
    names = json.loads((folder / "files.json").read_text())
    assert told["missing"] == []
    assert set(names) == set(StoredFile.objects.values_list("file", flat=True))
    for sha256 in names.values():
        content = (folder / "files" / sha256[:2] / sha256).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
    held = yaml.safe_load((folder / "definitions/indicator/lectures_held.yaml").read_text())
    assert held["aggregate"] == "count"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_passwords_stay_and_contacts_too_where_asked(made, tmp_path):
    w, folder, _told = made
    w.account.person.phone = "13800000000"
    w.account.person.save()
    export_all(tmp_path / "without", personal=False)
    everything = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert w.account.password.encode() not in everything
    people = (tmp_path / "without/data/directory.person.csv").read_text()
    assert "phone" not in people and "13800000000" not in people


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "there").write_text("mine")
    with pytest.raises(BadInput, match=str(tmp_path)):
        export_all(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
