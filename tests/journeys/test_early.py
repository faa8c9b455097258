"""On a slow line somebody presses and types before the scripts are there: nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests import factories

from .conftest import until


@pytest.fixture
def early(page: Page, live_server, signed_in, settings) -> Callable[[], None]:
    """The page of components while its scripts are still on the way; calling lets them come."""
    settings.DEMO = True
    signed_in(page, factories.account(factories.organisation()), "/design/")
    held: list[Route] = []
    page.route("**/site/js/app.js", lambda route: held.append(route))
    page.goto("/design/", wait_until="commit")
    page.locator("#keys").wait_for(state="attached")

    def come() -> None:
        until(page, lambda: bool(held))
        held[0].continue_()

    return come


def test_a_dialog_opens_when_its_script_comes(page: Page, early) -> None:
    page.get_by_role("button", name="对话框").click()
    expect(page.get_by_role("dialog", name="关账")).to_be_hidden()
    early()
    expect(page.get_by_role("dialog", name="关账")).to_be_visible()


def test_a_form_that_asks_is_not_sent_unasked(page: Page, early) -> None:
    page.evaluate("document.querySelector('main form[method=post]').dataset.confirm = '真的吗？'")
    page.get_by_label("事由").fill("座谈会")
    page.get_by_role("button", name="保存", exact=True).click()
    early()
    expect(page.get_by_role("dialog", name="真的吗？")).to_be_visible()
    expect(page.get_by_label("事由")).to_have_value("座谈会")


def test_what_was_typed_into_a_filter_counts(page: Page, early) -> None:
    page.locator("#filter_q").fill("讲座")
    early()
    expect(page).to_have_url(re.compile("q=%E8%AE%B2%E5%BA%A7"))


def test_a_file_chosen_early_is_shown(page: Page, early) -> None:
    file = {"name": "现场.txt", "mimeType": "text/plain", "buffer": b"x"}
    page.get_by_label("佐证文件").set_input_files([file])
    early()
    expect(page.get_by_role("listitem").filter(has_text="现场.txt")).to_be_visible()


def test_a_drawer_opens_when_its_script_comes(page: Page, early) -> None:
    page.get_by_role("link", name="青年学者沙龙").click()
    early()
    expect(page.get_by_role("dialog", name="Design")).to_be_visible()


def test_keys_pressed_early_are_pressed_again(page: Page, early) -> None:
    page.keyboard.press("?")
    early()
    expect(page.locator("#keys")).to_be_visible()


def test_search_everywhere_opens_by_its_keys_before_its_script(page: Page, early) -> None:
    page.keyboard.press("Control+k")
    early()
    expect(page.locator("#palette").get_by_role("searchbox")).to_be_focused()
