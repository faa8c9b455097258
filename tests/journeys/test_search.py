"""Finding something with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from sheke.core.search import following
from tests import factories


def test_ctrl_k_finds_a_record_by_two_characters(page, signed_in, accessible):
    city = factories.organisation(name="云川市社科联", kind="federation")
    record = factories.record(factories.lecture_type(), city, title="江南古桥讲座")
    following.rebuild()
    signed_in(page, factories.account(city, "staff"))
    page.keyboard.press("Control+k")
    box = page.locator("#palette input")
    expect(box).to_be_focused()
    box.fill("古桥")
    expect(page.locator("#palette").get_by_role("link", name="江南古桥讲座")).to_be_visible()
    accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/ledger/{record.pk}/$"))
