"""The first month of an office: installed, two secretaries invited, a month reported, accepted,
and the leader finds the photo behind a figure. Everything is done by commands and in the browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from sheke.returns.models import Return

from .conftest import WAIT, watch
from .filling import choose

PASSWORD = "qingyang-2025"
SOCIETIES = ("XH01", "云川市历史学会"), ("XH02", "云川市哲学学会")
FORM = "学会工作月报"


@pytest.fixture
def desk(browser: Browser, live_server, problems: list[str]) -> Iterator[Callable[..., Page]]:
    """`desk(phone=True)`: the browser of another person; all are watched, and closed at the end."""
    contexts = []

    def opened(*, phone: bool = False) -> Page:
        width, height = (390, 844) if phone else (1280, 860)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="zh-CN",
            is_mobile=phone, has_touch=phone, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        watch(page, problems)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def day() -> date:
    """The last day of the month that is asked for: today, so that it lies in the year on show."""
    return timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_from_the_installation_to_the_photo_behind_a_figure(desk, day, capsys) -> None:
    office = desk()
    arrive(office, installed(capsys))
    import_societies(office)
    links = [invite(office, name, "秘书") for _code, name in SOCIETIES]
    links.append(invite(office, "云川市社会科学界联合会", "负责人"))
    first, second = (accept(desk(phone=True), link) for link in links[:2])
    leader = accept(desk(), links[2])

    asking = ask_for_the_month(office, day)
    post_lecture(first, day, "宋词里的江南", "45")
    post_lecture(second, day, "哲学与生活", "1,200")
    fill(first, activities="5")
    expect(first.get_by_text("合计应等于讲座、研讨、其他活动之和")).to_be_visible()
    expect(first.get_by_text("还没有报送")).to_be_visible()
    fill(first, activities="1")
    expect(first.get_by_text("已报送").first).to_be_visible()
    fill(second, activities="1")
    expect(second.get_by_text("已报送").first).to_be_visible()

    send_back(office, asking, "历史学会", "请写下月打算")
    send_again(first, "请写下月打算", "办讲座两场。")
    accept_all(office, asking)
    confirm_records(office)
    from_the_figure_to_the_photo(leader, "宋词里的江南")


def installed(capsys) -> str:
    """The commands of the guide; returns the administrator's first password."""
    call_command("setup")
    call_command("organisation", "create", "YC", "云川市社会科学界联合会", "--kind", "federation")
    capsys.readouterr()
    call_command("account", "create", "admin", "--person", "张三", "--organisation", "YC",
                 "--role", "administrator", "--superuser")  # fmt: skip
    return str(capsys.readouterr().out.split()[1])


def arrive(page: Page, first_password: str) -> None:
    page.set_default_navigation_timeout(30_000)  # the browser's very first page may be slow
    page.goto("/")
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码", exact=True).fill(first_password)
    page.keyboard.press("Enter")
    page.get_by_label("旧密码").fill(first_password)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("新密码确认").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_title("工作台 · 社科")


def import_societies(page: Page) -> None:
    book = openpyxl.Workbook()
    book.active.append(["代码", "名称", "类别", "上级代码"])
    for code, name in SOCIETIES:
        book.active.append([code, name, "社会组织", "YC"])
    file = io.BytesIO()
    book.save(file)
    page.goto("/organisations/import/organisations/")
    page.set_input_files("input[type=file]", [upload("单位.xlsx", file)])
    page.get_by_role("button", name="核对").click()
    page.get_by_role("button", name="全部导入").click()
    expect(page.get_by_role("link", name="云川市历史学会")).to_be_visible()


def invite(page: Page, organisation: str, role: str) -> str:
    """The link that the page shows once."""
    page.goto("/accounts/invitations/new/")
    choose(page, "单位", organisation)
    choice = page.locator("select[name=role]")
    choice.select_option(label=choice.locator("option", has_text=role).first.inner_text())
    page.get_by_label("姓名").fill("同事")
    page.get_by_role("button", name="生成邀请").click()
    return page.get_by_label("链接").input_value()


def accept(page: Page, link: str) -> Page:
    page.goto(link)
    number = re.search(r"open/(\d+)", link)
    page.get_by_label("用户名").fill(f"colleague{number and number[1]}")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="接受并开始使用").click()
    expect(page).to_have_title("工作台 · 社科")
    return page


def ask_for_the_month(page: Page, day: date) -> str:
    """The address of the new return."""
    page.goto("/returns/new/")
    page.get_by_role("link", name=FORM).click()
    page.locator("#id_first_day").fill(day.replace(day=1).isoformat())
    page.locator("#id_last_day").fill(day.isoformat())
    page.locator("#id_due_on").fill((day + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="发起并通知各单位").click()
    expect(page.get_by_text("已向 2 个单位发起报送")).to_be_visible()
    return f"/returns/{Return.objects.get().pk}/"


def post_lecture(page: Page, day: date, title: str, people: str) -> None:
    page.goto("/ledger/new/lecture/")
    page.get_by_label("标题").fill(title)
    page.get_by_label("日期", exact=True).fill(day.isoformat())
    page.get_by_label("现场参加人次").fill(people)
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "#5b7a99").save(file, "JPEG")
    page.set_input_files("[data-dropzone-target=camera]", [upload("现场.jpg", file)])
    expect(page.locator(".file", has_text="现场.jpg")).to_be_visible()
    page.get_by_role("button", name="入账", exact=True).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def fill(page: Page, *, activities: str) -> None:
    """From the notice to the return; its lectures are counted from the ledger."""
    page.goto("/returns/")
    page.get_by_role("link", name=re.compile(FORM)).first.click()
    expect(page.get_by_label("举办讲座、报告会", exact=True)).to_have_value("1")
    page.get_by_label("开展活动合计", exact=True).fill(activities)
    page.get_by_label("其中：学术研讨", exact=True).fill("0")
    page.get_by_label("其中：其他活动", exact=True).fill("0")
    page.get_by_label("本期台账已记全").check()
    page.get_by_role("button", name="报送", exact=True).first.click()


def send_back(page: Page, asking: str, society: str, why: str) -> None:
    page.goto(asking)
    page.get_by_role("link", name=re.compile(society)).click()
    page.get_by_role("button", name="退回").first.click()
    page.locator("#back-reason").fill(why)
    page.locator("dialog button.button--primary", has_text="退回").click()
    expect(page.get_by_text("已退回，并已通知该单位。")).to_be_visible()


def send_again(page: Page, why: str, plans: str) -> None:
    page.goto("/returns/")
    page.get_by_role("link", name=re.compile(FORM)).first.click()
    expect(page.get_by_text(why).first).to_be_visible()
    page.get_by_label(re.compile("^下月打算")).fill(plans)
    page.get_by_role("button", name="报送", exact=True).first.click()
    expect(page.get_by_text("已报送").first).to_be_visible()


def accept_all(page: Page, asking: str) -> None:
    page.goto(asking)
    page.get_by_role("button", name="全部验收").click()
    page.locator("dialog[open] button.button--primary").click()
    for _code, name in SOCIETIES:
        row = page.get_by_role("row", name=re.compile(name))
        expect(row).to_contain_text("已验收")
    expect(page.locator("tfoot")).to_contain_text("1,245")


def confirm_records(page: Page) -> None:
    page.goto("/ledger/confirmations/")
    page.get_by_role("button", name="全部确认").click()
    page.locator("dialog[open] button.button--primary").click()
    expect(page.locator("tbody tr")).to_have_count(0)


def from_the_figure_to_the_photo(page: Page, title: str) -> None:
    """From the tile of a society on the first page, and from a figure of the year."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("历史学会.*1")).first.click()
    expect(page.get_by_role("link", name=title)).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="指标").first.click()
    page.get_by_role("link", name=re.compile("1,245")).first.click()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_text("已确认").first).to_be_visible()
    photo = page.locator(".evidence img").first
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def upload(name: str, file: io.BytesIO) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": file.getvalue()}
