"""One record as its recipe says it: date, organisation, fields, amounts, title."""

from __future__ import annotations

import math
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sheke.definitions.models import Edition
from sheke.directory.models import Organisation

from . import wording
from .clock import workday
from .organisations import Tree
from .source import read

TOPICS = ("theory", "history", "economy", "law", "psychology", "ecology", "other")
AT_DESK = {"office", "opening", "inspection", "projects"}  # seasons of work done on working days


@dataclass
class Sketch:
    """A record before it is posted; `extra` is known to the wording only."""

    recipe: dict[str, Any]
    edition: Edition
    organisation: Organisation
    day: date
    title: str = ""
    until: date | None = None
    amounts: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    cohosts: tuple[Organisation, ...] = ()

    @property
    def type(self) -> str:
        return str(self.recipe["type"])


def day_in(year: int, season: str, random: Random) -> date:
    """A day of the year by the season's curve."""
    month = random.choices(range(1, 13), read("seasons")[season])[0]
    day = date(year, month, random.randint(1, monthrange(year, month)[1]))
    day = workday(day) if season in AT_DESK else day
    return day if day.year == year else date(year, 12, 31)


def complete(sketch: Sketch, tree: Tree, random: Random, people: list[str]) -> None:
    """Fill in fields, amounts, title and duration, in that order: each may speak of those before."""
    recipe = sketch.recipe
    sketch.extra |= {
        "year": sketch.day.year, "month": sketch.day.month, "number": random.randint(1, 16), "org": sketch.organisation.label,
        "place": wording.place(county_of(sketch.organisation, tree), random),
        "person": random.choice(people),
    }  # fmt: skip
    sketch.extra |= {
        key: _field(v, sketch, tree, random) for key, v in recipe.get("extra", {}).items()
    }
    for key, value in recipe.get("fields", {}).items():
        sketch.fields.setdefault(key, _field(value, sketch, tree, random))
    for key, value in recipe.get("amounts", {}).items():
        _amount(key, value, sketch, random)
    title = random.choice(_titles(sketch))
    sketch.title = wording.fill(title, random, {**sketch.extra, **sketch.fields})
    if "days" in recipe:
        sketch.until = sketch.day + timedelta(days=random.randint(*recipe["days"]))


def county_of(organisation: Organisation, tree: Tree) -> str:
    """The county's name by the county federation at or above the organisation, or nothing."""
    for above in tree.of_kind("county_federation"):
        if above.contains(organisation):
            return above.label.removesuffix("社科联")
    return ""


def _titles(sketch: Sketch) -> list[str]:
    """One list for all, or under a field's name a list for each of its values."""
    titles = sketch.recipe["titles"]
    if isinstance(titles, list):
        return titles
    ((key, lists),) = titles.items()
    return list(lists[sketch.fields[key]])


def _field(value: Any, sketch: Sketch, tree: Tree, random: Random) -> Any:
    """A share for yes, weights of choices, texts to choose from, a text with placeholders."""
    if value == "$topic":
        own = tree.topics.get(sketch.organisation.code)
        return own if own and random.random() < 0.72 else random.choice(TOPICS)
    if isinstance(value, float):
        return random.random() < value
    if isinstance(value, dict):
        return random.choices(list(value), list(value.values()))[0]
    text = random.choice(value) if isinstance(value, list) else value
    return wording.fill(text, random, {**sketch.extra, **sketch.fields})


def _amount(key: str, value: Any, sketch: Sketch, random: Random) -> None:
    if value == "gap":
        sketch.amounts[key] = sketch.extra["gap"]
        return
    options = value if isinstance(value, dict) else {"range": value}
    if random.random() >= options.get("chance", 1):
        return
    if any(sketch.fields.get(f) not in allowed for f, allowed in options.get("when", {}).items()):
        return
    places = next(m.places for m in sketch.edition.record_type.measures if m.key == key)
    low, high = options["range"]
    amount = _about(low, high, places, random)
    step = options.get("round", 0)
    sketch.amounts[key] = max(step, round(amount / step) * step) if step else amount


def _about(low: float, high: float, places: int, random: Random) -> float | int:
    """Log-normal: four values of five lie between `low` and `high`, none far outside."""
    middle, spread = math.log(low * high) / 2, math.log(high / low) / 2.56
    value = min(max(random.lognormvariate(middle, spread), low * 0.6), high * 2)
    return round(value, places) if places else max(1, round(value))
