"""A few records turn out wrong some weeks later: revised or reversed, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sheke.directory.models import Account
from sheke.ledger.actions import reverse_record, revise_record
from sheke.ledger.models import Record

from .clock import clock
from .source import dice

SHARE = 0.006  # of all records
REVERSED = 0.3  # of the corrected ones
REVISIONS = ("经核对签到表更正人数", "经核对活动总结更正", "主办单位来函更正", "录入笔误更正")
REVERSALS = ("与承办单位重复填报", "活动因天气取消", "误填，属上级单位活动")


class Corrector:
    """Chooses records as they are posted and corrects each at its day."""

    def __init__(self, by: Account) -> None:
        self.by = by
        self.random = dice("corrections")
        self.due: dict[date, list[Record]] = defaultdict(list)

    def choose(self, posted: Sequence[Record], day: date) -> None:
        for record in posted:
            if self.random.random() < SHARE:
                self.due[day + timedelta(days=self.random.randint(5, 150))].append(record)

    def correct(self, today: date) -> None:
        """Correct what is due until `today`, each with the clock at its own day."""
        for day in sorted(d for d in self.due if d <= today):
            for record in self.due.pop(day):
                with clock(day, hour=15):
                    self._correct(record)

    def _correct(self, record: Record) -> None:
        if not record.amounts or self.random.random() < REVERSED:
            reason = self.random.choice(REVERSALS)
            reverse_record(record=record, reason=reason, by=self.by)
            return
        key = next(iter(record.amounts))
        amounts = record.amounts | {key: self._other(Decimal(record.amounts[key]))}
        reason = self.random.choice(REVISIONS)
        revise_record(record=record, reason=reason, by=self.by, amounts=amounts)

    def _other(self, amount: Decimal) -> str:
        """A somewhat smaller amount, of as many places."""
        factor = Decimal(self.random.randint(60, 92)) / 100
        smaller = (amount * factor).quantize(amount) if amount > 3 else amount + 1
        return str(smaller)
