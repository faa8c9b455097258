"""Drafts that are filled in, sent, returned; members who were asked."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.calls.actions import people, submissions
from sheke.calls.models import Member, Step, Submission
from sheke.calls.steps import locked, take_step

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
FILLED = {
    "title": "县域公共服务均衡研究", "discipline": "economics", "category": "general",
    "summary": "讨论公共服务。",
}  # fmt: skip


def asks() -> dict[str, Any]:
    return {
        "born_on": timezone.localdate().replace(year=1985, day=1), "gender": "male", "title": "教授",
        "degree": "博士", "phone": "13800000000", "email": "a@example.org",
    }  # fmt: skip


def fill(draft: Submission, by: Any, values: dict[str, Any] | None = None) -> Submission:
    """A draft that can be sent."""
    submissions.save_draft(submission=draft, typed=FILLED | (values or {}), was={}, by=by)
    lead = draft.members.get(role=Member.LEAD)
    people.change_member(member=lead, data=asks(), by=by)
    draft.refresh_from_db()
    return draft


def sent(draft: Submission, by: Any) -> Submission:
    submissions.send_submission(submission=fill(draft, by), by=by)
    draft.refresh_from_db()
    return draft


def returned(draft: Submission, **data: Any) -> Submission:
    take_step(Step.Act.RETURNED, call=draft.call, by=None, submission=locked(draft),
              reason="请改题目", **data)  # fmt: skip
    draft.refresh_from_db()
    return draft


def asked(draft: Submission, me: Any, role: str = "member") -> tuple[Member, str]:
    member = people.add_member(
        submission=draft, role=role, data=asks() | {"name": "李四", "employer": "乙大学"}, by=me
    )
    link = people.ask_member(member=member, channel="", site="http://x", by=me)
    member.refresh_from_db()
    return member, link.rstrip("/").rpartition("/")[2]


def saved_json(browser: Client, draft: Submission, **post: Any) -> Any:
    return browser.post(
        reverse("calls:draft", args=[draft.pk]), post, headers={"Accept": "application/json"}
    )
