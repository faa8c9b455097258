"""The form as the page prints it: sections of lines, each with its value, its faults, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
from typing import Any

from sheke.definitions.programmes import Field, Section

from ..models import Submission, Upload
from ..values import Fault, Topics, check_values, rich_text
from ..values.texts import count_characters
from .checklist import uploads_of
from .merging import mark
from .writing import Asked, asked_for, guide

EMPTY_ROWS = 2  # of a table, for those without scripts


@dataclass
class Line:
    """A field with what stands in it."""

    field: Field
    value: Any
    open: bool
    remark: str = ""  # of the office that returned it
    faults: list[Fault] = part(default_factory=list)
    files: list[Upload] = part(default_factory=list)
    topics: Topics = part(default_factory=dict)

    @property
    def mark(self) -> str:
        return mark(self.value)

    @property
    def filled(self) -> bool:
        return bool(self.files) or self.value not in (None, "", [])

    @property
    def count(self) -> int:
        """Characters, as a limit counts them."""
        text = str(self.value or "")
        return count_characters(rich_text(text) if self.field.kind == "rich" else text)

    @property
    def lines(self) -> str:
        """Organisations, one a line."""
        value = self.value if isinstance(self.value, list) else []
        return "\n".join(str(one.get("name", "")) for one in value if isinstance(one, Mapping))

    @property
    def rows(self) -> list[list[tuple[Any, str]]]:
        """A table's cells with their columns, and empty rows to write in."""
        held = [row for row in self.value or [] if isinstance(row, Mapping)]
        empty: list[Mapping[str, str]] = [{}] * (EMPTY_ROWS if len(held) < self.field.rows else 0)
        return [[(c, row.get(c.key, "")) for c in self.field.columns] for row in [*held, *empty]]

    @property
    def accept(self) -> str:
        return ",".join(f".{kind}" for kind in self.field.types)

    @property
    def room(self) -> int:
        """How many files there is room for."""
        return max(0, self.field.files - len(self.files))


@dataclass
class Part:
    """A section with its lines; `left` counts what is asked for and not there."""

    number: int
    section: Section
    lines: Sequence[Line]

    @property
    def wanted(self) -> int:
        return sum(line.field.required for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.field.required and line.filled and not line.faults for line in self.lines)

    @property
    def complete(self) -> bool:
        return self.done == self.wanted and not any(line.faults for line in self.lines)


def parts(submission: Submission, asked: Asked | None = None) -> list[Part]:
    """The form of a submission, with everything that is wrong or missing at its line."""
    asked = asked or asked_for(submission)
    topics = guide(submission.call)
    programme = submission.edition.programme
    uploads = uploads_of(submission)
    _clean, faults = check_values(programme, submission.values, topics=topics, uploads=uploads)
    files: dict[str, list[Upload]] = {}
    for upload in submission.uploads.filter(removed_at=None).select_related("stored"):
        files.setdefault(upload.field, []).append(upload)
    return [
        Part(number, section, [
            Line(
                field=each, value=submission.values.get(each.key), open=asked.opens(each.key),
                remark=asked.fields.get(each.key, ""), files=files.get(each.key, []), topics=topics,
                faults=[fault for fault in faults if fault.field == each.key],
            )
            for each in section.fields
            if each.kind != "topic" or topics
        ])
        for number, section in enumerate(programme.sections, start=1)
    ]  # fmt: skip
