"""A programme: one way from a call to what comes out of it."""

from __future__ import annotations

import pydantic
from django.utils.translation import gettext as _
from pydantic import model_validator

from ..schemas import Key, Schema, Words
from .eligibility import Condition, Eligibility
from .fields import Field, People, Section
from .outcomes import NAMES, Outcome, check_pattern
from .stages import Rubric, Stage

LETTERS = ("received", "returned", "refused", "awarded", "not_awarded", "invited", "reminder")
# What people must be asked so that a condition can be judged; what has a least and a most.
ASKED = {"age": "born_on", "title": "title", "degree": "degree"}
ORDERED = ("number", "amount", "date")
LETTER_NAMES = (*NAMES, "reason", "due", "person", "link")


class Letter(Schema):
    """A text that is sent: {title}, {person}, {reason} … are filled in."""

    subject: Words
    body: Words

    @model_validator(mode="after")
    def placeholders_are_known(self) -> Letter:
        for words in (self.subject, self.body):
            check_pattern(words.zh, LETTER_NAMES)
            check_pattern(words.en, LETTER_NAMES)
        return self


class Programme(Schema):
    """The form, who may apply, the stages in order, the rubric, what comes out."""

    key: Key
    name: Words
    about: Words
    unit: Words  # measure word of what is submitted: 项, 部, 件
    applicant: Words  # what the lead is called: 项目负责人, 申报人
    sections: tuple[Section, ...] = pydantic.Field(min_length=1)
    people: People = People()
    eligibility: Eligibility = Eligibility()
    quota: int | None = pydantic.Field(default=None, ge=0, le=10_000)  # of an organisation, usually
    stages: tuple[Stage, ...] = pydantic.Field(min_length=2)
    rubric: Rubric | None = None
    outcome: Outcome
    letters: dict[str, Letter] = pydantic.Field(default_factory=dict)

    @property
    def fields(self) -> list[Field]:
        return [field for section in self.sections for field in section.fields]

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def used_as(self, use: str) -> Field | None:
        """The field that the engine reads as the title, discipline …"""
        return next((field for field in self.fields if field.use == use), None)

    def stage(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def stages_of(self, kind: str) -> list[Stage]:
        return [stage for stage in self.stages if stage.kind == kind]

    def after(self, key: str) -> Stage | None:
        """The stage that follows, or none after the last."""
        keys = [stage.key for stage in self.stages]
        place = keys.index(key) + 1
        return self.stages[place] if place < len(keys) else None

    @model_validator(mode="after")
    def keys_are_unique(self) -> Programme:
        for keys in ([f.key for f in self.fields], [s.key for s in self.stages]):
            for key in keys:
                if keys.count(key) > 1:
                    raise ValueError(_("the key “%(key)s” is used twice") % {"key": key})
        uses = [field.use for field in self.fields if field.use]
        for use in uses:
            if uses.count(use) > 1:
                raise ValueError(_("two fields are read as “%(use)s”") % {"use": use})
        if "title" not in uses:
            raise ValueError(_("one field is read as the title: use: title"))
        return self

    @model_validator(mode="after")
    def stages_make_a_way(self) -> Programme:
        kinds = [stage.kind for stage in self.stages]
        if kinds[0] != "collect" or kinds.count("collect") != 1:
            raise ValueError(_("the first stage, and no other, collects"))
        if kinds[-1] != "decide" or kinds.count("decide") != 1:
            raise ValueError(_("the last stage, and no other, decides"))
        if "review" in kinds and self.rubric is None:
            raise ValueError(_("a review needs a rubric"))
        if kinds.count("recommend") > 1 or kinds.count("notice") > 1:
            raise ValueError(_("organisations recommend once, and one notice is given"))
        return self

    @model_validator(mode="after")
    def names_are_known(self) -> Programme:
        roles = [role.key for role in self.people.roles]
        for key in roles:
            if roles.count(key) > 1 or key == "lead":
                raise ValueError(_("the key “%(key)s” is used twice") % {"key": key})
        for condition in self.eligibility.conditions():
            self._check_condition(condition)
        if wrong := sorted(set(self.letters) - set(LETTERS)):
            raise ValueError(_("“%(key)s” is no letter; there are: %(names)s")
                             % {"key": wrong[0], "names": ", ".join(LETTERS)})  # fmt: skip
        return self

    def _check_condition(self, condition: Condition) -> None:
        """A condition can be judged: what it asks for is asked in the form."""
        asked = ASKED.get(condition.rule)
        if asked and asked not in self.people.asks:
            raise ValueError(_("“%(rule)s” needs “%(ask)s” among what people are asked")
                             % {"rule": condition.rule, "ask": asked})  # fmt: skip
        if condition.rule == "referees":
            most = sum(role.most for role in self.people.roles if role.referee)
            if most < (condition.least or 0):
                raise ValueError(_("“referees” asks for more referees than the form has room for"))
        if condition.rule == "field":
            self._check_comparison(condition)

    def _check_comparison(self, condition: Condition) -> None:
        field = self.field(condition.field or "")
        if field is None:
            raise ValueError(_("a condition names “%(key)s”, which is no field here")
                             % {"key": condition.field})  # fmt: skip
        keys = [choice.key for choice in field.choices]
        values = condition.value if isinstance(condition.value, list) else [condition.value]
        if condition.op in ("eq", "ne", "in") and keys:
            for value in values:
                if value not in keys:
                    raise ValueError(_("“%(field)s” has no choice “%(value)s”")
                                     % {"field": field.key, "value": value})  # fmt: skip
        if condition.op in ("gte", "lte") and field.kind not in ORDERED:
            raise ValueError(_("“%(field)s” has no order; use eq or in") % {"field": field.key})
