"""Somebody who is not signed in reads a work: cites it, leafs through it, finds words in it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from sheke.library.intake.storing import keep
from sheke.library.models import File, Work
from sheke.library.models import Page as FilePage
from tests.library import factories

from .filling import ready


@pytest.fixture
def work(transactional_db) -> Work:
    """A public work with a scan of three pages, of which the first and the third speak of teahouses."""
    made = factories.work(title="河街的茶馆", public=True, container="地方史研究", abstract="以账簿为材料。",
                          keywords=("茶馆", "河街"))  # fmt: skip
    data = io.BytesIO()
    Image.new("L", (400, 560), "white").save(data, "PNG")
    stored = keep(io.BytesIO(data.getvalue()), "scan.png")
    file = File.objects.create(work=made, stored=stored, name="河街.png", kind="png", access="public",
                               rights="CC BY 4.0")  # fmt: skip
    for number, text in enumerate(("河街的茶館很多", "這一頁沒有", "後來的茶館"), 1):
        FilePage.objects.create(file=file, number=number, text=text, image=stored, source="ocr",
                                words=[[text, 0.9, 0.1, 0.1, 0.5, 0.05]])  # fmt: skip
    return made


def test_a_reader_cites_leafs_and_finds(page: Page, work: Work, accessible) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ready(page.goto(work.get_absolute_url()) and page)
    accessible(page)
    page.get_by_role("button", name="复制：GB/T 7714 顺序编码制").click()
    expect(page.get_by_text("已复制").first).to_be_visible()
    assert (
        page.evaluate("navigator.clipboard.readText()") == "林溪. 河街的茶馆[J]. 地方史研究, 2024."
    )
    page.get_by_placeholder("在正文中检索").fill("茶馆")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/?find=1*")
    ready(page)
    expect(page.locator(".reader__text mark")).to_be_visible()
    expect(page.locator(".reader__scan rect")).to_have_count(1)
    page.wait_for_function("document.querySelector('.reader__scan img').naturalWidth > 0")
    accessible(page)
    page.keyboard.press("n")
    page.wait_for_url("**/read/3/?q=*")
    ready(page).keyboard.press("ArrowLeft")
    page.wait_for_url("**/read/2/?q=*")
    number = ready(page).get_by_role("spinbutton", name="页码")
    number.fill("3")
    number.press("Enter")
    page.wait_for_url("**/read/3/?q=*")
    with page.expect_download() as saved:
        ready(page).get_by_role("link", name="下载").click()
    assert saved.value.suggested_filename == "河街.png"


def test_on_a_phone_scan_and_text_change_places(phone: Page, work: Work, accessible) -> None:
    file = work.files.get()
    phone.goto(f"/library/files/{file.pk}/read/?view=scan")
    accessible(ready(phone))
    expect(phone.locator(".reader__scan img")).to_be_visible()
    phone.get_by_role("link", name="文字").or_(phone.get_by_role("link", name="正文")).last.click()
    expect(phone.locator(".reader__text")).to_contain_text("河街的茶館很多")
    expect(phone.locator(".reader__scan")).to_have_count(0)
    phone.get_by_role("link", name="下一页").last.click()
    phone.wait_for_url("**/read/2/?view=text")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
