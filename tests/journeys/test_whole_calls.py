"""A research grant and an award of the shipped pack, from the opening to a verified certificate, each step
by the person whose step it is.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from sheke.calls.models import (
    Award,
    Certificate,
    Panel,
    PanelItem,
    Project,
    PublicNotice,
    Submission,
)
from sheke.ledger.models import Record
from tests.calls import factories as calls

from . import call_steps as steps
from .call_steps import World

pytestmark = pytest.mark.django_db(transaction=True)
LEVELS = {"research_grant": ("general", "一般课题"), "works_award": ("first", "一等奖")}


@pytest.fixture(params=list(LEVELS))
def world(db, request) -> World:
    return World(request.param)


def test_from_the_opening_to_the_certificate(
    world: World, page: Page, phone: Page, browser: Browser, signed_in
) -> None:
    best, other = collect(world, page, browser, signed_in)
    check(world, page, signed_in, best, other)
    reviewed(world, page, phone, signed_in, best)
    sitting(world, page, phone, signed_in, best, other)
    announced(world, page, phone, signed_in, best)
    award = decided(world, page, best)
    if world.programme == "works_award":
        certified(world, page)
    else:
        closed(world, page, signed_in, award)
    verified(world, page, phone, signed_in, best)
    assert Record.objects.filter(call_posting__award=award).count() == (
        1 if world.programme == "works_award" else 2
    )


def collect(world: World, page: Page, browser: Browser, signed_in) -> tuple[Submission, Submission]:
    """The office opens the call; the applicant applies, and somebody else did too."""
    signed_in(page, world.staff, "/calls/find/")
    programme = steps.pack_edition(world.programme).programme
    steps.open_call(page, programme)
    signed_in(page, world.applicant, "/calls/find/")
    best = steps.apply(page, world, browser)
    level, _name = LEVELS[world.programme]
    other = calls.submission(
        world.call, world.unit, stage="recommend",
        values={"title": "古镇保护研究", "discipline": "gb790", "category": level},
    )  # fmt: skip
    return best, other


def check(world: World, page: Page, signed_in, best: Submission, other: Submission) -> None:
    """The organisation recommends both; the office checks, the copy check is passed by hand."""
    signed_in(page, world.staff, "/calls/find/")
    steps.end(page, world, "collect")
    steps.begin(page, world)
    signed_in(page, world.secretary, "/calls/find/")
    steps.recommend(page, world, [best.title, other.title])
    signed_in(page, world.staff, "/calls/find/")
    steps.end(page, world, "recommend")
    steps.begin(page, world)
    steps.pass_the_check(page, world)
    steps.end(page, world, "check")
    steps.begin(page, world)
    steps.pass_by_hand(page, world)
    steps.end(page, world, "copycheck")


def reviewed(world: World, page: Page, phone: Page, signed_in, best: Submission) -> None:
    """Reviewers are asked, accept, get packets by a plan and send their reviews, one on the phone."""
    steps.begin(page, world)
    steps.ask_reviewers(page, world)
    first, second = world.experts
    signed_in(phone, first, "/calls/find/")
    steps.accept(phone, world, first)
    signed_in(page, second, "/calls/find/")
    steps.accept(page, world, second)
    signed_in(page, world.staff, "/calls/find/")
    steps.release_and_assign(page, world)
    steps.review(phone, first, best)
    signed_in(page, second, "/calls/find/")
    steps.review(page, second, best)
    signed_in(page, world.staff, "/calls/find/")
    steps.end(page, world, "review")


def sitting(world: World, page: Page, phone: Page, signed_in, best: Submission, other: Submission) -> None:  # fmt: skip
    """Both vote in secret: a level for the first, no for the second."""
    steps.begin(page, world)
    page.goto(world.address("panels/new/"))
    page.get_by_label("时间").fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="保存").click()
    for account in world.experts:
        name = account.person.name
        page.locator("input[role=combobox]").fill(name)
        page.get_by_role("option", name=name).first.click()
        page.get_by_role("button", name="添加").click()
        expect(page.locator("#members")).to_contain_text(name)
    page.get_by_role("button", name="2项全部列入议程").click()
    expect(page.locator("#agenda .calls-rank")).to_have_count(2)
    page.get_by_role("button", name="邀请").click()
    steps.confirmed(page, "邀请")
    expect(page.get_by_text("已通知2名委员")).to_be_visible()
    panel = Panel.objects.get()
    _level, name = LEVELS[world.programme]
    desk = page.context.browser.new_context(  # type: ignore[union-attr]
        base_url=page.url.split("/calls/")[0], locale="zh-CN", reduced_motion="reduce"
    ).new_page()
    signed_in(desk, world.experts[1], "/calls/find/")
    page.goto(f"/calls/panels/{panel.pk}/live/")
    for account in world.experts:
        button = page.get_by_role("button", name=account.person.name)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    for submission, kind, option in ((best, "levels", name), (other, "plain", "不同意")):
        item = PanelItem.objects.get(submission=submission)
        page.locator(f"#item-{item.pk} button[value={kind}]").click()
        expect(page.get_by_text("2人中已投0人")).to_be_visible()
        steps.vote(phone, item, option)
        steps.vote(desk, item, option)
        page.get_by_role("button", name="结束表决并计票").click()
        expect(page.get_by_text("2人中已投", exact=False)).to_have_count(0)
    desk.context.close()
    page.goto(f"/calls/panels/{panel.pk}/minutes/")
    page.get_by_role("button", name="纪要定稿").click()
    steps.confirmed(page, "纪要定稿")
    expect(page.get_by_text("纪要已定稿").first).to_be_visible()
    steps.end(page, world, "panel")
    assert set(Submission.objects.values_list("title", "stage", "state")) == {
        (best.title, "notice", "in"), (other.title, "panel", "refused"),
    }  # fmt: skip


def announced(world: World, page: Page, phone: Page, signed_in, best: Submission) -> None:
    """The list is public; somebody without an account objects and reads the office's answer."""
    level, _name = LEVELS[world.programme]
    steps.begin(page, world)
    page.goto(world.address("deciding/"))
    page.locator(f"[name=level-{best.pk}]").select_option(level)
    page.get_by_role("button", name="保存拟定").click()
    expect(page.get_by_text("1项拟定已更改")).to_be_visible()
    page.goto(world.address("notice/"))
    page.get_by_role("button", name="发布").click()
    steps.confirmed(page, "发布")
    expect(page.get_by_text("公示时间").first).to_be_visible()
    notice = PublicNotice.objects.get()
    phone.context.clear_cookies()
    phone.goto(f"/calls/notices/{notice.pk}/")
    phone.get_by_role("link", name="提出异议").click()
    phone.get_by_label("针对哪一项").select_option(value="1")
    phone.get_by_label("姓名").fill("邱若水")
    phone.get_by_label("电话或邮箱").fill("0591-87654321")
    phone.get_by_label("异议内容和理由").fill("请核对发表时间。")
    phone.get_by_role("button", name="提交异议").click()
    expect(phone.get_by_role("heading", name="已收到您的异议")).to_be_visible()
    page.goto(world.address("objections/"))
    page.locator("[name=upheld][value=no]").check()
    page.get_by_label("核查结果和理由").fill("经核对，时间无误，维持公示结果。")
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("已答复")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("维持公示结果")).to_be_visible()
    today = timezone.localdate()  # the working days pass
    PublicNotice.objects.update(
        opens_on=today - timedelta(days=12), closes_on=today - timedelta(days=1)
    )
    steps.end(page, world, "notice")


def decided(world: World, page: Page, best: Submission) -> Award:
    steps.begin(page, world)
    page.goto(world.address("deciding/"))
    page.get_by_role("button", name="作出决定").click()
    steps.confirmed(page, "作出决定")
    expect(page.get_by_text("已作出决定：1项入选")).to_be_visible()
    return Award.objects.get(submission=best)


def certified(world: World, page: Page) -> None:
    page.goto(world.address("certificates/"))
    page.get_by_role("button", name="颁发1份证书").click()
    expect(page.get_by_text("已颁发1份证书")).to_be_visible()


def closed(world: World, page: Page, signed_in, award: Award) -> None:
    """Contract, mid-term report, closing: the office and the lead in turn."""
    project = Project.objects.get(award=award)
    office = f"/calls/projects/{project.pk}/"
    page.goto(office)
    page.locator("form[action$='/contract/'] [name=signed_on]").fill(f"{timezone.localdate()}")
    page.locator("form[action$='/contract/'] button").click()
    expect(page.locator("main [role=status], .notice--good, .toast").first).to_be_visible()
    for key, text in (("midterm", "实地调查已经完成。"), ("closing", "研究报告已经完成。")):
        signed_in(page, world.applicant, f"/calls/mine/projects/{project.pk}/")
        milestone = project.milestones.get(key=key)
        page.locator(f"a[href='/calls/mine/milestones/{milestone.pk}/']").first.click()
        page.locator("[name=text]").fill(text)
        page.locator("main form button.button--primary").click()
        expect(page.get_by_text(text)).to_be_visible()
        signed_in(page, world.staff, office)
        accept = page.locator("form[action$='/acceptance/']")
        if key == "closing":
            accept.locator("[name=result][value=excellent]").check()
        accept.locator("button.button--primary").first.click()
        if key == "closing":
            steps.confirmed(page, "办理结项")
        expect(accept).to_have_count(0)
    project.refresh_from_db()
    assert project.closing.result == "excellent"


def verified(world: World, page: Page, phone: Page, signed_in, best: Submission) -> None:
    """The applicant fetches the certificate; anybody verifies it."""
    certificate = Certificate.objects.get(award__submission=best)
    signed_in(page, world.applicant, f"/calls/mine/{best.pk}/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载证书").first.click()
    assert fetched.value.path().read_bytes().startswith(b"%PDF")
    phone.goto("/certificates/")
    phone.get_by_label("核验码").fill(certificate.code.lower())
    phone.get_by_role("button", name="查").click()
    expect(phone.get_by_text("证书真实有效")).to_be_visible()
    expect(phone.get_by_text(certificate.number).first).to_be_visible()
