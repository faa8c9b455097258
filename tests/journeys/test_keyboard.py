"""The main ways with keys only: every stop shows where one is, and a dialog keeps the keys to itself."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from sheke.ledger.models import Record
from tests.site.tenants import tenants

# What the focus is on, and whether one sees it: a ring, a shadow or a border of the field.
HERE = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const after = getComputedStyle(node, "::after");
  const stretched = after.outlineStyle !== "none" && parseFloat(after.outlineWidth) >= 1;
  const field = node.matches("input, select, textarea") && style.boxShadow !== "none";
  const box = node.closest("search, form, label, .search, .palette__box, .switch, .option");
  const within = box && (getComputedStyle(box).outlineStyle !== "none" || getComputedStyle(box).boxShadow !== "none");
  return {name: node.outerHTML.slice(0, 90), inside: node.closest("dialog")?.id ?? "",
          body: node === document.body, seen: ring || stretched || field || !!within};
}"""


def stops(page: Page, most: int) -> list[dict[str, object]]:
    """Where Tab leads, from where the focus is."""
    found = []
    for _stop in range(most):
        page.keyboard.press("Tab")
        found.append(page.evaluate(HERE))
    return [stop for stop in found if not stop["body"]]


def test_every_stop_of_the_main_pages_is_seen(page: Page, signed_in) -> None:
    world = tenants()
    signed_in(page, world.accounts["secretary_b"], "/")
    for url in ("/", "/ledger/", "/returns/", "/plans/duties/", "/notices/preferences/"):
        page.goto(url)
        unseen = [stop["name"] for stop in stops(page, 40) if not stop["seen"]]
        assert unseen == [], url


def test_the_first_stop_skips_to_the_content(page: Page, signed_in) -> None:
    signed_in(page, tenants().accounts["secretary_b"], "/ledger/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#content')")


def test_from_the_workbench_to_a_posted_record(page: Page, signed_in) -> None:
    """`n`, the type by its name, the fields one after the other, and posting from within one."""
    world = tenants()
    signed_in(page, world.accounts["secretary_b"], "/")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile(r"/ledger/$"))
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"/ledger/new/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("做了什么？")
    page.keyboard.type("讲座")
    page.keyboard.press("Enter")
    expect(page.get_by_label("标题")).to_be_focused()
    page.keyboard.type("用键盘记的讲座")
    page.get_by_label("参加人次").focus()
    page.keyboard.type("45")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已入账：用键盘记的讲座")).to_be_visible()
    assert Record.objects.filter(organisation=world.b, title="用键盘记的讲座").exists()


def test_dialogs_keep_the_keys(page: Page, signed_in) -> None:
    signed_in(page, tenants().accounts["administrator"], "/ledger/")
    page.keyboard.press("?")
    keys = page.locator("#keys")
    expect(keys).to_be_visible()
    for label in ("工作台", "台账", "系统管理", "搜索"):
        expect(keys.get_by_text(label, exact=True).first).to_be_visible()
    assert {stop["inside"] for stop in stops(page, 4)} <= {"keys"}
    page.keyboard.press("g")
    page.keyboard.press("h")  # the page's own keys sleep behind it
    expect(page).to_have_url(re.compile(r"/ledger/$"))
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    assert {stop["inside"] for stop in stops(page, 6)} <= {"palette"}
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
