"""What a definition may say: the pydantic schemas of record types and indicators.

A pack's YAML file, the editor page and the command line all pass through these models, so an
edition in the database is always valid.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Schema(BaseModel):
    """Unknown keys are errors, so that a misspelt key in a pack is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Schema):
    """A text in the languages of the interface; Chinese is required, English falls back to it.

    A plain text in a pack is taken as Chinese.
    """

    zh: str = Field(min_length=1)
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def plain_text_is_chinese(cls, data: Any) -> Any:
        return {"zh": data} if isinstance(data, str) else data

    def __str__(self) -> str:
        if (get_language() or "zh").startswith("zh"):
            return self.zh
        return self.en or self.zh


class Measure(Schema):
    """A quantity that a record of this type carries, with its measure word."""

    key: Key
    name: Words
    unit: Words
    required: bool = False
    places: int = Field(default=0, ge=0, le=4)
    help: Words | None = None


class Choice(Schema):
    key: Key
    name: Words


class Attribute(Schema):
    """A filter field: what a record says of itself beside amounts."""

    key: Key
    name: Words
    kind: Literal["choice", "choices", "text", "boolean", "number", "date"] = "choice"
    choices: tuple[Choice, ...] = ()
    required: bool = False
    help: Words | None = None

    @model_validator(mode="after")
    def choices_fit_the_kind(self) -> Attribute:
        if self.kind in ("choice", "choices") and len(self.choices) < 2:
            raise ValueError(_("a choice needs at least two choices"))
        if self.kind not in ("choice", "choices") and self.choices:
            raise ValueError(_("only a choice has choices"))
        return self


class Group(Schema):
    """A heading under which record types and indicators are listed."""

    key: Key
    name: Words
    position: int = 0


class RecordType(Schema):
    """One kind of work that is recorded: its name, amounts and filter fields."""

    key: Key
    name: Words
    unit: Words  # measure word of the record itself: 场, 篇, 项
    group: Key
    about: Words
    measures: tuple[Measure, ...] = ()
    fields: tuple[Attribute, ...] = ()
    evidence: Literal["required", "recommended", "optional"] = "recommended"
    synonyms: tuple[str, ...] = ()

    @model_validator(mode="after")
    def keys_are_unique(self) -> RecordType:
        keys = [m.key for m in self.measures] + [f.key for f in self.fields]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(_("the key “%(key)s” is used twice") % {"key": key})
        return self

    def measure(self, key: str) -> Measure | None:
        return next((m for m in self.measures if m.key == key), None)

    def field(self, key: str) -> Attribute | None:
        return next((f for f in self.fields if f.key == key), None)


class Filter(Schema):
    """A condition on a filter field or on a measure of the record."""

    field: Key
    op: Literal["eq", "ne", "in", "gte", "lte", "filled", "empty"] = "eq"
    value: Any = None

    @model_validator(mode="after")
    def value_fits_the_operator(self) -> Filter:
        if self.op == "in" and not isinstance(self.value, list | tuple):
            raise ValueError(_("“in” needs a list of values"))
        if self.op in ("filled", "empty") and self.value is not None:
            raise ValueError(_("“%(op)s” takes no value") % {"op": self.op})
        if self.op not in ("filled", "empty") and self.value is None:
            raise ValueError(_("the filter has no value"))
        return self


NEEDS: dict[str, set[str]] = {  # the parts that each aggregate is made of
    "count": {"types"},
    "sum": {"types", "measure"},
    "average": {"types", "measure"},
    "distinct": {"types", "distinct"},
    "share": {"types", "of"},
    "ratio": {"numerator", "denominator"},
    "completion": {"numerator"},
}
PARTS = ("types", "measure", "distinct", "of", "numerator", "denominator")


class Indicator(Schema):
    """What is counted (统计口径).

    count      records of `types` that pass `where`
    sum        of `measure`
    average    of `measure` over the records that carry it
    distinct   values of `distinct` (a filter field, “organisation” or “title”)
    share      percent of the counted records that also pass `of`
    ratio      `numerator` over `denominator` (keys of indicators), times `factor`
    completion `numerator` in percent of its target for the same organisation and period
    """

    key: Key
    name: Words
    unit: Words
    group: Key
    definition: Words
    aggregate: Literal["count", "sum", "distinct", "average", "share", "ratio", "completion"]
    types: tuple[Key, ...] = ()
    measure: Key | None = None
    distinct: Key | None = None
    where: tuple[Filter, ...] = ()
    of: tuple[Filter, ...] = ()
    date: Literal["happened", "posted"] = "happened"
    numerator: Key | None = None
    denominator: Key | None = None
    factor: Decimal = Field(default=Decimal(1), ge=0, le=10**9)
    places: int = Field(default=0, ge=0, le=4)
    synonyms: tuple[str, ...] = ()  # nouns by which a text names it: 讲座, 报告会
    verbs: tuple[str, ...] = ()  # 举办, 开展

    @model_validator(mode="after")
    def parts_fit_the_aggregate(self) -> Indicator:
        needs = NEEDS[self.aggregate]
        given = {part for part in PARTS if getattr(self, part)}
        if missing := sorted(needs - given):
            raise ValueError(
                _("“%(aggregate)s” needs: %(parts)s")
                % {"aggregate": self.aggregate, "parts": ", ".join(missing)}
            )
        if extra := sorted(given - needs):
            raise ValueError(
                _("“%(aggregate)s” does not take: %(parts)s")
                % {"aggregate": self.aggregate, "parts": ", ".join(extra)}
            )
        if self.aggregate in ("ratio", "completion") and self.where:
            raise ValueError(
                _("“%(aggregate)s” takes no filters of its own") % {"aggregate": self.aggregate}
            )
        return self


ADDED_UP = ("count", "sum", "distinct")  # a ratio or completion is made of indicators of these

SCHEMAS: dict[str, type[Schema]] = {  # a return form adds itself
    "group": Group,
    "record_type": RecordType,
    "indicator": Indicator,
}
