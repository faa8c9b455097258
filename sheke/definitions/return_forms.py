"""What a return form may say: the questions that organisations answer, and the rules that answers keep."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from .formulas import Comparison, FormulaError, parse
from .schemas import SCHEMAS, Choice, Key, Schema, Words

WORLDS = ("last_year", "previous", "ledger")  # what stands before the dot of a rule's names


class Posts(Schema):
    """The record that acceptance posts for a figure: its type, the measure that takes the figure,
    the values of its filter fields.
    """

    type: Key
    measure: Key
    fields: dict[Key, Any] = Field(default_factory=dict)


class Question(Schema):
    """One thing that is asked.

    figure   a number, with the ledger's own count beside it where an indicator is named
    records  “the records of these types for the period are complete”
    """

    key: Key
    name: Words
    kind: Literal["figure", "text", "choice", "choices", "file", "records"] = "figure"
    unit: Words | None = None
    places: int = Field(default=0, ge=0, le=4)
    required: bool = True
    help: Words | None = None
    choices: tuple[Choice, ...] = ()
    indicator: Key | None = None
    types: tuple[Key, ...] = ()
    posts: Posts | None = None

    @model_validator(mode="after")
    def parts_fit_the_kind(self) -> Question:
        if self.kind in ("choice", "choices") and len(self.choices) < 2:
            raise ValueError(_("a choice needs at least two choices"))
        if self.kind not in ("choice", "choices") and self.choices:
            raise ValueError(_("only a choice has choices"))
        if self.kind == "records" and not self.types:
            raise ValueError(_("name the record types that are to be complete"))
        if self.kind != "records" and self.types:
            raise ValueError(_("only the question for records names record types"))
        if self.kind != "figure" and (self.indicator or self.posts):
            raise ValueError(_("only a figure has an indicator or posts a record"))
        if self.indicator and self.posts:
            raise ValueError(_("what the ledger counts already is not posted to it again"))
        return self


class Rule(Schema):
    """A comparison that answers keep; see formulas.py for what `check` may say.

    error    the return cannot be sent
    warning  it can, with a remark by the reporter
    """

    check: str = Field(min_length=1, max_length=300)
    message: Words
    severity: Literal["error", "warning"] = "error"
    field: Key | None = None  # where the message is shown; else at the first figure named

    @cached_property
    def comparison(self) -> Comparison:
        return parse(self.check)

    def names(self) -> list[str]:
        return self.comparison.names()

    @model_validator(mode="after")
    def check_can_be_read(self) -> Rule:
        try:
            parse(self.check)
        except FormulaError as error:
            raise ValueError(str(error)) from None
        return self


class ReturnForm(Schema):
    """What is asked in a data return, and by when, counted from the end of its period."""

    key: Key
    name: Words
    about: Words
    period: Literal["month", "quarter", "half", "year", "once"] = "month"
    due_days: int = Field(default=10, ge=0, le=366)
    kinds: tuple[str, ...] = ()  # of organisations usually asked
    remind: tuple[int, ...] = (-3, 1)  # days from the due day
    questions: tuple[Question, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()

    def question(self, key: str) -> Question | None:
        return next((q for q in self.questions if q.key == key), None)

    @property
    def figures(self) -> list[Question]:
        return [q for q in self.questions if q.kind == "figure"]

    @model_validator(mode="after")
    def names_are_known(self) -> ReturnForm:
        keys = [q.key for q in self.questions]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(_("the key “%(key)s” is used twice") % {"key": key})
        figures = {q.key for q in self.figures}
        for rule in self.rules:
            _check_rule(rule, figures, set(keys))
        return self


def _check_rule(rule: Rule, figures: set[str], keys: set[str]) -> None:
    for name in rule.names():
        world, _dot, key = name.rpartition(".")
        if world and world not in WORLDS:
            raise ValueError(
                _("“%(name)s”: before the dot stands one of %(worlds)s")
                % {"name": name, "worlds": ", ".join(WORLDS)}
            )
        if world != "ledger" and key not in figures:
            raise ValueError(_("the rule names “%(key)s”, which is no figure here") % {"key": key})
    if rule.field and rule.field not in keys:
        raise ValueError(
            _("the rule points at “%(key)s”, which is not asked") % {"key": rule.field}
        )
    if not any("." not in name for name in rule.names()):
        raise ValueError(_("the rule compares no figure of this return"))


SCHEMAS["return_form"] = ReturnForm
