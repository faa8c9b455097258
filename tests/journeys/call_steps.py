"""What people do in a call, step by step, each on their own page; used by the journeys of whole calls."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from docx import Document
from playwright.sync_api import Browser, Page, expect

from sheke.calls.models import Assignment, Call, PanelItem, Submission
from sheke.definitions.actions import store_editions
from sheke.definitions.models import Edition
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.programmes import Field, Programme
from sheke.definitions.queries import current_edition
from sheke.definitions.validation import validate
from sheke.directory.models import Account, Organisation
from tests import factories

from .filling import choose, ready

COMMENT = "选题来自实际，问题提得具体；材料够用，方法交代清楚，结论没有超出证据。建议补充近三年的数据，并说明样本怎样选取，以便他人复核。"
TITLE = "县域公共服务均衡研究"


@dataclass
class World:
    """A federation, a university below it, and everybody who has a step in a call."""

    programme: str
    city: Organisation = field(init=False)
    unit: Organisation = field(init=False)
    staff: Account = field(init=False)
    secretary: Account = field(init=False)
    applicant: Account = field(init=False)
    experts: list[Account] = field(init=False)

    def __post_init__(self) -> None:
        pack_edition(self.programme)
        self.city = factories.organisation(kind="federation", code="city", name="云川市社科联")
        self.unit = factories.organisation(
            self.city, code="A", name="东湖学院", kind="university_federation"
        )
        self.staff = factories.account(self.city, "staff")
        self.secretary = factories.account(self.unit)
        self.applicant = factories.account(self.unit, "member")
        self.experts = [
            factories.account(factories.organisation(self.city, name=name), "member")
            for name in ("历史学会", "经济学会")
        ]

    @property
    def call(self) -> Call:
        return Call.objects.get()

    def address(self, rest: str) -> str:
        return f"/calls/{self.call.pk}/{rest}"


def pack_edition(key: str) -> Edition:
    """The pack's programme with its record types, for two reviewers instead of five."""
    pack = read_pack(pack_folder("federation"))
    items = {(item.kind, item.key): item for item in pack.items}
    programme: Any = items["programme", key].schema
    data = programme.model_dump(mode="json", by_alias=True)
    for stage in data["stages"]:
        if stage["kind"] == "review":
            stage |= {"reviews": 2, "load": [0, 30]}
    outcome = programme.outcome
    types = {each.type for each in (*outcome.records, *outcome.closing_records)}
    wanted = [("record_type", items["record_type", each].schema) for each in sorted(types)]
    wanted.append(("programme", validate("programme", data)))
    store_editions(kinds=wanted, note="", by=None, pack="")
    return current_edition("programme", key)


# the office


def begin(page: Page, world: World) -> None:
    page.goto(world.address("office/"))
    page.locator("form[action$='/beginning/'] button").click()
    expect(page.get_by_text("已开始").first).to_be_visible()


def end(page: Page, world: World, stage: str) -> None:
    page.goto(f"/calls/phases/{world.call.phases.get(stage=stage).pk}/ending/")
    page.get_by_role("button", name="结束本环节").click()
    expect(page).to_have_url(f"{page.url.split('/calls/')[0]}{world.address('office/')}")


def confirmed(page: Page, name: str) -> None:
    """Press the button in the dialogue that asks."""
    page.locator("dialog[open]").get_by_role("button", name=name).last.click()


def open_call(page: Page, programme: Programme) -> None:
    page.goto("/calls/new/")
    page.get_by_role("link", name=str(programme.name.zh)).first.click()
    page.locator("#id_title").fill("本年度申报")
    now = timezone.localtime()
    page.locator("#id_opens_at").fill(f"{now.replace(hour=0):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="建立申报").click()
    expect(page.locator("h1")).to_have_text("本年度申报")
    page.get_by_role("button", name="发布", exact=True).click()
    confirmed(page, "发布")
    expect(page.get_by_text("已发布，并通知了各单位").first).to_be_visible()


def pass_the_check(page: Page, world: World) -> None:
    page.goto(world.address("submissions/?stage=check&state=in"))
    for box in page.locator("input[name=submission]").all():
        box.check()
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_text("2项通过").first).to_be_visible()


def pass_by_hand(page: Page, world: World) -> None:
    page.goto(f"/calls/phases/{world.call.phases.get(stage='copycheck').pk}/ending/")
    page.locator("#hand-reason").fill("已由学科组人工比对")
    page.locator("form[action$='/by-hand/'] button").click()
    expect(page.locator("#hand-reason")).to_have_count(0)


def ask_reviewers(page: Page, world: World) -> None:
    page.goto(world.address("reviewers/"))
    for expert in world.experts:
        name = expert.person.name
        page.locator("input[role=combobox]").fill(name)
        page.get_by_role("option", name=name).first.click()
        page.get_by_role("button", name="添加").click()
        expect(page.get_by_role("link", name=name)).to_be_visible()
    ready(page)
    page.locator("[data-checks-target=all]").check()
    page.locator("[data-checks-target=bar] button").click()
    page.locator("dialog[open] button.button--primary").click()
    expect(page.get_by_text("已邀请：通知 2 人", exact=False).first).to_be_visible()


def release_and_assign(page: Page, world: World) -> None:
    page.goto(world.address("packets/"))
    page.get_by_role("button", name="生成 2 份材料").click()
    page.get_by_role("button", name="发出 2 份材料").click()
    confirmed(page, "发出")
    expect(page.get_by_text("已发出 2 份")).to_be_visible()
    page.goto(world.address("assignment/"))
    page.get_by_role("button", name="生成方案").click()
    page.get_by_role("button", name="执行").click()
    confirmed(page, "执行")
    expect(page.get_by_text("独立检查确认：当前分配符合全部规则。")).to_be_visible()


# the applicant and who stands beside


def apply(page: Page, world: World, browser: Browser) -> Submission:
    """From the call to the receipt; a co-applicant consents by a link, without an account."""
    programme = world.call.programme
    page.goto("/calls/find/")
    page.get_by_role("link", name="本年度申报").click()
    page.get_by_role("button", name="开始申报").click()
    fill_form(page, programme)
    page.get_by_role("button", name="下一步：人员").click()
    page.locator("section[aria-labelledby=lead] .list__main a").click()
    fill_person(page)
    role = programme.people.roles[0]
    page.get_by_role("link", name=f"添加{role.name.zh}").click()
    page.locator("[name=name]").fill("林知远")
    page.locator("[name=employer]").fill("云川二中")
    fill_person(page)
    page.get_by_role("button", name="生成链接").click()
    consent(browser, page.get_by_label("链接", exact=True).input_value())
    page.get_by_role("link", name="核对并提交", exact=False).last.click()
    expect(page.get_by_text("内容齐全")).to_be_visible()
    page.get_by_role("button", name="提交", exact=True).click()
    confirmed(page, "提交")
    expect(page.locator("h1")).to_contain_text("申报回执")
    return Submission.objects.get(made_by=world.applicant)


def fill_form(page: Page, programme: Programme) -> None:
    for one in programme.fields:
        if one.required:
            fill(page, one)
    expect(page.locator(".applying__status")).to_contain_text("已保存")


def fill(page: Page, one: Field) -> None:
    """A control of the form, by the kind of its field."""
    name = f"f-{one.key}"
    values = {"number": "20", "amount": "1.5", "date": "2027-06-30", "text": "县域；公共服务",
              "paragraphs": "以县域为例，讨论公共服务怎样更均衡。"}  # fmt: skip
    radios = page.locator(f"input[name='{name}']")
    match one.kind:
        case "rich":
            page.get_by_role("textbox", name=str(one.name.zh), exact=False).first.fill(
                values["paragraphs"]
            )
        case "choice" if radios.count() and radios.first.get_attribute("type") == "radio":
            page.locator(f"input[name='{name}'][value='{_choice(one)}']").check()
        case "choice" if page.locator(f"select[name='{name}'][data-controller=combobox]").count():
            choose(page, str(one.name.zh), _label(one))
        case "choice":
            page.locator(f"select[name='{name}']").select_option(_choice(one))
        case "choices" | "boolean":
            radios.first.check()
        case "table":
            for column in one.columns:
                cell = page.locator(f"[name='{name}-1-{column.key}']")
                if column.choices:
                    cell.select_option(column.choices[0].key)
                else:
                    cell.fill({"number": "1.5", "date": "2026-05-01"}.get(column.kind, "调研"))
        case "files":
            upload(page, one)
        case _:
            page.locator(f"[name='{name}']").fill(TITLE if one.use == "title" else values[one.kind])


def _choice(one: Field) -> str:
    """General rather than youth, a paper rather than a report: nothing more is asked for then."""
    keys = [choice.key for choice in one.choices]
    return next((key for key in ("general", "paper") if key in keys), keys[0])


def _label(one: Field) -> str:
    return str(next(choice.name.zh for choice in one.choices if choice.key == _choice(one)))


def upload(page: Page, one: Field) -> None:
    if "docx" in one.types:
        document, out = Document(), io.BytesIO()
        document.add_paragraph("匿名文本：讨论县域公共服务。")
        document.save(out)
        name, data = f"{one.key}.docx", out.getvalue()
    else:
        name, data = f"{one.key}.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"  # fmt: skip
    page.set_input_files(
        f"input[name='u-{one.key}']",
        {"name": name, "mimeType": "application/octet-stream", "buffer": data},
    )
    expect(page.get_by_role("link", name=name)).to_be_visible()


def fill_person(page: Page) -> None:
    """What the programme asks of somebody."""
    typed = {"born_on": "1985-03-01", "title": "教授", "degree": "博士", "discipline": "经济学",
             "phone": "13800000000", "email": "a@example.org", "task": "统稿"}  # fmt: skip
    for name, text in typed.items():
        box = page.locator(f"form.form [name={name}]")
        if box.count():
            box.fill(text)
    if page.locator("form.form [name=gender]").count():
        page.locator("form.form [name=gender]").select_option("male")
    page.locator("main form.form button.button--primary").click()
    expect(page).to_have_url(re.compile(r"/people/$"))


def consent(browser: Browser, link: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(link)
    page.get_by_label("我同意").check()
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("已记下您的答复：同意")).to_be_visible()
    context.close()


def recommend(page: Page, world: World, titles: list[str]) -> None:
    """The organisation recommends within its quota."""
    page.goto(world.address("recommending/"))
    for title in titles:
        row = page.get_by_role("listitem").filter(has_text=title)
        row.get_by_role("button", name="推荐", exact=True).click()
        page.locator("dialog[open]").get_by_role("textbox").fill("基础扎实")
        confirmed(page, "推荐")
        expect(page.get_by_text("已推荐，位次第", exact=False).first).to_be_visible()


# reviewers and members of the panel


def accept(page: Page, world: World, expert: Account) -> None:
    reviewer = world.call.reviewers.get(person=expert.person)
    page.goto(f"/calls/review/invitations/{reviewer.pk}/")
    page.locator("button[value=accept]").click()
    expect(page.get_by_text("已接受").first).to_be_visible()


def review(page: Page, expert: Account, best: Submission) -> None:
    """Every packet of the reviewer's queue; on a phone the rubric lies behind a tab."""
    mine = Assignment.objects.in_force().filter(reviewer__person=expert.person)
    for one in mine.select_related("call__edition__definition"):
        page.goto(f"/calls/review/{one.pk}/")
        tab = page.get_by_role("tab", name="评分")
        if tab.is_visible():
            tab.click()
        rubric = one.call.programme.rubric
        for criterion in rubric.criteria if rubric else ():
            page.locator(f"#score-{criterion.key}").fill(
                "90" if one.submission_id == best.pk else "60"
            )
        page.get_by_label("给申报人的评语").fill(COMMENT)
        page.get_by_role("button", name="提交", exact=True).click()
        expect(page.get_by_text("已提交。环节结束前可以撤回修改。")).to_be_visible()


def vote(page: Page, item: PanelItem, option: str) -> None:
    page.goto(f"/calls/panels/items/{item.pk}/")
    page.locator("#ballot").get_by_text(option, exact=True).click()
    page.get_by_role("button", name="投票", exact=True).click()
    confirmed(page, "投票")
    expect(page.get_by_text("系统任何地方都不保存您投了什么")).to_be_visible()
