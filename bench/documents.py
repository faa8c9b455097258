"""A template with as many slots as asked, bound to the questions' indicators."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from django.core.files.base import ContentFile

from sheke.indicators.questions import Question
from sheke.ledger.models import StoredFile
from sheke.reports.models import Slot, Template
from sheke.reports.word.text import document_text

from .world import World

PER_PARAGRAPH = 6


def template(world: World, questions: Sequence[Question], key: str) -> Template:
    """A Word template of one slot per question, six to a paragraph."""
    document = docx.Document()
    for start in range(0, len(questions), PER_PARAGRAPH):
        part = range(start, min(start + PER_PARAGRAPH, len(questions)))
        document.add_paragraph("".join(f"全年第{n}类工作完成100项，" for n in part) + "成效明显。")
    file = BytesIO()
    document.save(file)
    text = document_text(docx.Document(BytesIO(file.getvalue()))).text
    stored = StoredFile(sha256=key, size=len(file.getvalue()), content_type="application/docx")
    stored.file.save(f"{key}.docx", ContentFile(file.getvalue()))
    made = Template.objects.create(
        organisation=world.root, key=key, title=key, year=2024, text=text, source=stored,
        source_name=f"{key}.docx",
    )  # fmt: skip
    Slot.objects.bulk_create(_slots(made, questions))
    return made


def _slots(made: Template, questions: Sequence[Question]) -> list[Slot]:
    slots, at = [], 0
    for n, question in enumerate(questions):
        start = made.text.index("100项", at)
        at = start + len("100项")
        slots.append(
            Slot(
                template=made, key=f"s{n}", start=start, end=at, text="100项", context="",
                binding=Slot.Binding.INDICATOR, indicator=question.edition.definition,
                scope={"organisation": question.organisation.code},
                printing={"unit": "项", "separator": True},
            )
        )  # fmt: skip
    return slots
