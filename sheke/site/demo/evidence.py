"""Evidence of records: papers of what must have one, reports of some events, a few Word files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta

import docx

from sheke.directory.models import Account
from sheke.ledger.evidence.actions import attach_file, attach_link
from sheke.ledger.models import Record

from .source import dice

SINCE = date(2025, 1, 1)  # older evidence stayed on paper
SITE = "https://yunchuan.example"  # a name that is reserved and so leads nowhere
REPORTED = 0.12  # of what should have evidence but need not
RECENT = timedelta(days=45)


class Keeper:
    """Attaches evidence to records as they are posted."""

    def __init__(self, by: Account, today: date) -> None:
        self.by, self.today = by, today
        self.random = dice("evidence")

    def keep(self, posted: Sequence[Record]) -> None:
        """Call it with the clock at the time of posting."""
        for record in posted:
            if record.happened_on < SINCE:
                continue
            wanted = record.edition.record_type.evidence
            if wanted == "required":
                self._paper(record)
            elif wanted == "recommended" and self.random.random() < REPORTED:
                self._report(record)

    def _paper(self, record: Record) -> None:
        number = self.random.randint(1000, 9999)
        link = f"{SITE}/files/{record.happened_on:%Y/%m}/{number}.pdf"
        attach_link(record=record, link=link, name=f"{record.title[:60]}（扫描件）", by=self.by)

    def _report(self, record: Record) -> None:
        if record.happened_on > self.today - RECENT and self.random.random() < 0.3:
            name = f"{record.title[:40]}活动小结.docx"
            attach_file(record=record, file=_summary(record), name=name, by=self.by)
            return
        link = f"{SITE}/news/{record.happened_on:%Y%m%d}-{self.random.randint(100, 999)}.html"
        attach_link(record=record, link=link, name="云川社科网报道", by=self.by)


def _summary(record: Record) -> io.BytesIO:
    """A page on what was done, as a secretary would write it."""
    document = docx.Document()
    document.add_heading(f"{record.title}活动小结", level=1)
    day = f"{record.happened_on:%Y年%m月%d日}"
    document.add_paragraph(f"{day}，{record.organisation}组织开展“{record.title}”。")
    measures = record.edition.record_type.measures
    parts = [
        f"{m.name.zh}{record.amounts[m.key]}{m.unit.zh}"
        for m in measures
        if m.key in record.amounts
    ]
    if parts:
        document.add_paragraph(f"据现场签到统计，{'，'.join(parts)}。")
    document.add_paragraph("附：签到表、现场照片（存档备查）。")
    file = io.BytesIO()
    document.save(file)
    return file
