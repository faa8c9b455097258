"""Who may apply: a typed tree of conditions. `sheke.calls.eligibility` judges it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from ..schemas import Key, Schema, Words

# The parts that each condition is made of; `message` and `severity` go with all.
PARTS: dict[str, tuple[set[str], set[str]]] = {  # needed, allowed beside
    "age": (set(), {"least", "most", "day", "who"}),
    "title": ({"values"}, {"who"}),
    "degree": ({"values"}, {"who"}),
    "referees": ({"least"}, {"values"}),
    "live_projects": ({"most"}, {"who"}),
    "teams": ({"most"}, {"who"}),
    "submissions": ({"most"}, set()),
    "previous_closed": (set(), set()),
    "organisation_kind": ({"values"}, set()),
    "employed_below": (set(), {"who"}),
    "field": ({"field", "op"}, {"value"}),
}


class Condition(Schema):
    """One condition.

    age                years on `day`: “opening”, “closing” or a date
    title, degree      one of `values`
    referees           at least `least`, with one of the titles `values` where given
    live_projects      leads at most `most` projects that are not closed
    teams              takes part in at most `most` submissions of the call, this one included
    submissions        leads at most `most` submissions of the call, this one included
    previous_closed    every earlier project led is closed
    organisation_kind  the applying organisation is of one of the kinds `values`
    employed_below     the employer is the calling organisation or lies below it
    field              a field of the form compared with a value
    """

    rule: Literal[
        "age", "title", "degree", "referees", "live_projects", "teams", "submissions",
        "previous_closed", "organisation_kind", "employed_below", "field",
    ]  # fmt: skip
    who: Literal["lead", "everyone"] = "lead"
    least: int | None = Field(default=None, ge=0, le=200)
    most: int | None = Field(default=None, ge=0, le=200)
    day: Literal["opening", "closing"] | date = "closing"  # of the age
    values: tuple[str, ...] = ()
    field: Key | None = None
    op: Literal["eq", "ne", "in", "gte", "lte", "filled", "empty"] | None = None
    value: Any = None
    message: Words | None = None
    severity: Literal["error", "warning"] = "error"

    @model_validator(mode="after")
    def parts_fit_the_rule(self) -> Condition:
        needed, allowed = PARTS[self.rule]
        given = {
            name
            for name, part in type(self).model_fields.items()
            if name not in ("rule", "message", "severity") and getattr(self, name) != part.default
        }
        if missing := sorted(needed - given):
            raise ValueError(_("“%(rule)s” needs: %(parts)s")
                             % {"rule": self.rule, "parts": ", ".join(missing)})  # fmt: skip
        if extra := sorted(given - needed - allowed):
            raise ValueError(_("“%(rule)s” does not take: %(parts)s")
                             % {"rule": self.rule, "parts": ", ".join(extra)})  # fmt: skip
        if self.rule == "age" and self.least is None and self.most is None:
            raise ValueError(_("an age needs a least or a most"))
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(_("the least must not be above the most"))
        if self.rule == "field":
            self._value_fits_the_operator()
        elif self.rule != "referees" and "values" in needed and not self.values:
            raise ValueError(_("“%(rule)s” needs: %(parts)s")
                             % {"rule": self.rule, "parts": "values"})  # fmt: skip
        return self

    def _value_fits_the_operator(self) -> None:
        if self.op in ("filled", "empty"):
            if self.value is not None:
                raise ValueError(_("“%(op)s” takes no value") % {"op": self.op})
        elif self.value is None or self.value == "":
            raise ValueError(_("the condition has no value"))
        elif (self.op == "in") != isinstance(self.value, list | tuple):
            raise ValueError(_("“in” needs a list of values"))
        elif self.op in ("gte", "lte") and isinstance(self.value, bool):
            raise ValueError(_("“%(op)s” is compared with a number or a day") % {"op": self.op})


class Eligibility(Schema):
    """A node of the tree: all of its parts, any of them, none of them, or one condition."""

    all: tuple[Eligibility, ...] = ()
    any: tuple[Eligibility, ...] = ()
    none: tuple[Eligibility, ...] = ()
    condition: Condition | None = None

    @model_validator(mode="before")
    @classmethod
    def a_bare_condition_is_a_node(cls, data: Any) -> Any:
        return {"condition": data} if isinstance(data, dict) and "rule" in data else data

    @model_validator(mode="after")
    def says_one_thing(self) -> Eligibility:
        said = [part for part in (self.all, self.any, self.none, self.condition) if part]
        if len(said) > 1:
            raise ValueError(_("a node is either all, any, none or one condition"))
        return self

    @property
    def kind(self) -> Literal["all", "any", "none"]:
        """Which group it is; an empty node asks for all of nothing."""
        return "any" if self.any else "none" if self.none else "all"

    @property
    def parts(self) -> tuple[Eligibility, ...]:
        return self.all or self.any or self.none

    def conditions(self) -> list[Condition]:
        """Every condition below, in order."""
        own = [self.condition] if self.condition else []
        return own + [found for part in self.parts for found in part.conditions()]
