"""From reviewers to scores: the office invites and assigns, a reviewer scores on desk and phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sheke.calls.models import Assignment, AssignmentPlan, Conflict, Packet, Review
from tests.calls import factories as calls
from tests.calls.reviewing.test_assigning import SCORES, send
from tests.calls.reviewing.worlds import World, world

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("REVIEWING_PICTURES", "")


def picture(page: Page, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def named(made: World) -> None:
    """The first submission names its lead in the text."""
    submission = made.submissions[0]
    submission.members.update(name="欧阳明远")
    submission.values |= {"summary": "课题由欧阳明远主持，讨论县域公共服务。\n分三步展开。"}
    calls.send(submission)


def test_the_office_makes_packets_and_puts_a_plan_in_force(
    page: Page, signed_in, accessible
) -> None:  # type: ignore[no-untyped-def]
    made = world(submissions=3, reviewers=5)
    named(made)
    signed_in(page, made.office, f"/calls/{made.call.pk}/reviewers/")
    expect(page.get_by_role("heading", name="评审专家")).to_be_visible()
    accessible(page)
    picture(page, "reviewers")
    page.get_by_role("link", name="利益冲突").click()
    page.get_by_role("button", name="查找冲突").click()
    expect(page.get_by_text("没有已知的冲突")).to_be_visible()
    page.get_by_role("link", name="评审材料").click()
    page.get_by_role("button", name="生成 3 份材料").click()
    page.get_by_role("link", name=made.submissions[0].title).click()
    expect(page.locator("mark").first).to_have_text("欧阳明远")
    accessible(page)
    picture(page, "packet")
    page.get_by_role("button", name="遮盖确定的 1 处").click()
    expect(page.locator("article")).to_contain_text("■■")
    page.get_by_role("link", name="评审材料").click()
    picture(page, "packets")
    page.get_by_role("button", name="发出 3 份材料").click()
    page.get_by_role("button", name="发出", exact=True).click()
    expect(page.get_by_text("已发出 3 份")).to_be_visible()
    page.get_by_role("link", name="评审分配").click()
    page.get_by_label("种子").fill("7")
    page.get_by_role("button", name="生成方案").click()
    expect(page.get_by_text("已生成。请与其他方案比较后选一个执行。")).to_be_visible()
    picture(page, "assignment")
    page.get_by_role("button", name="执行").click()
    page.get_by_role("dialog").get_by_role("button", name="执行").click()
    expect(page.get_by_text("独立检查确认：当前分配符合全部规则。")).to_be_visible()
    accessible(page)
    picture(page, "deployed")
    page.goto(f"/calls/plans/{AssignmentPlan.objects.get().pk}/")
    accessible(page)
    picture(page, "plan")
    assert Assignment.objects.in_force().count() == 6
    assert not Packet.objects.filter(released_at=None).exists()


def ready() -> tuple[World, list[Assignment]]:
    made = world(submissions=4, reviewers=4)
    made.released()
    return made, made.deployed(seed=1)


def test_a_reviewer_scores_at_the_desk_and_what_is_typed_is_kept(
    page: Page, signed_in, accessible
) -> None:  # type: ignore[no-untyped-def]
    made, assignments = ready()
    account = made.account_of(assignments[0].reviewer)
    signed_in(page, account, "/calls/review/")
    accessible(page)
    picture(page, "queue")
    page.goto(f"/calls/review/{assignments[0].pk}/")
    page.get_by_label("选题价值").fill("85")
    page.get_by_label("论证", exact=False).first.fill("80")
    expect(page.locator("[data-review-target='status']")).to_contain_text("已保存")
    page.reload()
    expect(page.get_by_label("选题价值")).to_have_value("85")
    accessible(page)
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".field__error").first).to_be_visible()
    picture(page, "review")
    page.locator("#score-argument").fill("80")
    page.locator("#score-groundwork").fill("90")
    page.get_by_label("给申报人的评语").fill("选题有价值，论证清楚。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交。环节结束前可以撤回修改。")).to_be_visible()
    assert Review.objects.get().sent_at is not None


def test_a_reviewer_steps_aside_on_the_phone(phone: Page, signed_in, accessible) -> None:  # type: ignore[no-untyped-def]
    made, assignments = ready()
    one = assignments[0]
    signed_in(phone, made.account_of(one.reviewer), f"/calls/review/{one.pk}/")
    expect(phone.get_by_role("article")).to_be_visible()
    expect(phone.locator("#score-topic")).to_be_hidden()
    picture(phone, "phone-packet")
    phone.get_by_role("tab", name="评分").click()
    expect(phone.locator("#score-topic")).to_be_visible()
    accessible(phone)
    picture(phone, "phone-rubric")
    phone.get_by_role("button", name="申请回避").click()
    phone.get_by_label("相互关系").select_option("teacher")
    phone.get_by_label("理由").fill("申请人似为本人学生")
    phone.get_by_role("dialog").get_by_role("button", name="申请回避").click()
    expect(phone.get_by_text("已回避，申报改派他人。")).to_be_visible()
    assert Conflict.objects.get().kind == "teacher"
    assert Assignment.objects.in_force().count() == 8


def test_the_office_reads_scores_after_the_end(page: Page, signed_in, accessible) -> None:  # type: ignore[no-untyped-def]
    made, assignments = ready()
    for number, one in enumerate(assignments):
        send(made, one, SCORES | {"argument": str(20 + 9 * number)})
    signed_in(page, made.office, f"/calls/{made.call.pk}/scores/")
    expect(page.get_by_text("评分已密封")).to_be_visible()
    page.goto(f"/calls/{made.call.pk}/reviews/")
    accessible(page)
    picture(page, "progress")
    made.end()
    page.goto(f"/calls/{made.call.pk}/scores/?within=2")
    expect(page.get_by_role("region", name="评分").get_by_role("row")).to_have_count(5)
    accessible(page)
    picture(page, "scores")
    page.get_by_role("button", name="公开 8 条评语").click()
    page.get_by_role("dialog").get_by_role("button", name="公开").click()
    expect(page.get_by_text("已公开 8 条评语。")).to_be_visible()
    assert Review.objects.filter(shown_at=None).count() == 0
