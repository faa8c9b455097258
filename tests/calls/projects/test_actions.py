"""Verbs of projects: begun with the decision, contract, money, reports, changes, closing."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation
from docx import Document

from sheke.calls.actions import (
    project_changes,
    project_closing,
    project_deliveries,
    project_outputs,
    project_payments,
)
from sheke.calls.actions import projects as actions
from sheke.calls.actions.certifying import issue_again
from sheke.calls.actions.deciding import decide_call, revoke_award
from sheke.calls.actions.proposing import Wish, propose
from sheke.calls.models import CallClosure, Certificate, Delivery, Posting, Project, Step
from sheke.calls.projects.papers import contract_word
from sheke.core.errors import BadInput
from sheke.ledger.models import Record, Reversal
from sheke.notices.models import Notice
from tests.calls import factories
from tests.factories import account, organisation

from .made import PDF, SITE, deciding_call, delivered, project

pytestmark = pytest.mark.django_db


def close(delivery, **fields):
    return project_closing.close_project(
        delivery=delivery, site=SITE, by=None, **{"result": "good"} | fields
    )


def kinds(of):
    return list(Notice.objects.filter(account=of).order_by("pk").values_list("kind", flat=True))


class TestBeginning:
    def test_the_office_does_not_lead_what_it_entered(self):
        call, applicant = deciding_call(), account(organisation(), "member")
        staff = account(call.organisation, "staff")
        assert project(call, by=staff).writer is None
        assert project(call, by=applicant).writer == applicant

    def test_the_decision_makes_a_project_of_each_award(self):
        call = deciding_call()
        chosen = factories.submission(call, organisation(), stage="decide", lead={"name": "林溪"})
        factories.submission(call, organisation(), stage="decide")
        propose(call=call, wishes={chosen.pk: Wish("key")}, by=None)
        (award,) = decide_call(call=call, by=None)
        made = Project.objects.get()
        assert (made.award, made.title, made.lead_name) == (award, chosen.title, "林溪")
        assert (made.budget, made.starts_on) == (3, timezone.localdate())
        assert [m.key for m in made.milestones.all()] == ["midterm", "closing"]
        assert made.milestones.get(key="closing").due_on == made.ends_on
        step = Step.objects.filter(act=Step.Act.PROJECT).get()
        assert (step.submission, step.data["what"]) == (chosen, "started")

    def test_other_outcomes_make_none(self):
        call = deciding_call(factories.programme(outcome={"kind": "certificate"}, rubric=None,
                                                 stages=_short(), quota=None))  # fmt: skip
        one = factories.submission(call, organisation(), stage="decide")
        propose(call=call, wishes={one.pk: Wish("")}, by=None)
        decide_call(call=call, by=None)
        assert not Project.objects.exists()

    def test_the_form_says_when_it_ends(self):
        day = timezone.localdate() + timedelta(days=100)
        made = project(values={"ends_on": day.isoformat()}, decided_on=timezone.localdate())
        assert made.ends_on == day
        assert {m.due_on for m in made.milestones.all()} == {day}, "none is due after the end"

    def test_members_are_named_without_referees(self):
        call = deciding_call()
        made = project(call, lead={"name": "林溪", "employer": "云川大学"})
        assert (made.members, made.employer) == ([], made.award.submission.organisation.name)


class TestContract:
    def test_the_scan_is_kept_and_the_lead_told(self):
        lead = account(organisation())
        made = project(by=lead)
        day = timezone.localdate()
        actions.sign_contract(
            project=made, signed_on=day, file=io.BytesIO(PDF), name="合同.pdf", by=None
        )
        made.refresh_from_db()
        assert (made.signed_on, made.contract.size) == (day, len(PDF))
        assert kinds(lead) == ["calls.contract_signed"]

    @pytest.mark.parametrize(
        ("days", "name"), [(1, "合同.pdf"), (-50, "合同.pdf"), (0, "合同.zip")]
    )
    def test_what_cannot_be_is_refused(self, days, name):
        made = project()
        day = timezone.localdate() + timedelta(days=days)
        with pytest.raises(BadInput):
            actions.sign_contract(
                project=made, signed_on=day, file=io.BytesIO(PDF), name=name, by=None
            )
        made.refresh_from_db()
        assert made.signed_on is None


class TestMoney:
    def test_more_than_the_budget_is_refused_with_what_is_left(self):
        made, day = project(), timezone.localdate()
        pay = project_payments.pay_instalment
        pay(project=made, amount=Decimal("1.5"), paid_on=day, key="signing", by=None)
        with pytest.raises(BadInput, match=r"1\.5"):
            pay(project=made, amount=Decimal("1.6"), paid_on=day, by=None)
        payment = made.payments.get()
        project_payments.take_back_payment(payment=payment, reason="记错了", by=None)
        pay(project=made, amount=Decimal(3), paid_on=day, by=None)
        assert made.payments.count() == 2

    @pytest.mark.parametrize("amount", ["0", "-1", "NaN", "0.00001"])
    def test_no_such_amount(self, amount):
        with pytest.raises(BadInput):
            project_payments.pay_instalment(
                project=project(), amount=Decimal(amount), paid_on=timezone.localdate(), by=None
            )

    def test_an_unfunded_project_is_paid_nothing(self):
        with pytest.raises(BadInput):
            project_payments.pay_instalment(
                project=project(amount=None),
                amount=Decimal(1),
                paid_on=timezone.localdate(),
                by=None,
            )

    def test_a_closed_one_gets_its_last_instalment_a_terminated_one_nothing(self):
        made, day = project(), timezone.localdate()
        close(delivered(made, "closing"))
        project_payments.pay_instalment(project=made, amount=Decimal(1), paid_on=day, by=None)
        ended = project(made.award.call)
        actions.end_project(project=ended, reason="长期未开展研究", by=None)
        with pytest.raises(BadInput):
            project_payments.pay_instalment(project=ended, amount=Decimal(1), paid_on=day, by=None)


class TestReports:
    def test_handed_in_sent_back_and_accepted(self):
        lead, staff = account(organisation()), account(organisation(kind="federation"), "staff")
        made = project(deciding_call(of=staff.person.tenures.get().organisation), by=lead)
        first = delivered(made, by=lead)
        assert kinds(staff) == ["calls.delivered"]
        with pytest.raises(BadInput):
            delivered(made)
        project_deliveries.return_delivery(delivery=first, reason="缺经费使用情况", by=staff)
        second = delivered(made, by=lead)
        project_deliveries.accept_delivery(delivery=second, by=staff)
        assert made.milestones.get(key="midterm").settled_at is not None
        assert kinds(lead) == ["calls.delivery_returned", "calls.delivery_accepted"]
        with pytest.raises(BadInput):
            delivered(made)
        log = made.award.submission.steps.filter(act=Step.Act.PROJECT).order_by("id")
        assert [s.data["what"] for s in log] == [
            "started", "delivered", "returned", "delivered", "accepted",
        ]  # fmt: skip

    def test_withdrawn_before_the_ruling_only(self):
        made = project()
        first = delivered(made)
        project_deliveries.withdraw_delivery(delivery=first, by=None)
        for verb in (project_deliveries.withdraw_delivery, project_deliveries.accept_delivery):
            with pytest.raises(BadInput):
                verb(delivery=first, by=None)
        assert delivered(made).number == 2

    def test_something_is_handed_in_and_no_program_is_kept(self):
        milestone = project().milestones.get(key="midterm")
        with pytest.raises(BadInput):
            project_deliveries.deliver(milestone=milestone, text=" ", by=None)
        with pytest.raises(BadInput):
            files = [(io.BytesIO(b"MZ\x90\x00"), "a.exe")]
            project_deliveries.deliver(milestone=milestone, text="x", files=files, by=None)
        assert not Delivery.objects.exists()

    def test_sending_back_says_why_and_the_closing_needs_a_result(self):
        made = project()
        with pytest.raises(BadInput):
            project_deliveries.return_delivery(delivery=delivered(made), reason=" ", by=None)
        with pytest.raises(BadInput):
            project_deliveries.accept_delivery(delivery=delivered(made, "closing"), by=None)


class TestChanges:
    def ask(self, made, kind, **fields):
        return project_changes.ask_change(
            project=made, kind=kind, text="调研尚未完成", by=None, **fields
        )

    def test_an_extension_moves_the_end_and_the_closing(self):
        made = project()
        until, middle = made.ends_on + timedelta(days=90), made.milestones.get(key="midterm").due_on
        change = self.ask(made, "extension", until=until)
        project_changes.grant_change(change=change, by=None)
        made.refresh_from_db()
        assert made.ends_on == until == made.milestones.get(key="closing").due_on
        assert made.milestones.get(key="midterm").due_on == middle
        change.refresh_from_db()
        assert change.before["until"] < until.isoformat()

    def test_refused_it_changes_nothing(self):
        made = project()
        change = self.ask(made, "title", title="新题目")
        project_changes.refuse_change(change=change, reason="偏离原题", by=None)
        made.refresh_from_db()
        assert made.title == made.award.submission.title
        with pytest.raises(BadInput):
            project_changes.grant_change(change=change, by=None)

    def test_title_members_and_budget(self):
        made = project()
        for kind, fields in (
            ("title", {"title": "新题目"}), ("members", {"members": ["米禾", " 方舟 "]}),
            ("budget", {"amount": Decimal("2.5")}),
        ):  # fmt: skip
            project_changes.grant_change(change=self.ask(made, kind, **fields), by=None)
        made.refresh_from_db()
        assert (made.title, made.members, made.budget) == (
            "新题目",
            ["米禾", "方舟"],
            Decimal("2.5"),
        )
        assert made.award.submission.title != "新题目", "what was sent stays"

    def test_a_new_lead_acts_and_the_old_one_no_more(self):
        old, new = account(organisation()), account(organisation())
        made = project(by=old)
        change = self.ask(made, "lead", name="米禾", employer="云川大学")
        project_changes.grant_change(change=change, person=new.person, by=None)
        made = Project.objects.get(pk=made.pk)
        assert (made.lead, made.employer) == (new.person, "云川大学")
        assert new.has_perm("calls.lead_project", made) and not old.has_perm(
            "calls.lead_project", made
        )

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("extension", {}), ("extension", {"until": date(2020, 1, 1)}), ("title", {"title": " "}),
            ("lead", {"name": ""}), ("budget", {}), ("budget", {"amount": Decimal(1)}),
        ],
    )  # fmt: skip
    def test_a_wish_that_cannot_be(self, kind, fields):
        made = project()
        project_payments.pay_instalment(
            project=made, amount=Decimal(2), paid_on=timezone.localdate(), by=None
        )
        with pytest.raises(BadInput):
            self.ask(made, kind, **fields)

    def test_one_of_a_kind_waits_and_may_be_withdrawn(self):
        made = project()
        first = self.ask(made, "title", title="甲")
        with pytest.raises(BadInput):
            self.ask(made, "title", title="乙")
        project_changes.withdraw_change(change=first, by=None)
        self.ask(made, "title", title="乙")

    def test_a_granted_termination_closes(self):
        made = project()
        project_changes.grant_change(change=self.ask(made, "termination"), by=None)
        assert Project.objects.get(pk=made.pk).closing.result == "terminated"


class TestClosing:
    def test_records_certificate_and_milestones(self):
        lead = account(organisation())
        made = project(by=lead)
        project_outputs.add_output(
            project=made,
            kind="paper",
            title="县域公共服务",
            venue="云川学刊",
            level="municipal",
            by=lead,
        )
        project_outputs.add_output(project=made, kind="report", title="调研报告", by=lead)
        closing = close(delivered(made, "closing"), result="excellent", likeness=Decimal("8.2"))
        assert closing.closed_on == timezone.localdate()
        assert not made.milestones.filter(settled_at=None).exists()
        closed, paper = (p.record for p in Posting.objects.order_by("pk"))
        assert closed.type.key == "grant_closed" and paper.title == "县域公共服务"
        assert paper.organisation == made.award.submission.organisation
        assert {key: Decimal(n) for key, n in closed.amounts.items()} == {"months": 1, "outputs": 2}
        assert closed.evidence.count() == 1
        printed = Certificate.objects.get(kind="closing")
        assert printed.data["level"] == "优秀" and printed.data["work"] == made.title
        assert "calls.project_closed" in kinds(lead) and "calls.certified" in kinds(lead)

    def test_the_certificate_says_the_granted_title_and_so_does_a_second_one(self):
        made = project()
        change = project_changes.ask_change(
            project=made, kind="title", title="新的题目", text="聚焦", by=None
        )
        project_changes.grant_change(change=change, by=None)
        close(delivered(made, "closing"))
        first = Certificate.objects.get()
        again = issue_again(certificate=first, reason="纸张破损", site=SITE, by=None)
        assert again.data["work"] == first.data["work"] == "新的题目" and again.kind == "closing"

    def test_what_the_ledger_refuses_closes_nothing(self):
        made = project()
        project_outputs.add_output(project=made, kind="paper", title="没有级别的论文", by=None)
        waits = delivered(made, "closing")
        with pytest.raises(BadInput, match="grant_paper"):
            close(waits)
        made = Project.objects.get(pk=made.pk)
        assert not hasattr(made, "closing") and not Record.objects.exists()
        waits.refresh_from_db()
        assert waits.ruled_at is None

    @pytest.mark.parametrize("fields", [
        {"result": "terminated"}, {"result": "x"}, {"likeness": Decimal(101)},
        {"closed_on": date(2020, 1, 1)},
    ])  # fmt: skip
    def test_no_such_closing(self, fields):
        with pytest.raises(BadInput):
            close(delivered(project(), "closing"), **fields)

    def test_a_closed_project_changes_no_more(self):
        made = project()
        waits = delivered(made)
        change = project_changes.ask_change(project=made, kind="other", text="x", by=None)
        close(delivered(made, "closing"))
        for act in (
            lambda: project_deliveries.accept_delivery(delivery=waits, by=None),
            lambda: project_changes.grant_change(change=change, by=None),
            lambda: actions.end_project(project=made, reason="x", by=None),
            lambda: project_outputs.add_output(project=made, kind="paper", title="x", by=None),
        ):
            with pytest.raises(BadInput):
                act()

    def test_an_award_with_a_running_project_is_not_revoked(self):
        made = project()
        with pytest.raises(BadInput):
            revoke_award(award=made.award, reason="查实", by=None)
        actions.end_project(project=made, reason="查实抄袭", by=None)
        revoke_award(award=made.award, reason="查实", by=None)
        assert Reversal.objects.count() == Posting.objects.count() == 1

    def test_it_goes_on_when_the_call_is_closed(self):
        made = project()
        CallClosure.objects.create(call=made.award.call)
        with time_machine.travel(timezone.now() + timedelta(days=200), tick=False):
            close(delivered(made, "closing"))


def test_the_contract_is_a_word_file_with_what_is_agreed():
    made = project(number="云社科〔2026〕07号")
    with translation.override("zh-hans"):
        paper = contract_word(made)
    words = "\n".join(p.text for p in Document(io.BytesIO(paper)).paragraphs)
    for part in ("云社科〔2026〕07号", made.title, made.lead_name, "1.5", "中期检查"):
        assert part in words


def _short():
    return [s for s in factories.grant()["stages"] if s["key"] in ("collect", "check", "decide")]
