"""Calls at each of their stages, each with something of society B."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from django.utils import timezone
from docx import Document

from sheke.calls.actions import ballots, panel_agenda, people, submissions
from sheke.calls.actions import panels as sitting
from sheke.calls.actions.archiving import ask_for_export
from sheke.calls.actions.certifying import issue_certificates
from sheke.calls.actions.objections import object_to
from sheke.calls.actions.packets import make_packet, release_packets
from sheke.calls.actions.project_changes import ask_change
from sheke.calls.actions.project_deliveries import deliver
from sheke.calls.actions.project_outputs import add_output
from sheke.calls.actions.project_payments import pay_instalment
from sheke.calls.actions.projects import sign_contract, start_projects
from sheke.calls.actions.proposing import Wish, propose
from sheke.calls.actions.publishing import publish_notice
from sheke.calls.actions.uploads import hold_upload
from sheke.calls.archiving.making import make_export
from sheke.calls.models import Absence, Award, Call, Example, SpecialDay
from sheke.directory.models import Person
from sheke.ledger.evidence.actions import store_file
from tests.calls import factories as calling
from tests.calls import panels as seated
from tests.calls.deciding.made import PRIZE
from tests.site.tenants.made import Tenants


def add_calls(made: Tenants) -> None:
    """A call of the city's with a submission of B's at the check, and a file of its announcement."""
    by = made.accounts["secretary_b"]
    call = calling.call(organisation=made.city, begun=("recommend", "check"))
    submission = calling.submission(call, made.b, by=by)
    stored = store_file(file=io.BytesIO(b"%PDF-1.4 call"), name="通知.pdf")
    file = call.files.create(stored=stored, name="通知.pdf")
    export = ask_for_export(
        call=call, kind="archive", query="", language="", by=made.accounts["staff"]
    )
    made.objects |= {
        "call_export": make_export(export).pk, "call_list": "log",
        "programme": call.edition.definition.key, "call": call.pk, "call_file": file.pk, "submission": submission.pk,
        "phase": call.phases.get(stage="check").pk,
        "copy_phase": call.phases.get(stage="copycheck").pk,
    }  # fmt: skip


def add_applying(made: Tenants) -> None:
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


def add_reviewing(made: Tenants) -> None:
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


def add_panel(made: Tenants) -> None:
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


def add_deciding(made: Tenants) -> None:
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


def add_projects(made: Tenants) -> None:
    """A project that B's secretary leads, with a report and a change that wait, a payment, a work."""
    staff, by = made.accounts["staff"], made.accounts["secretary_b"]
    edition = Call.objects.get(pk=made.objects["call"]).edition
    call = calling.call(edition, made.city, begun=("decide",))
    submission = calling.submission(call, made.b, by=by, stage="decide", state="awarded")
    award = Award.objects.create(
        submission=submission, call=call, level="key", serial=1, number="YCSK2026-001",
        amount=Decimal(3), decided_on=timezone.localdate(), by=staff,
    )  # fmt: skip
    (project,) = start_projects(awards=[award], by=staff)
    sign_contract(
        project=project, signed_on=timezone.localdate(), by=staff,
        file=io.BytesIO(b"%PDF-1.4 contract"), name="合同.pdf",
    )  # fmt: skip
    midterm, closing = project.milestones.order_by("due_on")
    paper = (io.BytesIO(b"%PDF-1.4 midterm"), "中期报告.pdf")
    delivery = deliver(milestone=midterm, text="进展", files=[paper], by=by)
    change = ask_change(project=project, kind="title", title="新题目", text="聚焦", by=by)
    payment = pay_instalment(
        project=project, amount=Decimal(1), paid_on=timezone.localdate(), key="signing", by=staff
    )
    output = add_output(project=project, kind="report", title="调研报告", by=by)
    made.objects |= {
        "project": project.pk, "milestone": closing.pk, "delivery": delivery.pk,
        "delivery_file": delivery.files.get().pk, "project_change": change.pk,
        "payment": payment.pk, "output": output.pk,
    }  # fmt: skip
