"""A template is uploaded and bound: by keyboard alone, and on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sheke.directory.models import Account, Organisation
from sheke.reports.actions.templates import create_template
from sheke.reports.models import Template
from sheke.reports.sources import read_source
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """云川市社科联2024年工作总结
一、主要工作
全年举办社科讲座52场，听众达5.2万余人次。
慰问困难党员12户，力争明年举办讲座60场。
由市民学校承办。
"""


@pytest.fixture
def city(settings, tmp_path) -> Organisation:
    settings.MEDIA_ROOT = tmp_path
    lecture = factories.lecture_type()
    factories.indicator("lectures", synonyms=["社科讲座", "讲座"], verbs=["举办"])
    factories.indicator(
        "audience", aggregate="sum", measure="attendance", name={"zh": "讲座受众"},
        unit={"zh": "人次"}, synonyms=["听众"],
    )  # fmt: skip
    city = factories.organisation(code="YC", name="云川市社科联", kind="federation")
    for _ in range(3):
        factories.record(lecture, city, amounts={"attendance": "21234"})
    return city


@pytest.fixture
def account(city) -> Account:
    return factories.account(city)


@pytest.fixture
def template(city, account) -> Template:
    source = read_source(TEXT.encode(), "总结.txt")
    return create_template(organisation=city, source=source, by=account)


def bound(template: Template) -> dict[str, str]:
    slots = template.slots.exclude(binding="").select_related("indicator")
    return {slot.text: slot.indicator.key if slot.indicator else slot.wording for slot in slots}


def test_from_upload_to_the_last_slot_by_keyboard(
    page: Page, signed_in, account, tmp_path, accessible
):
    document = tmp_path / "总结.txt"
    document.write_text(TEXT, encoding="utf-8")
    signed_in(page, account, "/reports/templates/")
    page.keyboard.press("n")
    page.set_input_files("input[type=file]", document)
    page.locator("main form button.button--primary").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("52场")
    expect(panel).to_contain_text("3场")
    accessible(page)
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("6.3万余人次")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(panel.locator("h2")).to_have_text("12户")
    expect(panel).to_be_focused()  # the exchange is over
    page.keyboard.press("c")
    expect(panel.locator("input:focus")).to_have_value("12户")
    page.keyboard.type("15户")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("60场")
    expect(page.locator("#binding-progress")).to_contain_text("3")
    made = Template.objects.get()
    assert bound(made) == {"52场": "lectures", "5.2万余人次": "audience", "12户": "15户"}
    page.keyboard.press("u")
    expect(panel).to_contain_text("12户")
    expect(page.locator(".slot.slot--good")).to_have_count(2)
    assert "12户" not in bound(made)


def test_next_and_previous(page: Page, signed_in, account, template):
    signed_in(page, account, f"/reports/templates/{template.pk}/")
    panel = page.locator("#panel")
    page.keyboard.press("j")
    expect(panel).to_have_attribute("data-slot", "s002")
    expect(page.locator("#slot-s002")).to_have_class(re.compile("is-current"))
    page.keyboard.press("k")
    expect(panel).to_have_attribute("data-slot", "s001")


def test_words_selected_with_the_mouse_become_a_slot(page: Page, signed_in, account, template):
    signed_in(page, account, f"/reports/templates/{template.pk}/")
    page.evaluate(
        """() => {
            const line = [...document.querySelectorAll('[data-start]')].find(p => p.textContent.includes('市民学校'));
            const range = document.createRange();
            const at = line.firstChild.data.indexOf('市民学校');
            range.setStart(line.firstChild, at);
            range.setEnd(line.firstChild, at + 4);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
        }"""
    )
    page.locator(".binding__marking button").click()
    expect(page.locator("#panel .binding__words")).to_have_text("市民学校")
    added = template.slots.get(text="市民学校")
    assert template.text[added.start : added.end] == "市民学校"


def test_on_a_telephone(phone: Page, signed_in, account, template):
    signed_in(phone, account, f"/reports/templates/{template.pk}/")
    phone.locator("#slot-s002").tap()
    panel = phone.locator("#panel")
    expect(panel).to_contain_text("6.3万余人次")
    box = phone.locator("#slot-s002").bounding_box()
    assert box and box["y"] + box["height"] <= panel.bounding_box()["y"]
    phone.locator(".binding__confirm").tap()
    expect(panel).to_contain_text("12户")
    assert bound(template) == {"5.2万余人次": "audience"}
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
