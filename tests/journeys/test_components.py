"""The shared behaviours, on the page that shows every component."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import factories


@pytest.fixture
def design(page: Page, live_server, signed_in, settings) -> Page:
    settings.DEMO = True
    return signed_in(page, factories.account(factories.organisation()), "/design/")


def test_a_drawer_keeps_its_address(design: Page) -> None:
    design.get_by_role("link", name="青年学者沙龙").click()
    drawer = design.get_by_role("dialog", name="Design")
    expect(drawer.get_by_role("heading", level=1).first).to_be_visible()
    expect(design).to_have_url(re.compile(r"/design/#~/design/\?row=2$"))

    design.reload()
    expect(drawer.get_by_role("heading", level=1).first).to_be_visible()
    design.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(design).to_have_url(re.compile(r"/design/$"))


def test_going_back_closes_the_drawer(design: Page) -> None:
    design.get_by_role("link", name="青年学者沙龙").click()
    drawer = design.get_by_role("dialog", name="Design")
    expect(drawer).to_be_visible()
    design.go_back()
    expect(drawer).to_be_hidden()
    expect(design).to_have_url(re.compile(r"/design/$"))


def test_a_drawer_opens_only_our_own_pages(design: Page, live_server) -> None:
    design.goto("/design/#~//example.org/x")
    expect(design.get_by_role("dialog", name="Design")).to_be_hidden()


def test_a_combobox_finds_by_scattered_letters(design: Page) -> None:
    box = design.get_by_label("类型").first
    box.click()
    box.fill("科普周")
    option = design.get_by_role("listbox").get_by_role("option", name="科普宣传周")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("科普宣传周")
    expect(design).to_have_url(re.compile("kind=week"))


def test_an_input_method_is_waited_for(design: Page) -> None:
    """Letters that are not characters yet send no filter; the chosen characters do."""
    box = design.locator("#filter_q")
    box.focus()
    session = design.context.new_cdp_session(design)
    session.send(
        "Input.imeSetComposition", {"text": "jiang", "selectionStart": 5, "selectionEnd": 5}
    )
    design.wait_for_timeout(500)
    expect(design).to_have_url(re.compile(r"/design/$"))
    session.send("Input.insertText", {"text": "讲座"})
    expect(design).to_have_url(re.compile("q=%E8%AE%B2%E5%BA%A7"))


def test_a_session_that_ended_leads_to_the_sign_in(design: Page) -> None:
    design.context.clear_cookies()
    design.get_by_role("link", name="青年学者沙龙").click()
    expect(design).to_have_url(re.compile(r"/sign-in/\?next="))


def test_escape_leaves_a_combobox_as_it_was(design: Page) -> None:
    box = design.get_by_label("类型").first
    box.click()
    box.fill("讲")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(design.get_by_role("listbox")).to_be_hidden()


def test_rows_are_walked_and_chosen_by_keyboard(design: Page) -> None:
    design.locator("tbody tr").first.focus()
    design.keyboard.press("ArrowDown")
    design.keyboard.press("Space")
    design.keyboard.press("j")
    design.keyboard.press("x")
    expect(design.locator("[data-checks-target=count]")).to_have_text("2")
    design.keyboard.press("Enter")
    expect(design).to_have_url(re.compile(r"row=3$"))


def test_a_menu_by_keyboard(design: Page) -> None:
    button = design.get_by_role("button", name="更多").last
    button.focus()
    design.keyboard.press("ArrowDown")
    expect(design.get_by_role("link", name="修改")).to_be_focused()
    design.keyboard.press("ArrowUp")
    expect(design.get_by_role("button", name="删除", exact=True)).to_be_focused()
    design.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_dialog_returns_the_focus(design: Page) -> None:
    button = design.get_by_role("button", name="对话框")
    button.click()
    expect(design.get_by_role("dialog", name="关账")).to_be_visible()
    design.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_question_comes_before_what_cannot_be_undone(design: Page) -> None:
    design.evaluate("document.querySelector('main form[method=post]').dataset.confirm = '真的吗？'")
    design.get_by_label("事由").fill("座谈会")
    design.get_by_role("button", name="保存", exact=True).click()
    question = design.get_by_role("dialog", name="真的吗？")
    expect(question).to_be_visible()
    question.get_by_role("button", name="取消").click()
    expect(question).to_be_hidden()
    with design.expect_request(lambda request: request.method == "POST"):
        design.get_by_role("button", name="保存", exact=True).click()
        question.get_by_role("button", name="继续").click()


def test_a_toast_with_undo_answers_to_its_key(design: Page) -> None:
    design.evaluate(
        "document.dispatchEvent(new CustomEvent('toast',"
        " {detail: {text: '已删除', level: 'success', undo: '/design/'}}))"
    )
    # The page's wrong field holds the keyboard, and there Ctrl+Z is the field's own.
    design.evaluate("document.activeElement.blur()")
    expect(design.get_by_role("status")).to_contain_text("已删除")
    with design.expect_request(lambda request: request.method == "POST"):
        design.keyboard.press("Control+z")


def test_a_file_is_shown_before_it_is_sent(design: Page, tmp_path: Path) -> None:
    design.get_by_label("佐证文件").set_input_files(
        [{"name": "现场.txt", "mimeType": "text/plain", "buffer": b"x"}]
    )
    row = design.get_by_role("listitem").filter(has_text="现场.txt")
    expect(row).to_be_visible()
    row.get_by_role("button").click()
    expect(row).to_be_hidden()


def test_nothing_scrolls_sideways_on_a_phone(phone: Page, live_server, signed_in, settings) -> None:
    settings.DEMO = True
    signed_in(phone, factories.account(factories.organisation()), "/design/")
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(design: Page, accessible, scheme: str) -> None:
    design.emulate_media(color_scheme=scheme)
    accessible(design)
