"""The steps of an intake, in their order. Each is one small file with `run(item, tools) -> bool`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ...models import Item
from ..tools import Tools
from . import (
    describe,
    fingerprints,
    known,
    language,
    likeness,
    picture,
    propose,
    recognise,
    sniff,
    text,
    unpack,
)


@dataclass(frozen=True)
class Step:
    """`run` gives False when it did a part and wants another turn."""

    name: str
    label: str | Promise
    run: Callable[[Item, Tools], bool]


STEPS = {
    step.name: step
    for step in (
        Step("sniff", pgettext_lazy("step", "Kind"), sniff.run),
        Step("unpack", pgettext_lazy("step", "Unpacking"), unpack.run),
        Step("known", pgettext_lazy("step", "Same file"), known.run),
        Step("text", pgettext_lazy("step", "Text"), text.run),
        Step("recognise", pgettext_lazy("step", "Recognition"), recognise.run),
        Step("language", pgettext_lazy("step", "Language"), language.run),
        Step("propose", pgettext_lazy("step", "Description"), propose.run),
        Step("likeness", pgettext_lazy("step", "Same text"), likeness.run),
        Step("picture", pgettext_lazy("step", "Thumbnail"), picture.run),
        Step("describe", pgettext_lazy("step", "Draft"), describe.run),
        Step("fingerprints", pgettext_lazy("step", "Fingerprints"), fingerprints.run),
    )
}
_ORDER = list(STEPS)


def following(name: str) -> str:
    """The step after this one; empty after the last."""
    at = _ORDER.index(name) + 1
    return _ORDER[at] if at < len(_ORDER) else ""


def position(name: str) -> int:
    """Which step it is, from 1."""
    return _ORDER.index(name) + 1
