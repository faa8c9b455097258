"""A federation with two societies, everybody who may sign in, and one of everything that is B's."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from docx import Document
from PIL import Image

from sheke.accounts.actions import invite
from sheke.api.actions import issue_token
from sheke.calls.actions import ballots, panel_agenda, people, submissions
from sheke.calls.actions import panels as sitting
from sheke.calls.actions.certifying import issue_certificates
from sheke.calls.actions.objections import object_to
from sheke.calls.actions.packets import make_packet, release_packets
from sheke.calls.actions.proposing import Wish, propose
from sheke.calls.actions.publishing import publish_notice
from sheke.calls.actions.uploads import hold_upload
from sheke.calls.models import Absence, Award, Call, Example, SpecialDay
from sheke.core.tables import write_xlsx
from sheke.directory.models import Account, Organisation, Person, Tenure, Term
from sheke.ledger.actions import close_period
from sheke.ledger.confirming import actions as confirming
from sheke.ledger.evidence.actions import attach_file, store_file
from sheke.ledger.imports.actions import check_import, start_import
from sheke.ledger.models import Record
from sheke.meetings import actions as convoking
from sheke.notices.actions import tell
from sheke.notices.actions.conversations import write_comment
from sheke.notices.actions.feeds import make_feed
from sheke.notices.models import Hook, Message
from sheke.plans import actions as planning
from sheke.plans.reading import read_plan
from sheke.reports.actions.publications import publish_figures
from sheke.reports.actions.reports import fill_report, freeze_report
from sheke.returns import actions as returns
from tests import factories
from tests.calls import factories as calling
from tests.calls import panels as seated
from tests.calls.deciding.made import PRIZE
from tests.reports.worlds import YEAR, make_template

ROLES = ("member", "secretary_a", "secretary_b", "staff", "leader", "administrator")
PLAN = """乙学会2025年工作要点
一、办好讲座
1. 办好讲坛。全年举办讲座10场。
2. 编印读本。
"""
RETURN_FORM: dict[str, Any] = {
    "key": "month", "name": {"zh": "月报"}, "about": {"zh": "每月一报"},
    "questions": [
        {"key": "people", "name": {"zh": "听众"}},
        {"key": "proof", "name": {"zh": "附件"}, "kind": "file", "required": False},
    ],
}  # fmt: skip
LINES = ["乙学会2024年工作总结", "一、主要工作", "全年举办讲座{held:20场}，出版读本{books:3种}。"]
BINDINGS: dict[str, dict[str, Any]] = {
    "held": {
        "binding": "indicator", "indicator": "lectures_held", "printing": {"unit": "场"},
        "scope": {"own": True},
    },
    "books": {"binding": "constant", "wording": "3种"},
}  # fmt: skip


@dataclass
class Tenants:
    """`objects` are numbers and keys for addresses, all of society B unless the name says otherwise."""

    city: Organisation
    a: Organisation
    b: Organisation
    record: Record
    accounts: dict[str, Account] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which the role is signed in; `anonymous` is not."""
        client = Client()
        if role != "anonymous":
            client.force_login(self.accounts[role])
        return client


def tenants() -> Tenants:
    city = factories.organisation(name="云川市社科联", kind="federation", code="city")
    a = factories.organisation(city, name="甲学会", code="A")
    b = factories.organisation(city, name="乙学会", code="B")
    lecture = factories.lecture_type()
    factories.indicator("lectures_held")
    record = factories.record(lecture, b, title="乙的讲座", amounts={"attendance": "30"})
    made = Tenants(city, a, b, record, objects=dict(words()))
    _people(made)
    _invitation(made)
    _ledger(made, lecture)
    _plan(made)
    _meetings(made)
    _notices(made)
    _reports(made)
    _returns(made)
    _calls(made)
    _applying(made)
    _panel(made)
    _reviewing(made)
    _deciding(made)
    _jobs(made)
    _token(made)
    return made


def _people(made: Tenants) -> None:
    places = {
        "member": (made.a, "member"), "secretary_a": (made.a, "secretary"),
        "secretary_b": (made.b, "secretary"), "staff": (made.city, "staff"),
        "leader": (made.city, "leader"), "administrator": (made.city, "administrator"),
    }  # fmt: skip
    for name, (organisation, role) in places.items():
        made.accounts[name] = factories.account(organisation, role, username=name)
    person = Person.objects.create(name="乙的会员", phone="13812345678", email="yi@example.org")
    tenure = Tenure.objects.create(person=person, organisation=made.b, role="member")
    bare = Person.objects.create(name="还没有账号的人")
    Tenure.objects.create(person=bare, organisation=made.b, role="member")
    term = Term.objects.create(organisation=made.b, label="第一届", since=date(2024, 1, 1))
    account = Account.objects.create_user("yihuiyuan", "secret-pass", person=person)
    made.objects |= {
        "person": person.pk, "tenure": tenure.pk, "account": account.pk, "bare": bare.pk,
        "term": term.pk,
    }  # fmt: skip


def _invitation(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    invitation, token = invite(organisation=made.b, role="member", name="新会员", by=by)
    made.objects |= {"invitation": invitation.pk, "invitation_token": token}


def _ledger(made: Tenants, lecture: Any) -> None:
    by = made.accounts["secretary_b"]
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    evidence = attach_file(record=made.record, file=picture, name="现场.png", by=by)
    table = ContentFile("标题,日期\n,2025-05-01\n".encode())
    run = start_import(edition=lecture, file=table, name="表.csv", organisation=made.b, by=by)
    check_import(run=run)
    closing = close_period(
        organisation=made.b, first_day=date(2024, 1, 1), last_day=date(2024, 3, 31), by=by
    )
    made.objects |= {
        "record": made.record.pk, "evidence": evidence.pk, "run": run.pk, "closing": closing.pk,
    }  # fmt: skip


def _plan(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    plan = planning.import_plan(organisation=made.b, read=read_plan(PLAN), by=by)
    plan.source_name = "要点.txt"
    item = plan.items.get(number__startswith="1")
    duty = planning.assign_duty(item=item, organisation=made.b, role="lead", by=by)
    said = planning.report_duty(duty=duty, state="under_way", note="已开工", by=by)
    target = planning.set_target(
        item=item, indicator=_indicator(), comparison="at_least", value=10, by=by
    )
    made.objects |= {"plan": plan.pk, "item": item.pk, "duty": duty.pk, "target": target.pk}
    made.objects["heading"] = item.heading_id
    made.objects["duty_report"] = said.pk


def _meetings(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    begins = timezone.make_aware(datetime(2025, 3, 3, 9))
    meeting = convoking.create_meeting(organisation=made.b, kind="council", starts_at=begins, by=by)
    guest = convoking.invite(meeting=meeting, name="来宾", part="guest", by=by)
    agenda = convoking.add_agenda_item(meeting=meeting, title="审议年度计划", by=by)
    stored = store_file(file=io.BytesIO(b"%PDF-1.4 paper"), name="材料.pdf")
    paper = convoking.attach_paper(agenda=agenda, stored=stored, name="材料.pdf", by=by)
    decision = convoking.decide(meeting=meeting, agenda=agenda, text="通过年度计划。", by=by)
    made.objects |= {
        "meeting": meeting.pk, "attendance": guest.pk, "agenda": agenda.pk, "paper": paper.pk,
        "decision": decision.pk,
    }  # fmt: skip


def _notices(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    (notice,) = tell(kind="notices.reply", to=[by], by=None, url="/ledger/", who="甲", text="乙")
    comment = write_comment(subject=made.record, text="请补一张照片。", by=by)
    feed, token = make_feed(organisation=None, by=by)
    hook = Hook.objects.create(
        organisation=made.b, channel="wecom", name="秘书处", kinds=[],
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
    )  # fmt: skip
    now = timezone.now()
    failed = Message.objects.create(
        channel="wecom", hook=hook, subject="s", text="t", due_at=now, given_up_at=now
    )
    made.objects |= {
        "notice": notice.pk, "comment": comment.pk, "feed": feed.pk, "feed_token": token,
        "hook": hook.pk, "failed": failed.pk,
    }  # fmt: skip


def words() -> dict[str, str]:
    """Parts of addresses that are nobody's."""
    return {
        "word": "word", "number": 1,
        "kind": "indicator", "what": "people", "file": "xlsx", "group": "popularisation",
        "code_b": "B", "type": "lecture", "indicator": "lectures_held", "slot": "held",
        "app": "ledger", "noun": "record",
    }  # fmt: skip


def _indicator() -> Any:
    from sheke.definitions.models import Definition

    return Definition.objects.get(key="lectures_held")


def _reports(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    template = make_template(made.b, LINES, BINDINGS)
    spare = make_template(made.b, [*LINES, "二、下一步打算"], {})
    draft = fill_report(template=template, organisation=made.b, period=YEAR, by=by)
    frozen = fill_report(template=template, organisation=made.b, period=YEAR, by=by)
    snapshot = freeze_report(report=frozen, by=by)
    publish_figures(snapshot=snapshot, figures=["held"], by=by)
    made.objects |= {
        "template": template.pk, "spare": spare.pk, "report": draft.pk, "frozen": frozen.pk,
        "code": snapshot.code,
    }  # fmt: skip


def _calls(made: Tenants) -> None:
    """A call of the city's with a submission of B's at the check, and a file of its announcement."""
    by = made.accounts["secretary_b"]
    call = calling.call(organisation=made.city, begun=("recommend", "check"))
    submission = calling.submission(call, made.b, by=by)
    stored = store_file(file=io.BytesIO(b"%PDF-1.4 call"), name="通知.pdf")
    file = call.files.create(stored=stored, name="通知.pdf")
    made.objects |= {
        "programme": call.edition.definition.key, "call": call.pk, "call_file": file.pk, "submission": submission.pk,
        "phase": call.phases.get(stage="check").pk,
        "copy_phase": call.phases.get(stage="copycheck").pk,
    }  # fmt: skip


def _applying(made: Tenants) -> None:
    """A draft of B's secretary with a member who was asked, and a file."""
    by = made.accounts["secretary_b"]
    call = Call.objects.get(pk=made.objects["call"])
    draft = submissions.begin_submission(call=call, by=by)
    member = people.add_member(submission=draft, role="member", data={"name": "成员"}, by=by)
    link = people.ask_member(member=member, channel="", site="", by=by)
    file = hold_upload(
        submission=draft,
        field="proposal",
        file=io.BytesIO(b"%PDF-1.4 draft"),
        name="活页.pdf",
        by=by,
    )
    made.objects |= {
        "draft": draft.pk, "draft_member": member.pk, "draft_role": "member", "draft_file": file.pk,
        "consent_token": link.rstrip("/").rpartition("/")[2], "first": 1,
    }  # fmt: skip


def _reviewing(made: Tenants) -> None:
    """A call under review: a submission of A's with its packet, which B's secretary reviews."""
    staff, by = made.accounts["staff"], made.accounts["secretary_b"]
    edition = Call.objects.get(pk=made.objects["call"]).edition
    over = ("recommend", "check", "copycheck")
    call = calling.call(edition, made.city, begun=("review",), ended=over)
    submission = calling.submission(call, made.a, stage="review")
    document = io.BytesIO()
    Document().save(document)
    stored = store_file(file=document, name="活页.docx")
    upload = submission.uploads.create(field="proposal", stored=stored, name="活页.docx")
    submission.values |= {"proposal": [upload.pk]}
    calling.send(submission)
    phase = call.phases.get(stage="review")
    packet = make_packet(submission=submission, phase=phase, by=staff)
    release_packets(call=call, packets=[packet], by=staff)
    now = timezone.now()
    reviewer = call.reviewers.create(
        person=by.person, organisation=made.b, invited_at=now, answered_at=now, accepted=True
    )
    both = {"reviewer": reviewer, "submission": submission}
    plan = call.plans.create(stage="review", seed=1, digest="0" * 64, pairs=[])
    other = calling.submission(call, made.a, stage="review")
    rule = call.pair_rules.create(
        stage="review", reviewer=reviewer, submission=other, forced=True, reason="专长"
    )
    conflict = call.conflicts.create(
        reviewer=reviewer,
        submission=calling.submission(call, made.a),
        kind="other",
        source="office",
    )
    Example.objects.create(call=call, title="样例", text="样例", explanation="因为")
    assignment = call.assignments.create(stage="review", plan=plan, **both)
    made.objects |= {
        "review_call": call.pk, "reviewer": reviewer.pk, "packet": packet.pk, "rule": rule.pk,
        "packet_file": packet.files.get().pk, "assignment": assignment.pk, "conflict": conflict.pk,
        "assignment_plan": plan.pk,
    }  # fmt: skip


def _panel(made: Tenants) -> None:
    """A panel that B's secretary chairs, with an open ballot; another member leaves the room."""
    staff, chair = made.accounts["staff"], made.accounts["secretary_b"].person
    edition = Call.objects.get(pk=made.objects["call"]).edition
    call = calling.call(edition, made.city, ended=seated.BEFORE, begun=("panel",))
    submission = seated.at_panel(call, organisation=None)
    panel = sitting.make_panel(
        phase=call.phases.get(stage="panel"), title="", held_at=timezone.now(), place="", by=staff
    )
    other = Person.objects.get(pk=made.objects["bare"])
    member, left = sitting.add_members(panel=panel, people=[chair, other], by=staff)
    sitting.name_chair(member=member, by=staff)
    sitting.mark_presence(member=member, present=True, by=staff)
    (item,) = panel_agenda.add_items(panel=panel, submissions=[submission], by=staff)
    absence = Absence.objects.create(item=item, member=left, reason="同事")
    sitting.invite_panel(panel=panel, by=staff)
    made.objects |= {
        "panel": panel.pk, "panel_member": member.pk, "panel_item": item.pk,
        "panel_absence": absence.pk,
        "panel_ballot": ballots.open_ballot(item=item, kind="plain", by=staff).pk,
    }  # fmt: skip


def _deciding(made: Tenants) -> None:
    """A list that is public with B's submission and an objection; a call that awarded B's, certified."""
    staff, by = made.accounts["staff"], made.accounts["secretary_b"]
    outcome = PRIZE | {"records": []}
    edition = calling.programme(key="award_tenants", outcome=outcome, rubric=None, stages=[
        stage for stage in calling.grant()["stages"] if stage["key"] in ("collect", "notice", "decide")
    ])  # fmt: skip
    noticed = calling.call(edition, made.city, ended=("collect",), begun=("notice",))
    submission = calling.submission(noticed, made.b, by=by, stage="notice")
    propose(call=noticed, wishes={submission.pk: Wish("first")}, by=staff)
    notice = publish_notice(call=noticed, title="公示", text="", confirmed=(), by=staff)
    objection = object_to(
        notice=notice, entry=1, name="异议人", contact="电话", text="理由", by=None
    )
    decided = calling.call(edition, made.city, ended=("collect", "notice"), begun=("decide",))
    won = calling.submission(decided, made.b, by=by, stage="decide")
    award = Award.objects.create(
        submission=won, call=decided, level="first", serial=1, number="测试奖〔2026〕第009号",
        decided_on=timezone.localdate(), by=staff,
    )  # fmt: skip
    site = "https://sheke.example"
    (certificate,) = issue_certificates(call=decided, awards=[award], site=site, by=staff)
    special = SpecialDay.objects.create(day=date(2026, 10, 1), works=False, name="国庆节")
    made.objects |= {
        "noticed": noticed.pk, "public_notice": notice.pk, "objection": objection.pk,
        "objection_uid": objection.uid, "decided": decided.pk, "award": award.pk,
        "certificate": certificate.pk, "certificate_code": certificate.code,
        "special_day": special.pk,
    }  # fmt: skip


def _jobs(made: Tenants) -> None:
    """A job that failed; nobody but who administers the whole sees it."""
    job = DBTaskResult.objects.create(
        status="FAILED", task_path="sheke.ledger.tasks.post_table", backend_name="default",
        args_kwargs={"args": [], "kwargs": {}}, run_after=timezone.now(), traceback="…",
    )  # fmt: skip
    made.objects["job"] = job.pk


def _token(made: Tenants) -> None:
    account = made.accounts["secretary_b"]
    token, _secret = issue_token(
        account=account, tenure=account.person.tenures.get(), name="统计系统", writes=True,
        expires_on=None, by=account,
    )  # fmt: skip
    made.objects["token"] = token.pk


def _returns(made: Tenants) -> None:
    """A return that asks both societies; a file of B's answer; a question about B's record."""
    staff, by = made.accounts["staff"], made.accounts["secretary_b"]
    form = factories.definition("return_form", RETURN_FORM)
    kinds = {"kinds": ["society"]}
    of = returns.open_return(
        edition=form, organisation=made.city, span=(date(2025, 5, 1), date(2025, 5, 31)),
        due_on=date(2025, 6, 10), audience=kinds, by=staff,
    )  # fmt: skip
    series = returns.start_series(
        form=form, organisation=made.city, audience=kinds, since=date(2030, 1, 1), due_days=5,
        by=staff,
    )  # fmt: skip
    asked = of.asked.get(organisation=made.b)
    table = io.BytesIO(write_xlsx(["名称"], [["乙"]]))
    upload = returns.hold_upload(asked=asked, question="proof", file=table, name="附件.xlsx", by=by)
    (confirmation,) = confirming.confirm_records(records=[made.record], by=staff)
    query = confirming.ask_about(record=made.record, text="人数是否属实？", by=staff)
    made.objects |= {
        "return": of.pk, "asked": asked.pk, "series": series.pk, "upload": upload.pk,
        "return_form": "month", "batch": confirmation.batch, "query": query.pk,
    }  # fmt: skip
