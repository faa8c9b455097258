"""From a filled report to its records, to the seal, to a verification that names what changed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sheke.ledger.actions import reverse_record
from sheke.reports.models import Report, Snapshot
from sheke.reports.word.reading import open_docx, to_bytes
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db(transaction=True)


def edited(path, old, new):
    """The downloaded file after somebody typed over a number in Word."""
    document = open_docx(path.read_bytes())
    for node in document.element.body.iter():
        if node.tag.endswith("}t") and old in (node.text or ""):
            node.text = node.text.replace(old, new)
    path.write_bytes(to_bytes(document))


def test_fill_drill_down_freeze_and_verify(page, signed_in, tmp_path):
    w = world()
    signed_in(page, w.account, "/reports/new/")
    page.get_by_label("期间").select_option("custom")
    page.locator("[name=first_day]").fill("2025-01-01")
    page.locator("[name=last_day]").fill("2025-12-31")
    page.get_by_role("button", name="填报").click()
    expect(page.get_by_role("heading", name="2025年工作总结", level=1)).to_be_visible()
    report = Report.objects.get()

    # By keyboard alone: to the first number, into its records, back to where one was.
    page.keyboard.press("j")
    number = page.get_by_role("link", name="20余场")
    expect(number).to_be_focused()
    page.keyboard.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer.get_by_text("期内举办的讲座场数")).to_be_visible()
    expect(drawer.get_by_role("link", name="第24期讲座")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_visible()
    expect(number).to_be_visible()

    # A blank is seen, and words typed for it.
    page.locator("#figure-share").click()
    drawer.get_by_label("文字").fill("约三成")
    drawer.get_by_role("button", name="改印这些文字").click()
    expect(page.locator("#figure-share")).to_have_text("约三成")

    page.get_by_role("button", name="冻结").click()
    page.get_by_role("button", name="冻结并封存").click()
    snapshot_code = page.locator(".code").first
    expect(snapshot_code).to_be_visible()
    code = Snapshot.objects.get().code
    assert snapshot_code.inner_text().replace("-", "") == code

    page.get_by_role("button", name="下载").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word（模板原样）").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "2025年工作总结.docx"
    edited(path, "5.2万余", "6.8万余")
    reverse_record(record=w.records[3], reason="重复", by=w.account)

    page.goto("/reports/verification/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="核验", exact=True).click()
    attendance = page.locator("#check-attendance")
    expect(attendance.get_by_text("6.8万余人次")).to_be_visible()
    expect(attendance.get_by_text("Word 中被手工改动")).to_be_visible()
    expect(page.locator("#check-held").get_by_text("第3期讲座")).to_be_visible()
    assert report.pk == Snapshot.objects.get().report_id


def test_the_public_page_on_a_telephone(phone, signed_in, live_server):
    from sheke.reports.actions.publications import publish_figures
    from sheke.reports.actions.reports import freeze_report

    w = world()
    snapshot = freeze_report(report=w.fill(), by=w.account)
    publish_figures(snapshot=snapshot, figures=["held"], by=w.account)
    phone.goto("/verify/")
    phone.get_by_label("核验码").fill(f"{snapshot.code[:4]}-{snapshot.code[4:]}".lower())
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_text("20余场")).to_be_visible()
    expect(phone.get_by_text("5.2万余人次")).to_have_count(0)
    assert phone.context.cookies() == []
