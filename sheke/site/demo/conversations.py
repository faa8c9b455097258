"""Two conversations of the demonstration, with the notices that they make. Nothing goes outside."""

from __future__ import annotations

from datetime import date, timedelta

from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations
from sheke.ledger.models import Record
from sheke.notices.actions.conversations import write_comment
from sheke.plans.models import Item

from .clock import clock


def make_conversations(accounts: dict[str, Account], today: date) -> None:
    """The office and a society talk about a record; the chair asks the office about an item."""
    office, chair, society = (accounts[name] for name in ("kezhang", "zhuxi", "lishi"))
    mine = acting_organisations(society).order_by().values("pk")
    record = Record.objects.filter(organisation__in=mine).order_by("-happened_on", "-id").first()
    if record is not None:
        with clock(today - timedelta(days=1), hour=9):
            write_comment(
                subject=record, by=office,
                text=f"@{society} 这一场很受欢迎，请补一张能看到会场全貌的照片，年终总结要用。",
            )  # fmt: skip
        with clock(today - timedelta(days=1), hour=15):
            write_comment(subject=record, by=society, text="好的，照片周五前传上来。")
    item = Item.objects.filter(plan__year=today.year, kind="item").order_by("position").first()
    if item is not None:
        with clock(today, hour=8):
            write_comment(
                subject=item, by=chair, text=f"@{office} 下周的办公会请报一下这一项的进展。"
            )
