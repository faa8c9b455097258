"""The office changes a programme by itself: a field, a condition, a stage; looks; publishes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sheke.definitions.loading import load_pack
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import current_edition
from tests import factories


@pytest.fixture
def admin(live_server):
    load_pack(pack=read_pack(pack_folder("federation")))
    root = factories.organisation(name="云川市社会科学界联合会", kind="federation")
    return factories.account(root, role="administrator")


def test_a_programme_is_changed_looked_at_and_published(page: Page, admin, signed_in, accessible):
    page.set_default_navigation_timeout(30_000)
    signed_in(page, admin, "/calls/programmes/")
    row = page.get_by_role("row").filter(has_text="金点子征集")
    row.get_by_role("link", name="修改").click()
    accessible(page)

    # another field, which reviewers shall not see
    section = page.locator("#sections-0")
    section.get_by_role("button", name="添加字段").click()
    field = page.locator("#sections-0-fields-8")
    expect(field).to_have_attribute("open", "")
    field.get_by_label("名称", exact=True).fill("所在县区")
    field.get_by_label("类别", exact=True).select_option("choice")
    field.get_by_label("选项，每行一个").fill("青岚区\n白石县")
    field.get_by_label("评审人可见").uncheck()

    # somebody may hand in three ideas at most, not five
    condition = page.locator("#tree-parts-0")
    expect(condition).to_contain_text("本次牵头申报不超过5项")
    condition.locator("summary").click()
    condition.get_by_label("最多", exact=True).fill("3")

    # the notice comes before the panel
    page.locator("#stages-4 summary").click()
    page.get_by_role("button", name="上移公示").click()
    expect(page.locator("#stages-3 summary")).to_contain_text("公示")
    expect(page.locator("#tree-parts-0")).to_contain_text("本次牵头申报不超过3项")
    expect(field).to_have_attribute("open", "")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="预览与改动").click()
    preview = opened.value
    expect(preview.get_by_text("青岚区", exact=True)).to_be_visible()
    expect(preview.get_by_role("heading", name="与第1版的不同")).to_be_visible()
    preview.close()

    page.get_by_label("改了什么、为什么改").fill("增加所在县区")
    page.get_by_role("button", name="发布为新版本").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("金点子征集")
    expect(page.get_by_text("增加所在县区")).to_be_visible()

    programme = current_edition("programme", "golden_ideas").programme
    assert next(c.most for c in programme.eligibility.conditions()) == 3
    added = programme.fields[8]
    assert (added.name.zh, added.reviewers, len(added.choices)) == ("所在县区", False, 2)
    assert [stage.kind for stage in programme.stages][3:5] == ["notice", "panel"]


def test_what_is_wrong_is_named_with_a_way_to_it(page: Page, admin, signed_in, problems):
    page.set_default_navigation_timeout(30_000)
    signed_in(page, admin, "/calls/programmes/golden_ideas/")
    page.locator("#sections-0-fields-2 summary").click()
    page.locator("#sections-0-fields-2-choices").fill("只有一项")
    page.get_by_role("button", name="发布为新版本").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("单选、多选至少要有两个选项")
    alert.get_by_role("link").click()
    expect(page.locator("#sections-0-fields-2-choices")).to_be_in_viewport()
    problems.clear()
