"""The part of an address that says which kind of definition is meant."""

from __future__ import annotations

from .models import Definition

KINDS = {
    "types": Definition.Kind.RECORD_TYPE.value,
    "indicators": Definition.Kind.INDICATOR.value,
    "programmes": Definition.Kind.PROGRAMME.value,
}


class KindConverter:
    regex = "types|indicators|programmes"

    def to_python(self, value: str) -> str:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return next(slug for slug, kind in KINDS.items() if kind == value)
