"""Projects under way, past the decision."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from sheke.calls.actions.project_deliveries import deliver
from sheke.calls.actions.projects import start_projects
from sheke.calls.models import Award, Call, Delivery, Project, Submission
from sheke.directory.models import Account, Organisation
from tests.calls import factories
from tests.factories import definition, organisation

CLOSED_RECORD = {
    "key": "grant_closed", "name": {"zh": "课题结项", "en": "Project closed"},
    "unit": {"zh": "项", "en": "projects"}, "group": "research",
    "about": {"zh": "测试", "en": "For tests"},
    "measures": [
        {"key": "months", "name": {"zh": "周期", "en": "Months"}, "unit": {"zh": "个月", "en": "months"}},
        {"key": "outputs", "name": {"zh": "成果", "en": "Outputs"}, "unit": {"zh": "项", "en": "works"}},
    ],
    "fields": [
        {"key": "result", "name": {"zh": "等级", "en": "Result"}, "required": True, "choices": [
            {"key": key, "name": {"zh": key, "en": key}}
            for key in ("excellent", "good", "passed", "terminated")
        ]},
        {"key": "leader", "name": {"zh": "负责人", "en": "Lead"}, "kind": "text"},
    ],
}  # fmt: skip
PAPER_RECORD = {
    "key": "grant_paper", "name": {"zh": "论文", "en": "Paper"},
    "unit": {"zh": "篇", "en": "papers"}, "group": "research",
    "about": {"zh": "测试", "en": "For tests"},
    "fields": [
        {"key": "level", "name": {"zh": "级别", "en": "Level"}, "required": True, "choices": [
            {"key": key, "name": {"zh": key, "en": key}}
            for key in ("national", "core", "provincial", "municipal")
        ]},
        {"key": "venue", "name": {"zh": "刊物", "en": "Venue"}, "kind": "text"},
    ],
}  # fmt: skip
CLOSING = [
    {"type": "grant_closed", "title": "{title}", "amounts": {"months": "{months}", "outputs": "{outputs}"},
     "fields": {"result": "{result}", "leader": "{lead}"}},
    {"type": "grant_paper", "title": "{output}", "of": "applying", "outputs": ["paper"],
     "fields": {"level": "{output_level}", "venue": "{venue}"}},
]  # fmt: skip
SHORT = ("collect", "check", "decide")
SITE = "https://sheke.example"
PDF = b"%PDF-1.4 a report"


def grant(key: str = "grant_projects", **outcome: Any) -> Any:
    """An edition of a grant that posts records at the closing: half at the contract, half at the end."""
    definition("record_type", CLOSED_RECORD)
    definition("record_type", PAPER_RECORD)
    whole = factories.grant()
    sections = whole["sections"]
    sections[0]["fields"].append({
        "key": "ends_on", "name": {"zh": "完成时间", "en": "Until"}, "kind": "date", "use": "ends",
        "required": False,
    })  # fmt: skip
    certificate = {"template": "closing", "number": "云社科〔{year}〕{serial:2}号"}
    parts = {"closing_records": CLOSING, "certificate": certificate} | outcome
    return factories.programme(
        key=key, sections=sections, rubric=None, quota=None, eligibility={},
        stages=[s for s in whole["stages"] if s["key"] in SHORT], outcome=whole["outcome"] | parts,
    )  # fmt: skip


def deciding_call(edition: Any = None, of: Organisation | None = None, **fields: Any) -> Call:
    """A call whose stage of deciding runs."""
    return factories.call(edition or grant(), of, ended=SHORT[:2], begun=("decide",), **fields)


def project(
    call: Call | None = None, *, by: Account | None = None, unit: Organisation | None = None,
    decided_on: date | None = None, amount: str | None = "3", lead: dict[str, Any] | None = None,
    values: dict[str, Any] | None = None, number: str = "",
) -> Project:  # fmt: skip
    """A project that was set going so many days ago."""
    call = call or deciding_call()
    submission = factories.submission(
        call, unit or organisation(), by=by, stage="decide", lead=lead, values=values,
        state=Submission.State.AWARDED,
    )  # fmt: skip
    serial = call.awards.count() + 1
    award = Award.objects.create(
        submission=submission, call=call, level="key", serial=serial,
        number=number or f"云社科〔2026〕{serial:02}号", amount=Decimal(amount) if amount else None,
        decided_on=decided_on or timezone.localdate() - timedelta(days=40),
    )  # fmt: skip
    (made,) = start_projects(awards=[award], by=None)
    return made


def delivered(of: Project, key: str = "midterm", by: Account | None = None) -> Delivery:
    """A report with a file that waits for its ruling."""
    return deliver(
        milestone=of.milestones.get(key=key), text="进展顺利。",
        files=[(io.BytesIO(PDF), "报告.pdf")], by=by,
    )  # fmt: skip
