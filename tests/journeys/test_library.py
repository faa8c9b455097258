"""A box of mixed files becomes described, public works that a reader finds in either script; a paper that
copies one of them is shown beside it; an expert decides what is shown of the own profile.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sheke.ledger.models import Record
from sheke.library.index import following
from sheke.library.models import Expert, Work
from sheke.site.demo.box import texts
from sheke.site.demo.box.making import make_box
from tests import factories
from tests.library.conftest import counted  # noqa: F401 – a fixture
from tests.library.factories import expert, work

from .filling import ready

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("counted")]
BROUGHT = ("縣誌風俗篇.txt", "1998征集通知.txt", "损坏的文件.pdf", "空文件.txt")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path, db):
    settings.LIBRARY_INDEX_FOLDER = tmp_path / "index"
    settings.LIBRARY_PASSAGES_FOLDER = tmp_path / "passages"
    following.rebuild()


@pytest.fixture
def city():
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def clerk(city):
    return factories.account(city, "staff")


def bring_in(page: Page, folder: Path) -> None:
    files = [path for path in make_box(folder) if path.name in BROUGHT]
    page.locator("input[name=files]").set_input_files(files)
    page.get_by_role("button", name="开始入库").click()
    expect(page.get_by_text("已损坏", exact=False).first).to_be_visible()


def test_a_box_of_files_becomes_works_that_are_found(
    page: Page, phone: Page, clerk, tmp_path, signed_in, accessible
):
    signed_in(page, clerk, "/library/intake/new/")
    bring_in(page, tmp_path / "box")
    accessible(page)
    assert Work.objects.count() == 2

    page.goto("/library/works/?state=draft")
    ready(page).get_by_role("link", name=re.compile("風俗篇")).click()
    ready(page).get_by_label(re.compile("^题名")).first.fill("雲川縣誌·風俗篇")
    page.get_by_label(re.compile("^日期")).fill("1936")
    page.get_by_label(re.compile("^级别")).select_option("municipal")
    page.get_by_label("姓名 1").fill("雲川縣修志局")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name=re.compile("縣誌風俗篇.txt")).click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("谁可以看").select_option("public")
    drawer.get_by_role("button", name="保存").click()
    expect(page.get_by_text("所有人")).to_be_visible()
    ready(page).get_by_role("button", name="公开", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_text("已公开 1 项成果")).to_be_visible()
    assert Record.objects.get().attributes["level"] == "municipal"

    phone.goto("/library/?q=龙灯")  # the text says 龍燈
    expect(phone.get_by_role("link", name=re.compile("風俗篇"))).to_be_visible()
    expect(phone.locator("mark").first).to_have_text("龍燈")
    expect(phone.get_by_text("征集")).to_have_count(0)
    accessible(phone)
    phone.get_by_role("link", name=re.compile("風俗篇")).first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("風俗篇")
    expect(phone.get_by_text("雲川縣修志局, 1936.").first).to_be_visible()
    accessible(phone)


def test_a_copied_half_stands_beside_its_source(page: Page, city, clerk, signed_in, accessible):
    from sheke.library.passages.holdings import take_in

    source = work(city, "风俗篇", text=texts.GAZETTEER, public=True, access="public")
    take_in(source.files.get())
    borrowed = "".join(texts.GAZETTEER.split("\n")[1:])[:60]
    own = "本文是自己写的调查，走访了六个村子，记下了老人的话和当年的账目。"
    signed_in(page, clerk, "/library/checks/new/")
    page.get_by_label("或粘贴文字").fill(own + borrowed)
    page.get_by_role("button", name="开始检查").click()
    expect(page.get_by_role("link", name=re.compile("风俗篇")).first).to_be_visible()
    accessible(page)
    page.get_by_role("link", name=re.compile("风俗篇")).first.click()
    expect(page.locator(".copied")).to_have_count(2)  # here and there
    accessible(page)


def test_an_expert_decides_what_is_shown(
    page: Page, phone: Page, city, clerk, signed_in, accessible
):
    scholar = factories.account(city, "member")
    profile = expert(city, person=scholar.person, employer="云川大学", biography="研究茶馆。")
    signed_in(page, scholar, f"/library/experts/{profile.pk}/")
    page.get_by_role("link", name="修改").click()
    ready(page).get_by_label(re.compile("^简介")).fill("研究河街的茶馆与渡口。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("研究河街的茶馆与渡口。")).to_be_visible()
    page.get_by_role("link", name="公开内容").click()
    ready(page).get_by_label("简介").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("同意内容已保存")).to_be_visible()
    accessible(page)

    signed_in(page, clerk, f"/library/experts/{profile.pk}/")
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.get_by_text("已公开").first).to_be_visible()
    phone.goto(f"/library/experts/{profile.pk}/")
    expect(phone.get_by_text("研究河街的茶馆与渡口。")).to_be_visible()
    expect(phone.get_by_text("云川大学")).to_have_count(0)
    accessible(phone)
    assert Expert.objects.public().get() == profile
