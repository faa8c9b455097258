"""Submissions from a sheet: every fault with its place, all or nothing."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from sheke.calls import importing
from sheke.calls.actions.importing import import_submissions
from sheke.calls.applying.snapshots import digest_again
from sheke.calls.models import Step, Submission
from sheke.calls.telling import writers_of
from sheke.core.errors import BadInput
from sheke.core.tables import read_table, write_xlsx
from tests.factories import account, organisation

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return factories.call(topics=("县域治理",))


@pytest.fixture
def unit(call):
    return organisation(call.organisation, code="U1")


def heads(call) -> list[str]:
    """The template's, in the order of `row`."""
    table = read_table(io.BytesIO(importing.template(call)), "模板.xlsx")
    return table.headings


def row(call, **cells) -> list:
    columns = importing.Columns(call.programme)
    fields = {f.key: h for h, f in columns.fields.items()}
    roles = {r.key: h for h, r in columns.roles.items()}
    asked = {key: h for h, key in columns.asked.items()}
    names = {"code": columns.code, "lead": columns.lead} | asked | fields | roles
    given = {
        "code": "U1", "lead": "林溪", "born_on": date(1985, 3, 2), "title": "山区公共服务研究",
        fields["topic"]: "1 县域治理", "discipline": "经济学", "category": "一般课题",
        "summary": "摘要",
    } | cells  # fmt: skip
    by_heading = {names.get(key, key): value for key, value in given.items()}
    by_heading[fields["title"]] = given["title"]
    return [by_heading.get(heading) for heading in heads(call)]


def sheet(call, *rows) -> io.BytesIO:
    return io.BytesIO(write_xlsx(heads(call), rows))


def test_a_filled_template_is_taken_as_sent_in(call, unit):
    file = sheet(
        call,
        row(call, member="陈禾|东湖学院|讲师\n宋岚", groundwork="读本 | 2024"),
        row(call, lead="周野", title="渡口史料整理", amount=1.5),
    )
    entries = importing.read_entries(call, file, "申报.xlsx")
    made = import_submissions(call=call, entries=entries, by=None)
    assert [s.number for s in made] == [1, 2]
    first = Submission.objects.get(number=1)
    assert (first.title, first.lead_name, first.stage, first.state) == (
        "山区公共服务研究", "林溪", "recommend", "in",
    )  # fmt: skip
    assert first.topic == call.topics.get() and first.organisation == unit
    assert first.values["groundwork"] == [{"work": "读本", "year": "2024"}]
    assert [m.name for m in first.members.all()] == ["林溪", "陈禾", "宋岚"]
    assert first.members.get(role="lead").born_on == date(1985, 3, 2)
    assert digest_again(first.sent) == first.sent.digest
    assert call.steps.filter(act=Step.Act.SENT).count() == 2
    assert str(Submission.objects.get(number=2).amount) == "1.5000"


def test_every_fault_is_named_with_row_and_column_and_nothing_is_taken(call, unit):
    file = sheet(
        call,
        row(call),
        row(call, code="U9", lead="", discipline="炼金术"),
        row(call, member="\n".join(f"成员{n}" for n in range(9)), title="另一题"),
    )
    with pytest.raises(BadInput, match=r"申报\.xlsx") as caught:
        importing.read_entries(call, file, "申报.xlsx")
    columns = importing.Columns(call.programme)
    places = {(p.row, p.column) for p in caught.value.problems}
    roles = {r.key: h for h, r in columns.roles.items()}
    assert places == {
        (3, columns.code), (3, columns.lead), (3, columns.heading("discipline")),
        (4, roles["member"]),
    }  # fmt: skip
    assert not Submission.objects.exists()


def test_the_same_sheet_is_not_taken_twice(call, unit):
    entries = importing.read_entries(call, sheet(call, row(call)), "a.xlsx")
    import_submissions(call=call, entries=entries, by=None)
    with pytest.raises(BadInput):
        importing.read_entries(call, sheet(call, row(call)), "a.xlsx")
    with pytest.raises(BadInput):
        importing.read_entries(
            call, sheet(call, row(call, title="新"), row(call, title="新")), "a.xlsx"
        )


def test_columns_that_the_template_has_not_are_refused(call, unit):
    file = io.BytesIO(write_xlsx([*heads(call), "绰号"], [[*row(call), "x"]]))
    with pytest.raises(BadInput, match="绰号"):
        importing.read_entries(call, file, "a.xlsx")


def test_the_import_asks_a_constant_number_of_queries(call, unit, django_assert_max_num_queries):
    rows = [row(call, title=f"第{n}题") for n in range(60)]
    with django_assert_max_num_queries(30):
        entries = importing.read_entries(call, sheet(call, *rows), "a.xlsx")
        import_submissions(call=call, entries=entries, by=None)


def test_the_command_checks_and_imports(call, unit, tmp_path, capsys):
    file = tmp_path / "申报.xlsx"
    file.write_bytes(sheet(call, row(call)).getvalue())
    call_command("call", "import-submissions", str(file), call.key, "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["imported"] == 0
    call_command("call", "import-submissions", str(file), call.key, "--json")
    assert json.loads(capsys.readouterr().out)["imported"] == 1
    with pytest.raises(BadInput):
        call_command("call", "import-submissions", str(file), call.key, "--json")
    assert json.loads(capsys.readouterr().out)["problems"][0]["row"] == 2


def test_calls_are_opened_listed_and_exported_by_command(tmp_path, capsys):
    factories.programme()
    city = organisation(kind="federation", code="CITY")
    organisation(city)
    guide = tmp_path / "选题.txt"
    guide.write_text("1 县域治理\n2 文旅融合\n", encoding="utf-8")
    call_command(
        "call", "open", "research_grant_test", "--organisation", "CITY", "--opens", "2026-03-01",
        "--closes", "2036-04-01", "--topics", str(guide), "--kind", "society", "--announce",
        "--json",
    )  # fmt: skip
    made = json.loads(capsys.readouterr().out)
    assert (made["topics"], made["places"], made["announced"]) == (2, 2, True)
    call_command("call", "list", "--json")
    (listed,) = json.loads(capsys.readouterr().out)
    assert listed["key"] == made["key"] and listed["sent"] == 0
    call_command("call", "export", made["key"], "-o", str(tmp_path / "a.xlsx"), "--json")
    assert json.loads(capsys.readouterr().out)["submissions"] == 0
    with pytest.raises(BadInput):
        call_command("call", "open", "research_grant", "--organisation", "CITY", "--opens", "x",
                     "--closes", "2026-04-01")  # fmt: skip


def test_the_office_is_not_told_what_it_decides_on_what_it_entered(call, unit):
    staff = account(call.organisation, "staff")
    found = importing.read_entries(call, sheet(call, row(call)), "申报.xlsx")
    (made,) = import_submissions(call=call, entries=found, by=staff)
    assert writers_of(made) == []
    applicant = account(unit, "member")
    assert writers_of(factories.submission(call, unit, by=applicant)) == [applicant]
