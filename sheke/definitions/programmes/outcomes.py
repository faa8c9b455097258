"""What comes out of a programme: projects, prizes, accreditations, adoptions; their records and certificates."""

from __future__ import annotations

import string
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from sheke.core.errors import BadInput

from ..schemas import Key, Schema, Words
from .numbers import NumberPattern

# What patterns may name: of numbers, of fields of records, of letters.
NAMES = ("year", "number", "title", "lead", "organisation", "level", "call", "amount", "category")
CLOSING_NAMES = (*NAMES, "result", "months", "outputs")  # of the records of a closing
OUTPUT_NAMES = (*CLOSING_NAMES, "output", "author", "venue", "output_level")  # of each work
OUTPUT_LEVELS = ("national", "core", "provincial", "municipal")  # that {output_level} stands for
RESULTS = ("excellent", "good", "passed", "terminated")  # that {result} stands for


def placeholders(text: str) -> list[tuple[str, str]]:
    """The names in braces of `text`, each with what stands behind its colon. Raises ValueError."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise ValueError(_("the braces of “%(text)s” do not match") % {"text": text}) from None
    if any(conversion for _text, _name, _spec, conversion in parts):
        raise ValueError(_("the braces of “%(text)s” hold names only") % {"text": text})
    return [(name, spec or "") for _text, name, spec, _conv in parts if name is not None]


def check_pattern(text: str, names: tuple[str, ...] = NAMES) -> None:
    """Raises ValueError where `text` names a placeholder that is not known, or asks for more than its
    value.
    """
    for name, spec in placeholders(text):
        if name not in names:
            raise ValueError(_("“{%(name)s}” is not known here; use: %(names)s")
                             % {"name": name, "names": ", ".join(names)})  # fmt: skip
        if spec:
            raise ValueError(_("write “{%(name)s}” without “:%(spec)s”")
                             % {"name": name, "spec": spec})  # fmt: skip


class Level(Schema):
    """A level of a prize, or a kind of project: how many at most, and what it carries."""

    key: Key
    name: Words
    most: int | None = Field(default=None, ge=0, le=100_000)
    amount: float | None = Field(default=None, ge=0)  # in the programme's money unit


class RecordOf(Schema):
    """The record that is posted to the ledger. Texts may hold {title}, {lead}, {level} …; in `fields`
    a level or category stands with its key, so that it fits the record type's choices. The records of
    a closing know {result}, {months} and {outputs}, how many works came out. With `outputs` a record is
    posted for each work of these kinds; it knows {output}, {author}, {venue} and {output_level} too.
    """

    type: Key
    of: Literal["calling", "applying"] = "calling"  # whose work it is
    title: str = Field(default="{title}", min_length=1, max_length=300)
    amounts: dict[Key, str] = Field(default_factory=dict)
    fields: dict[Key, Any] = Field(default_factory=dict)
    outputs: tuple[Literal["paper", "book", "report", "brief", "popular", "other"], ...] = ()

    @model_validator(mode="after")
    def patterns_are_known(self) -> RecordOf:
        for text in self.patterns():
            check_pattern(text, OUTPUT_NAMES if self.outputs else CLOSING_NAMES)
        return self

    def patterns(self) -> list[str]:
        """Every text in which names in braces are filled in."""
        values = (self.title, *self.amounts.values(), *self.fields.values())
        return [text for text in values if isinstance(text, str)]


class Milestone(Schema):
    """A duty of a project: a mid-term report, the closing review."""

    key: Key
    name: Words
    months: int = Field(ge=0, le=240)  # after the start
    kind: Literal["report", "closing"] = "report"
    instalment: float = Field(
        default=0, ge=0, le=100
    )  # percent of the budget paid when it is accepted
    help: Words | None = None


class Certificate(Schema):
    """What is printed. `template` is a name of `sheke.calls.certificates`; `number` a NumberPattern."""

    template: Key = "award"
    number: str = "{year}{serial:4}"
    wording: Words | None = None

    @model_validator(mode="after")
    def number_counts(self) -> Certificate:
        try:
            NumberPattern(self.number)
        except BadInput as error:
            raise ValueError(str(error)) from None
        for text in (self.wording.zh, self.wording.en) if self.wording else ():
            check_pattern(text)
        return self


class Outcome(Schema):
    """What a positive decision makes.

    project        runs for months with milestones and instalments, closes with a certificate
    prize          has a level            accreditation  holds for years
    adoption       was taken up by somebody              certificate   only that
    """

    kind: Literal["project", "prize", "certificate", "accreditation", "adoption"]
    levels: tuple[Level, ...] = ()
    money: Words | None = None  # unit of amounts: 万元
    months: int = Field(default=12, ge=1, le=240)  # of a project
    signing: float = Field(default=0, ge=0, le=100)  # percent of the budget paid at the contract
    milestones: tuple[Milestone, ...] = ()
    years: int | None = Field(default=None, ge=1, le=50)  # an accreditation holds
    certificate: Certificate | None = None
    records: tuple[RecordOf, ...] = ()  # posted when it is decided
    closing_records: tuple[RecordOf, ...] = ()  # posted when a project is closed

    def level(self, key: str) -> Level | None:
        return next((level for level in self.levels if level.key == key), None)

    def milestone(self, key: str) -> Milestone | None:
        return next((each for each in self.milestones if each.key == key), None)

    @model_validator(mode="after")
    def parts_fit_the_kind(self) -> Outcome:
        if self.kind != "project" and (self.milestones or self.closing_records):
            raise ValueError(_("only a project has milestones"))
        if self.kind == "prize" and not self.levels:
            raise ValueError(_("a prize has levels"))
        if self.kind == "accreditation" and self.years is None:
            raise ValueError(_("say for how many years the accreditation holds"))
        paid = self.signing + sum(each.instalment for each in self.milestones)
        if paid > 100:
            raise ValueError(_("the instalments add up to %(sum)s %%") % {"sum": f"{paid:g}"})
        return self

    @model_validator(mode="after")
    def names_fit_the_moment(self) -> Outcome:
        for record in self.records:
            if record.outputs:
                raise ValueError(_("works come out when a project is closed, not before"))
            for text in record.patterns():
                check_pattern(text)
        for keys in ([m.key for m in self.milestones], [each.key for each in self.levels]):
            for key in keys:
                if keys.count(key) > 1:
                    raise ValueError(_("the key “%(key)s” is used twice") % {"key": key})
        closings = [each for each in self.milestones if each.kind == "closing"]
        if self.kind == "project" and len(closings) != 1:
            raise ValueError(_("a project has one closing among its milestones"))
        return self
