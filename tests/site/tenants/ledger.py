"""One of everything that is entered and reported: records, plans, meetings, reports, returns."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from sheke.core.tables import write_xlsx
from sheke.ledger.actions import close_period
from sheke.ledger.confirming import actions as confirming
from sheke.ledger.evidence.actions import attach_file, store_file
from sheke.ledger.imports.actions import check_import, start_import
from sheke.meetings import actions as convoking
from sheke.plans import actions as planning
from sheke.plans.reading import read_plan
from sheke.reports.actions.publications import publish_figures
from sheke.reports.actions.reports import fill_report, freeze_report
from sheke.returns import actions as returns
from tests import factories
from tests.reports.worlds import YEAR, make_template
from tests.site.tenants.made import Tenants

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


def add_ledger(made: Tenants, lecture: Any) -> None:
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


def add_plan(made: Tenants) -> None:
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


def _indicator() -> Any:
    from sheke.definitions.models import Definition

    return Definition.objects.get(key="lectures_held")


def add_meetings(made: Tenants) -> None:
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


def add_reports(made: Tenants) -> None:
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


def add_returns(made: Tenants) -> None:
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
