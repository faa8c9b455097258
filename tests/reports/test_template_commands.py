"""sheke report slots, templates, template …"""

import json

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.reports.models import Template
from sheke.reports.word.reading import to_bytes
from tests import factories
from tests.reports.worlds import word_document

pytestmark = pytest.mark.django_db

TEXT = "云川市社科联2024年工作总结\n举办社科讲座52场，听众近5.2万余人次。\n"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "总结.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def run(capsys):
    def call(*arguments):
        call_command("report", *map(str, arguments), "--json")
        return json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def city():
    factories.lecture_type()
    factories.indicator("lectures", synonyms=["社科讲座"], verbs=["举办"])
    return factories.organisation(code="YC", kind="federation")


def test_slots_of_a_text(run, document):
    told = run("slots", document)
    assert [slot["text"] for slot in told["slots"]] == ["52场", "5.2万余人次"]
    assert set(told["slots"][0]) >= {
        "start", "end", "text", "blank", "value", "magnitude", "unit", "approximate", "ordinal",
        "context",
    }  # fmt: skip
    assert [warning["kind"] for warning in told["warnings"]] == ["contradiction"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_line_ends_are_counted_as_they_are(run, tmp_path, encoding):
    path = tmp_path / "总结.txt"
    text = TEXT.replace("\n", "\r\n")
    path.write_bytes(text.encode(encoding))
    first = run("slots", path)["slots"][0]
    assert text[first["start"] : first["end"]] == "52场"


def test_slots_of_a_word_file(run, tmp_path):
    path = tmp_path / "总结.docx"
    path.write_bytes(to_bytes(word_document(TEXT.strip())))
    assert [slot["text"] for slot in run("slots", path)["slots"]] == ["52场", "5.2万余人次"]


def test_a_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(BadInput, match=r"nothing\.txt"):
        call_command("report", "slots", str(tmp_path / "nothing.txt"))


def test_from_import_to_carrying_over(run, city, document):
    made = run("template", "import", document, "--organisation", "YC", "--accept")
    assert (made["key"], made["slots"], made["accepted"]) == ("yc-2024", 2, 1)
    assert run("template", "propose", "yc-2024", "s001")[0]["indicator"] == "lectures"
    run("template", "bind", "yc-2024", "s002", "--constant", "5万人次")
    shown = run("template", "show", "yc-2024")["slots"]
    assert [slot["binding"] for slot in shown] == ["indicator", "constant"]
    run("template", "import", document, "--organisation", "YC", "--year", 2025, "--key", "next")
    assert run("template", "carry", "next", "yc-2024") == {"bound": 1, "left": 1}
    assert [row["bound"] for row in run("templates")] == [1, 2]


def test_a_wrong_import_leaves_nothing(city, document):
    with pytest.raises(BadInput):
        call_command(
            "report", "template", "import", str(document), "--organisation", "YC",
            "--carry-from", "no-such",
        )  # fmt: skip
    assert not Template.objects.exists()


def test_binding_needs_exactly_one_thing(run, city, document):
    run("template", "import", document, "--organisation", "YC")
    with pytest.raises(BadInput, match="--indicator"):
        call_command("report", "template", "bind", "yc-2024", "s001")
    with pytest.raises(BadInput, match="s009"):
        call_command("report", "template", "bind", "yc-2024", "s009", "--constant", "3场")
