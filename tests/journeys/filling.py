"""What journeys do to fields and pages that scripts change: each waits for the script first."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def ready(page: Page) -> Page:
    """The page when its scripts are there: keys and pointers do what they should."""
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def box_of(where: Page | Locator, label: str) -> Locator:
    """The text box with which a script replaces a select; `fill` on the select itself never ends."""
    return where.get_by_role("combobox", name=label).and_(where.locator("input"))


def choose(where: Page | Locator, label: str, typed: str, option: str | None = None) -> None:
    """Type into a combobox and take the option (the text typed, where none is named)."""
    box = box_of(where, label)
    box.fill(typed)
    wrapper = box.locator("xpath=..")
    wrapper.get_by_role("option", name=option or typed).first.click()
    expect(wrapper.get_by_role("listbox")).to_be_hidden()
