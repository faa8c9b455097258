"""Filling the placeholders of a title: `{place}`, `{topics:topic}`, `{source}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from typing import Any

from .source import read

PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")


def fill(text: str, random: Random, values: Mapping[str, Any]) -> str:
    """`values` are what the record says already; any other name is a list of words.yaml."""

    def one(match: re.Match[str]) -> str:
        name, field = match.groups()
        if name in values:
            return str(values[name])
        return word(name, values.get(field) if field else None, random)

    return PLACEHOLDER.sub(one, text)


def word(name: str, part: str | None, random: Random) -> str:
    """One of a list of words; of a list in parts one of the part, or of all of them."""
    words = read("words")[name]
    if isinstance(words, dict):
        words = words[part] if part in words else [w for ws in words.values() for w in ws]
    return str(random.choice(words))


def place(county: str, random: Random) -> str:
    """A place in the county, or one of the city with a county's name before it."""
    towns = read("words")["towns"]
    if county not in towns:
        county = random.choice(list(towns))
        inner = random.choice(towns[county])
        return inner if county == "市直" else county + inner
    return str(random.choice(towns[county]))
