"""A small federation with lectures, and a template over them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import timezone

from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation
from sheke.ledger.models import Record, StoredFile
from sheke.reports.actions.reports import fill_report
from sheke.reports.models import Report, Slot, Template
from sheke.reports.word.reading import to_bytes
from sheke.reports.word.text import document_text
from tests import factories

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
LINES = [
    "云川市社科联2024年工作总结",
    "一、主要工作",
    "全年举办“社科”讲座{held:520余场}，惠及{attendance:5.2万余人次}，覆盖{counties:12个}县区。",
    "县级讲座占{share:35%}，其中线上xx场由{name:某中心}承办。",
    "二、下一步打算",
    "继续办好讲座，打造品牌。",
]
BINDINGS: dict[str, dict[str, Any]] = {
    "held": {
        "binding": "indicator",
        "indicator": "lectures_held",
        "printing": {"suffix": "余", "places": -1, "rounding": "truncate", "unit": "场"},
    },
    "attendance": {
        "binding": "indicator",
        "indicator": "lecture_attendance",
        "printing": {"magnitude": "万", "places": 1, "suffix": "余", "unit": "人次"},
    },
    "counties": {"binding": "constant", "wording": "12个"},
    "share": {},
    "name": {"binding": "name", "wording": "市民学校"},
}


@dataclass
class World:
    city: Organisation
    county: Organisation
    account: Account
    lecture: Edition
    template: Template
    records: list[Record]

    def fill(self, **fields: Any) -> Report:
        fields = {"organisation": self.city, "period": YEAR, "by": self.account} | fields
        return fill_report(template=self.template, **fields)


def world(*, word: bool = True, lines: list[str] | None = None) -> World:
    """The city, a county, one account, 25 lectures of 2,111 people each, and the template."""
    city = factories.organisation(code="YC", name="云川市社科联", kind="federation")
    county = factories.organisation(parent=city, code="YC-AN", name="安宁县社科联")
    lecture = factories.lecture_type()
    factories.indicator("lectures_held")
    factories.indicator(
        "lecture_attendance",
        aggregate="sum",
        measure="attendance",
        name={"zh": "讲座参加人次"},
        unit={"zh": "人次"},
    )
    records = [
        factories.record(
            lecture, county if n % 5 else city, amounts={"attendance": "2111"}, title=f"第{n}期讲座"
        )
        for n in range(25)
    ]
    account = factories.account(city)
    template = make_template(city, lines or LINES, BINDINGS, word=word)
    return World(city, county, account, lecture, template, records)


def make_template(
    organisation: Organisation, lines: list[str], bindings: dict[str, Any], *, word: bool = True
) -> Template:
    """A template of lines in which `{key:old wording}` is a slot."""
    text, slots = _parse("\n".join(lines))
    fields: dict[str, Any] = {"text": text, "source_name": "summary.txt"}
    if word:
        document = word_document(text)
        fields["text"] = document_text(document).text
        fields["source_name"] = "summary.docx"
        fields["source"] = stored(to_bytes(document))
    template = Template.objects.create(
        organisation=organisation,
        key=f"summary-{Template.objects.count()}",
        title="2024年工作总结",
        year=2024,
        **fields,
    )
    for key, start, end in slots:
        add_slot(template, key, start, end, **bindings.get(key, {}))
    return template


def add_slot(template: Template, key: str, start: int, end: int, **fields: Any) -> Slot:
    from sheke.definitions.models import Definition

    if "indicator" in fields:
        fields["indicator"] = Definition.objects.get(kind="indicator", key=fields["indicator"])
        fields["bound_at"] = timezone.now()
    return Slot.objects.create(
        template=template,
        key=key,
        start=start,
        end=end,
        text=template.text[start:end],
        context=template.text[max(start - 10, 0) : end + 10],
        **fields,
    )


def word_document(text: str) -> Any:
    """A document whose runs are cut in awkward places."""
    document = docx.Document()
    for number, line in enumerate(text.split("\n")):
        paragraph = document.add_paragraph()
        for piece in re.findall(r".{1,7}", line):
            paragraph.add_run(piece).bold = number == 0
    return document


def stored(data: bytes) -> StoredFile:
    return StoredFile.objects.create(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        file=ContentFile(data, name="summary.docx"),
    )


def _parse(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, slots, at = "", [], 0
    for match in re.finditer(r"\{(\w+):([^}]*)\}", marked):
        text += marked[at : match.start()]
        slots.append((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    return text + marked[at:], slots
