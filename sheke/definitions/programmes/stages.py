"""The stages that a submission goes through, and the rubric that reviewers score by."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from ..schemas import Key, Schema, Words


class Criterion(Schema):
    """One thing that is scored. `weight` is relative; a score lies within `least` and `most`."""

    key: Key
    name: Words
    help: Words | None = None
    weight: float = Field(default=1, gt=0, le=1000)
    least: float = 0
    most: float = 100

    @model_validator(mode="after")
    def scale_runs_upwards(self) -> Criterion:
        if self.least >= self.most:
            raise ValueError(_("the lowest score must lie below the highest"))
        return self


class Rubric(Schema):
    """How reviews are scored.

    trim          how many of the highest and of the lowest totals the trimmed mean leaves out
    disagreement  spread of totals, in percent of the scale, from which another reviewer is asked
    """

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    comment: Literal["required", "optional"] = "required"
    comment_least: int = Field(default=0, ge=0, le=5000)  # characters
    trim: int = Field(default=0, ge=0, le=5)
    disagreement: float = Field(default=25, gt=0, le=100)

    def criterion(self, key: str) -> Criterion | None:
        return next((each for each in self.criteria if each.key == key), None)

    @property
    def most(self) -> float:
        """The highest weighted total, on the scale that totals are printed on: 0–100."""
        return 100.0


class Stage(Schema):
    """One stage.

    collect    applicants fill in and send            recommend  organisations rank within their quota
    check      the office looks at the form           copycheck  copied passages are looked for
    review     reviewers score a packet               panel      a panel votes
    notice     the list is public, objections come    decide     the office decides and awards
    """

    key: Key
    name: Words
    kind: Literal[
        "collect", "recommend", "check", "copycheck", "review", "panel", "notice", "decide"
    ]
    help: Words | None = None
    days: int | None = Field(default=None, ge=1, le=400)  # usual length
    # review
    reviews: int = Field(default=3, ge=1, le=15)  # of each submission
    load: tuple[int, int] = (0, 30)  # submissions of a reviewer
    organisation_cap: int | None = Field(default=None, ge=1, le=500)
    blind: Literal["double", "single", "open"] = "double"
    # panel
    quorum: float = Field(default=2 / 3, gt=0, le=1)  # of the members, present
    majority: float = Field(default=1 / 2, ge=0.5, le=1)  # of those present; more than a half
    # notice
    working_days: int = Field(default=5, ge=1, le=60)

    @model_validator(mode="after")
    def load_runs_upwards(self) -> Stage:
        if not 0 <= self.load[0] <= self.load[1]:
            raise ValueError(_("the least load must not be above the most"))
        return self
