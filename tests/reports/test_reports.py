from datetime import date

import pytest
from docx.oxml.ns import qn

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.ledger.actions import reverse_record, revise_record
from sheke.reports.actions.reports import (
    discard_report,
    fill_report,
    freeze_report,
    refill_report,
    rename_report,
    word_figure,
)
from sheke.reports.documents import write_report
from sheke.reports.filling import report_fillings, report_text
from sheke.reports.models import Report, Snapshot
from sheke.reports.queries import flags_of_report, report_figures
from sheke.reports.sealing import broken_seals, read_code, seal_holds
from tests import factories
from tests.reports.worlds import YEAR, world

pytestmark = pytest.mark.django_db


def printed(report):
    return {figure.slot.key: figure.printed for figure in report_figures(report)}


def test_a_report_prints_what_the_ledger_says():
    report = world().fill()
    assert printed(report) == {
        "held": "20余场",
        "attendance": "5.2万余人次",
        "counties": "12个",
        "share": "____",
        "name": "市民学校",
    }
    assert report.title == "2025年工作总结"
    text = report_text(report, report_figures(report)).text
    assert "讲座20余场，惠及5.2万余人次，覆盖12个县区。" in text


def test_the_period_and_the_organisation_decide_what_counts():
    w = world()
    figures = report_figures(w.fill(organisation=w.county))
    assert {f.slot.key: f.rows for f in figures if f.edition} == {"held": 20, "attendance": 20}
    figures = report_figures(w.fill(period=(date(2024, 1, 1), date(2024, 12, 31))))
    assert {f.slot.key: f.rows for f in figures if f.edition} == {"held": 0, "attendance": 0}


def test_a_slot_may_ask_for_kinds_its_own_unit_or_an_earlier_day():
    w = world()
    held = w.template.slots.get(key="held")
    for fields, rows in (
        ({"scope": {"own": True}}, 5),
        ({"scope": {"kinds": ["society"]}}, 20),
        ({"scope": {"organisation": "YC-AN"}}, 20),
        ({"period": {"until": "04-30"}}, 0),
    ):
        held.scope, held.period = fields.get("scope", {}), fields.get("period", {})
        held.save()
        assert report_figures(w.fill())[0].rows == rows


def test_a_binding_that_cannot_be_asked_names_its_slot():
    w = world()
    elsewhere = factories.organisation(code="OTHER")
    held = w.template.slots.get(key="held")
    for scope in ({"organisation": "NOBODY"}, {"organisation": elsewhere.code}):
        held.scope = scope
        held.save()
        with pytest.raises(BadInput, match="520余场"):
            w.fill()
    assert not Report.objects.exists()


def test_flags_name_blanks_untraced_numbers_and_last_years_year():
    report = world().fill()
    text = report_text(report, report_figures(report))
    flags = {(f.kind, f.text) for f in flags_of_report(report, text)}
    assert ("unbound", "____") in flags
    assert ("other_year", "2024") not in flags
    assert any(kind == "untraced" and "xx" in said for kind, said in flags)


def test_the_coming_year_moves_on_too_and_is_flagged_elsewhere():
    lines = [
        "2024年工作总结",
        "下一步打算",
        "2025年，计划举办讲座{held:520余场}，2025年6月底前办好年会。",
    ]
    report = world(lines=lines).fill()
    text = report_text(report, report_figures(report))
    assert text.text.split("\n")[2].startswith("2026年，计划")
    assert "2025年6月底前" in text.text
    assert [f.text for f in flags_of_report(report, text) if f.kind == "other_year"] == ["2025"]


def test_years_of_titles_move_on_and_those_of_sentences_are_flagged():
    w = world(
        lines=[
            "2024年工作总结",
            "截至2024年10月底，2024年，2024年3月举办讲座{held:520余场}。",
            "二、2025年工作打算",
        ]
    )
    report = w.fill()
    text = report_text(report, report_figures(report))
    lines = text.text.split("\n")
    assert (lines[0], lines[2]) == ("2025年工作总结", "二、2026年工作打算")
    assert lines[1].startswith("截至2025年10月底，2025年，2024年3月")
    assert [f.text for f in flags_of_report(report, text) if f.kind == "other_year"] == ["2024"]


def test_filling_again_keeps_typed_words_and_tells_what_changed():
    w = world()
    report = w.fill()
    share = report.figures.get(slot__key="share")
    word_figure(figure=share, wording="约三成", by=w.account)
    for _ in range(10):
        factories.record(w.lecture, w.city, amounts={"attendance": "10"})
    assert refill_report(report=report, by=w.account) == ["held"]
    assert printed(report)["held"] == "30余场"
    assert printed(report)["share"] == "约三成"


def test_empty_words_give_a_figure_back_to_its_indicator():
    w = world()
    report = w.fill()
    held = report.figures.get(slot__key="held")
    typed = word_figure(figure=held, wording="很多场", by=w.account)
    assert (typed.printed, typed.edition) == ("很多场", None)
    back = word_figure(figure=typed, wording=" ", by=w.account)
    assert (back.printed, back.rows) == ("20余场", 25)


def test_freezing_seals_and_chains():
    w = world()
    first = freeze_report(report=w.fill(), by=w.account)
    second = freeze_report(report=w.fill(), by=w.account)
    assert second.previous == first
    assert broken_seals([first, second]) == []
    again = Snapshot.objects.get(pk=second.pk)
    assert seal_holds(again)
    assert AuditEvent.objects.filter(verb="report.freeze").count() == 2
    assert len(first.code) == 12
    assert read_code(f" {first.code[:4].lower()}-{first.code[4:]}") == first.code


@pytest.mark.parametrize("tamper", ["body", "lineage", "at", "previous"])
def test_a_tampered_snapshot_breaks_its_seal(tamper):
    w = world()
    first = freeze_report(report=w.fill(), by=w.account)
    snapshot = freeze_report(report=w.fill(), by=w.account)
    if tamper == "body":
        snapshot.body["figures"][0]["printed"] = "999场"
    elif tamper == "lineage":
        snapshot.lineage = bytes(snapshot.lineage) + b"x"
    elif tamper == "at":
        snapshot.at = snapshot.at.replace(year=2020)
    else:
        snapshot.previous = None
    assert not seal_holds(snapshot)
    assert broken_seals([first, snapshot]) == [snapshot]


def test_a_frozen_report_changes_no_more():
    w = world()
    report = w.fill()
    freeze_report(report=report, by=w.account)
    figure = report.figures.get(slot__key="share")
    for act in (
        lambda: refill_report(report=report, by=w.account),
        lambda: word_figure(figure=figure, wording="x", by=w.account),
        lambda: rename_report(report=report, title="x", by=w.account),
        lambda: discard_report(report=report, by=w.account),
        lambda: freeze_report(report=report, by=w.account),
    ):
        with pytest.raises(BadInput, match="2025年工作总结"):
            act()


def test_what_is_frozen_is_what_was_read():
    w = world()
    report = w.fill()
    for record in w.records[:6]:
        reverse_record(record=record, reason="重复", by=w.account)
    with pytest.raises(BadInput, match="20余场 → 10余场"):
        freeze_report(report=report, by=w.account)
    assert not Snapshot.objects.exists()


def test_a_change_that_prints_the_same_does_not_hinder_freezing():
    w = world()
    report = w.fill()
    revise_record(record=w.records[0], reason="更正", by=w.account, title="新题目")
    snapshot = freeze_report(report=report, by=w.account)
    assert snapshot.body["figures"][0]["rows"] == 25


def test_snapshots_can_only_be_appended():
    w = world()
    snapshot = freeze_report(report=w.fill(), by=w.account)
    for act in (
        snapshot.save,
        snapshot.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(code="X"),
    ):
        with pytest.raises(TypeError, match="never"):
            act()


def test_an_unfrozen_report_can_be_thrown_away():
    w = world()
    discard_report(report=w.fill(), by=w.account)
    assert not Report.objects.exists()


def test_filling_takes_few_queries(django_assert_max_num_queries):
    w = world()
    with django_assert_max_num_queries(12):
        fill_report(template=w.template, organisation=w.city, period=YEAR, by=w.account)


def test_the_office_chooses_its_fonts(settings):
    settings.WORD_FONTS = {"title": "华文中宋"}
    w = world()
    report = w.fill()
    document = write_report(
        w.template, report_fillings(report, report_figures(report)), "standard"
    ).document
    fonts = {
        name: document.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in ("Title", "Normal")
    }
    assert fonts == {"Title": "华文中宋", "Normal": "仿宋_GB2312"}
