"""All sketches of the demonstration, year by year, in the order of their days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sheke.definitions.models import Edition
from sheke.directory.models import Organisation

from .organisations import Tree
from .people import names
from .recipes import Sketch, complete, day_in
from .source import dice, recipes

BASE_YEAR = 2025  # the year for which recipes say how many
YEARS = (2023, 2024, 2025, 2026)


def sketches(tree: Tree, types: dict[str, Edition], today: date) -> list[Sketch]:
    """Everything that happened until `today`, oldest first; the same for the same day."""
    made: dict[str, list[Sketch]] = {}
    for recipe in recipes():
        kind = next((key for key in ("after", "each", "channels") if key in recipe), "")
        edition = types[recipe["type"]]
        if kind == "after":
            made[recipe["type"]] = list(_after(made, recipe, edition, tree))
        else:
            made[recipe["type"]] = list(MAKERS[kind](recipe, edition, tree))
    found = [s for group in made.values() for s in group if s.day <= today]
    return sorted(found, key=lambda s: s.day)


def _free(recipe: dict[str, Any], edition: Edition, tree: Tree) -> Iterator[Sketch]:
    """As many in a year as the recipe says, spread over organisations of the kinds it names."""
    people = _people(recipe)
    serial: Counter[int] = Counter()
    activity = _activity(tree, recipe)
    for year in YEARS:
        random = dice(recipe["type"], year)
        count = round(recipe["year"] * (1 + recipe["growth"]) ** (year - BASE_YEAR))
        days = sorted(day_in(year, recipe["season"], random) for _n in range(count))
        for day in days:
            organisation = _organisation(recipe, tree, activity, day, random)
            serial[year] += 1
            sketch = Sketch(recipe, edition, organisation, day, extra={"serial": serial[year]})
            complete(sketch, tree, random, people)
            sketch.cohosts = _cohosts(sketch, tree, random)
            yield sketch


def _after(
    made: dict[str, list[Sketch]], recipe: dict[str, Any], edition: Edition, tree: Tree
) -> Iterator[Sketch]:
    """What follows upon records of another type after some days."""
    random, people = dice(recipe["type"]), _people(recipe)
    for source in made[recipe["after"]]:
        if random.random() >= recipe["share"]:
            continue
        gap = random.randint(*recipe["gap"])
        day = source.day + timedelta(days=gap)
        if day.year > YEARS[-1]:
            continue
        sketch = Sketch(recipe, edition, source.organisation, day)
        sketch.extra = {"source": source.title, "gap": gap}
        sketch.fields = {key: source.fields[key] for key in recipe.get("copy", ())}
        complete(sketch, tree, random, people)
        yield sketch


def _each(recipe: dict[str, Any], edition: Edition, tree: Tree) -> Iterator[Sketch]:
    """Once a year for each organisation of a kind."""
    random = dice(recipe["type"])
    for year in YEARS:
        for organisation in tree.of_kind(recipe["each"]):
            day = day_in(year, recipe["season"], random)
            if _existed(organisation, day):
                sketch = Sketch(recipe, edition, organisation, day)
                complete(sketch, tree, random, [""])
                yield sketch


def _channels(recipe: dict[str, Any], edition: Edition, tree: Tree) -> Iterator[Sketch]:
    """Twelve reports a year of each channel, whose followers grow from month to month."""
    for channel in recipe["channels"]:
        random = dice(channel["channel"])
        followers = channel["followers"] * 0.6
        for year in YEARS:
            for month in range(1, 13):
                new = round(followers * channel["rate"] * random.uniform(0.4, 1.7))
                followers += new
                day = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
                sketch = Sketch(recipe, edition, tree.by_name[channel["of"]], day)
                sketch.fields = {"platform": channel["platform"], "channel": channel["channel"]}
                reads = channel["reads"] * (followers / channel["followers"])
                sketch.amounts = {
                    "followers": round(followers), "new_followers": new,
                    "reads": round(reads * random.uniform(0.7, 1.35)),
                    "posts": random.randint(8, 30),
                }  # fmt: skip
                complete(sketch, tree, random, [""])
                yield sketch


def _people(recipe: dict[str, Any]) -> list[str]:
    fresh = names(dice(recipe["type"], "people"), set())
    return [next(fresh) for _n in range(60)]


def _activity(tree: Tree, recipe: dict[str, Any]) -> dict[int, float]:
    """Some do much more than others, and the same ones in every type."""
    return {o.pk: dice(o.code).lognormvariate(0, 0.7) for o in tree.all}


def _organisation(
    recipe: dict[str, Any], tree: Tree, activity: dict[int, float], day: date, random: Random
) -> Organisation:
    kinds = recipe["by"]
    while True:
        kind = random.choices(list(kinds), list(kinds.values()))[0]
        if kind == "federation":
            return tree.root
        there = [o for o in tree.of_kind(kind) if _existed(o, day)]
        return random.choices(there, [activity[o.pk] for o in there])[0]


def _existed(organisation: Organisation, day: date) -> bool:
    began, ended = organisation.valid_from, organisation.valid_to
    return (began is None or began <= day) and (ended is None or day <= ended)


def _cohosts(sketch: Sketch, tree: Tree, random: Random) -> tuple[Organisation, ...]:
    """Sometimes one to three others: counties, societies, the federation."""
    if random.random() >= sketch.recipe.get("cohosts", 0):
        return ()
    count = random.choices((1, 2, 3), (7, 2, 1))[0]
    pool = [tree.root, *tree.of_kind("county_federation"), *tree.of_kind("society")]
    chosen = random.sample([o for o in pool if _existed(o, sketch.day)], count + 1)
    return tuple(o for o in chosen if o.pk != sketch.organisation.pk)[:count]


Make = Callable[[dict[str, Any], Edition, Tree], Iterator[Sketch]]
MAKERS: dict[str, Make] = {"": _free, "each": _each, "channels": _channels}
