"""What tests of calls make: a programme, a call with its phases, submissions – past the actions."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from sheke.calls.models import Call, Member, Phase, Seat, Submission, Topic, Version
from sheke.definitions.canonical import digest
from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation
from tests.factories import definition
from tests.factories import organisation as make_organisation

_numbers = count(1)

GRANT: dict[str, Any] = {
    "key": "research_grant_test",
    "name": {"zh": "课题立项", "en": "Research grant"},
    "about": {"zh": "测试用的课题立项", "en": "A research grant for tests"},
    "unit": {"zh": "项", "en": "project"},
    "applicant": {"zh": "课题负责人", "en": "Project lead"},
    "sections": [
        {
            "name": {"zh": "基本情况", "en": "Basics"},
            "fields": [
                {"key": "title", "name": {"zh": "课题名称", "en": "Title"}, "use": "title",
                 "limit": 60},
                {"key": "topic", "name": {"zh": "选题", "en": "Topic"}, "kind": "topic",
                 "required": False},
                {"key": "discipline", "name": {"zh": "学科", "en": "Discipline"},
                 "kind": "choice", "use": "discipline", "choices": [
                     {"key": "economics", "name": {"zh": "经济学", "en": "Economics"}},
                     {"key": "history", "name": {"zh": "历史学", "en": "History"}},
                     {"key": "law", "name": {"zh": "法学", "en": "Law"}},
                 ]},
                {"key": "category", "name": {"zh": "类别", "en": "Category"}, "kind": "choice",
                 "use": "category", "reviewers": False, "choices": [
                     {"key": "general", "name": {"zh": "一般课题", "en": "General"}},
                     {"key": "youth", "name": {"zh": "青年课题", "en": "Youth"}},
                 ]},
                {"key": "amount", "name": {"zh": "申请经费", "en": "Amount"}, "kind": "amount",
                 "use": "amount", "unit": {"zh": "万元", "en": "10,000 yuan"}, "places": 2,
                 "least": 0, "most": 10, "required": False},
            ],
        },
        {
            "name": {"zh": "论证", "en": "The argument"},
            "fields": [
                {"key": "summary", "name": {"zh": "摘要", "en": "Summary"},
                 "kind": "paragraphs", "use": "summary", "limit": 2000},
                {"key": "keywords", "name": {"zh": "关键词", "en": "Keywords"},
                 "use": "keywords", "required": False},
                {"key": "groundwork", "name": {"zh": "前期成果", "en": "Earlier work"},
                 "kind": "table", "required": False, "reviewers": False, "columns": [
                     {"key": "work", "name": {"zh": "成果", "en": "Work"}},
                     {"key": "year", "name": {"zh": "年份", "en": "Year"}, "kind": "number"},
                 ]},
                {"key": "proposal", "name": {"zh": "论证活页", "en": "Proposal"},
                 "kind": "files", "types": ["pdf", "docx"], "required": False},
            ],
        },
    ],
    "people": {
        "roles": [
            {"key": "member", "name": {"zh": "课题组成员", "en": "Member"}, "most": 5},
            {"key": "referee", "name": {"zh": "推荐人", "en": "Referee"}, "most": 2,
             "referee": True},
        ],
        "asks": ["born_on", "gender", "title", "degree", "phone", "email"],
    },
    "eligibility": {"rule": "submissions", "most": 1},
    "quota": 2,
    "stages": [
        {"key": "collect", "name": {"zh": "申报", "en": "Applications"}, "kind": "collect"},
        {"key": "recommend", "name": {"zh": "单位推荐", "en": "Recommendation"},
         "kind": "recommend"},
        {"key": "check", "name": {"zh": "形式审查", "en": "Formal check"}, "kind": "check"},
        {"key": "copycheck", "name": {"zh": "查重", "en": "Copy check"}, "kind": "copycheck"},
        {"key": "review", "name": {"zh": "通讯评审", "en": "Review"}, "kind": "review",
         "reviews": 3, "load": [0, 30]},
        {"key": "panel", "name": {"zh": "会议评审", "en": "Panel"}, "kind": "panel"},
        {"key": "notice", "name": {"zh": "公示", "en": "Public notice"}, "kind": "notice",
         "working_days": 5},
        {"key": "decide", "name": {"zh": "立项", "en": "Decision"}, "kind": "decide"},
    ],
    "rubric": {
        "criteria": [
            {"key": "topic", "name": {"zh": "选题价值", "en": "Worth of the topic"}, "weight": 3},
            {"key": "argument", "name": {"zh": "论证", "en": "Argument"}, "weight": 5},
            {"key": "groundwork", "name": {"zh": "研究基础", "en": "Groundwork"}, "weight": 2},
        ],
    },
    "outcome": {
        "kind": "project",
        "money": {"zh": "万元", "en": "10,000 yuan"},
        "months": 12,
        "signing": 50,
        "levels": [
            {"key": "key", "name": {"zh": "重点", "en": "Key"}, "most": 2, "amount": 3},
            {"key": "general", "name": {"zh": "一般", "en": "General"}, "amount": 1},
        ],
        "milestones": [
            {"key": "midterm", "name": {"zh": "中期检查", "en": "Mid-term"}, "months": 6},
            {"key": "closing", "name": {"zh": "结项", "en": "Closing"}, "months": 12,
             "kind": "closing", "instalment": 50},
        ],
        "certificate": {"number": "YCSK{year}-{serial:3}"},
    },
}  # fmt: skip

VALUES: dict[str, Any] = {
    "discipline": "economics",
    "category": "general",
    "amount": "2.00",
    "summary": "以本市县域为例，讨论公共服务的均衡。",
    "keywords": "公共服务；县域",
}


def grant(**changes: Any) -> dict[str, Any]:
    """The data of the programme; `changes` replace whole parts."""
    return deepcopy(GRANT) | changes


def programme(**changes: Any) -> Edition:
    """An edition of a research grant with every kind of stage."""
    return definition("programme", grant(**changes))


def call(
    edition: Edition | None = None, organisation: Organisation | None = None, *,
    topics: tuple[str, ...] = (), begun: tuple[str, ...] = (), ended: tuple[str, ...] = (),
    **fields: Any,
) -> Call:  # fmt: skip
    """A call, announced and open for a month unless `fields` say otherwise, with all its phases.

    `begun` and `ended` name stages; what ended has begun. “collect” always has.
    """
    n, now = next(_numbers), timezone.now()
    edition = edition or programme()
    fields = {
        "key": f"call-{n}", "title": f"第{n}次课题申报", "year": 2026,
        "opens_at": now - timedelta(days=10), "closes_at": now + timedelta(days=20),
        "announced_at": now - timedelta(days=10),
    } | fields  # fmt: skip
    made = Call.objects.create(
        edition=edition,
        organisation=organisation or make_organisation(kind="federation"),
        **fields,
    )
    for position, stage in enumerate(edition.programme.stages):
        over = stage.key in ended
        running = over or stage.key in begun or stage.kind == "collect"
        Phase.objects.create(
            call=made, stage=stage.key, position=position, begun_at=now if running else None,
            ended_at=now if over else None,
        )  # fmt: skip
    for position, title in enumerate(topics):
        Topic.objects.create(call=made, number=str(position + 1), title=title, position=position)
    return made


def submission(
    call: Call, organisation: Organisation | None = None, *, by: Account | None = None,
    lead: dict[str, Any] | None = None, values: dict[str, Any] | None = None, sent: bool = True,
    **fields: Any,
) -> Submission:  # fmt: skip
    """A submission with its lead, sent and standing at the check unless said otherwise."""
    n = next(_numbers)
    given = VALUES | {"title": f"第{n}个课题研究"} | (values or {})
    stages = call.programme.stages_of("check") or call.programme.stages[1:2]
    fields = {
        "title": given["title"], "discipline": given.get("discipline") or "",
        "category": given.get("category") or "", "amount": given.get("amount"),
        "stage": stages[0].key if sent else call.programme.stages[0].key,
    } | fields  # fmt: skip
    state = fields.pop("state", Submission.State.IN)
    person = {"name": by.person.name if by and by.person else f"申报人{n}"} | (lead or {})
    made = Submission.objects.create(
        call=call, edition=call.edition, organisation=organisation, values=given, made_by=by,
        lead_name=person["name"], **fields,
    )  # fmt: skip
    Member.objects.create(
        submission=made, role=Member.LEAD, organisation=organisation,
        person=by.person if by else None, **person,
    )  # fmt: skip
    if sent:
        send(made, state=state)
    return made


def send(submission: Submission, *, state: str = Submission.State.IN, **parts: Any) -> Version:
    """Write the next version of a submission, as if it had been sent."""
    number = submission.versions.count() + 1
    people = [
        {"role": m.role, "name": m.name, "employer": m.employer} for m in submission.members.all()
    ]
    whole = {"values": submission.values, "people": people, "files": []} | parts
    version = Version.objects.create(
        submission=submission, number=number, edition=submission.edition, digest=digest(whole),
        **whole,
    )  # fmt: skip
    if submission.number is None:
        call = Call.objects.get(pk=submission.call_id)
        call.last_number += 1
        call.save(update_fields=["last_number"])
        submission.number = submission.call.last_number = call.last_number
    submission.sent, submission.state = version, state
    submission.save()
    return version


def seats(call: Call, organisation: Organisation, places: int) -> list[Seat]:
    """The quota of an organisation."""
    return Seat.objects.bulk_create(
        Seat(call=call, organisation=organisation, rank=rank) for rank in range(1, places + 1)
    )


def moment(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)
