"""Data returns of the demonstration, and what the office still has to confirm."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sheke.definitions.models import Definition
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account, Organisation
from sheke.directory.queries import accounts_acting_for
from sheke.ledger.confirming.actions import ask_about, confirm_records
from sheke.ledger.confirming.queries import waiting
from sheke.returns import actions, periods
from sheke.returns.checking import check, ledger_figures
from sheke.returns.models import Asked, Return

from .clock import clock
from .organisations import Tree
from .source import dice

FORM = "society_month"
KNOWN = "历史学会"  # its secretary has an account
ASKED = 12  # societies; enough to look at
UNCONFIRMED_DAYS = 10  # records younger than this wait for the office
QUESTION = "请核对参加人次，与签到表照片上的人数不一致。"


def confirm_most(by: Account, today: date) -> None:
    """The office looked at everything but the last days' records, and asked about one of them."""
    with clock(today - timedelta(days=1)):
        confirm_records(
            records=waiting().filter(happened_on__lt=today - timedelta(days=UNCONFIRMED_DAYS)),
            by=by,
        )
        society = waiting().filter(organisation__kind="society").exclude(amounts={})
        if record := society.order_by("happened_on", "id").first():
            ask_about(record=record, text=QUESTION, by=by)


def make_returns(tree: Tree, office: Account, today: date) -> None:
    """Last month's return with some answers, last year's for comparison, and the series."""
    edition = current_edition(Definition.Kind.RETURN_FORM.value, FORM)
    societies = _societies(tree)
    span = periods.before("month", periods.period_of("month", today))
    random = dice("returns")
    old = _open(tree, edition, periods.year_before(span), societies, office)
    with clock(old.due_on):
        for asked in old.asked.all():
            _send(asked, random)
        actions.accept_answers(asked=old.asked.all(), by=office)
    new = _open(tree, edition, span, societies, office)
    day = min(today, new.due_on - timedelta(days=1))
    with clock(day):
        there = list(new.asked.select_related("organisation"))
        mine = next((a for a in there if a.organisation.label.endswith(KNOWN)), there[0])
        others = [a for a in there if a != mine]
        for one in [mine, *others[:-2]]:
            _send(one, random)
        actions.accept_answers(asked=others[: ASKED // 2], by=office)
    with clock(day, hour=16):
        actions.send_back(
            asked=mine, reason="听众人次请按签到表核实后再报。",
            fields={"lecture_people": "与上年相差较大"}, by=office,
        )  # fmt: skip
    with clock(today):
        actions.start_series(
            form=edition, organisation=tree.root, audience={"kinds": ["society"]},
            since=periods.period_of("month", today)[0], due_days=8, by=office,
        )  # fmt: skip


def _societies(tree: Tree) -> list[Organisation]:
    """A dozen societies, with the one whose secretary has an account of the demonstration."""
    found = [o for o in tree.all if o.kind == "society" and o.parent_id == tree.root.pk]
    told = [o for o in found if o.label.endswith(KNOWN)]
    return [*[o for o in found if o not in told][: ASKED - len(told)], *told]


def _open(
    tree: Tree, edition: Any, span: periods.Span, societies: list[Organisation], office: Account
) -> Return:
    with clock(span[1] + timedelta(days=1)):
        return actions.open_return(
            edition=edition, organisation=tree.root, span=span,
            due_on=span[1] + timedelta(days=edition.return_form.due_days),
            audience={"codes": [o.code for o in societies]}, by=office,
            note="请于截止日前报送。台账已有的数字已自动带出，核对无误后报送即可。",
        )  # fmt: skip


def _send(asked: Asked, random: Random) -> None:
    asked = Asked.objects.with_state().select_related("of__edition__definition").get(pk=asked.pk)
    counted = ledger_figures(asked, ["lectures", "lecture_attendance"])
    lectures = int(counted.get("lectures", Decimal(0)))
    people = int(counted.get("lecture_attendance", Decimal(0))) or lectures * 60
    seminars, others = random.randint(0, 3), random.randint(0, 2)
    values = {
        "lectures": str(lectures), "lecture_people": str(people), "seminars": str(seminars),
        "others": str(others), "activities": str(lectures + seminars + others),
        "fees": f"{random.randint(2, 90) / 10}", "records_complete": "complete",
        "plans": random.choice(["筹备学术年会。", "走进社区办讲座两场。", "编印会员通讯。", ""]),
    }  # fmt: skip
    by = accounts_acting_for(asked.organisation).first()
    warned = [f.field for f in check(asked, values, {}).findings if f.severity == "warning"]
    remarks = dict.fromkeys(warned, "较上年场地和场次有变化。")
    actions.save_draft(asked=asked, values=values, remarks=remarks, revision=0, by=by)
    actions.send_answer(asked=asked, by=by)
