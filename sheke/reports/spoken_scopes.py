"""Scopes as a sentence says them: whose work a figure counts."""

from __future__ import annotations

import re
from typing import Any

_OWN = re.compile(
    r"(?:市|县|区|省)?社科联(?:机关|本级|本身|直接)|机关(?:内部|党支部|干部)|本级|我会(?!员)|本会|会机关"
)
_KINDS = [
    ("county_federation", re.compile(r"(?:各|\d+个?|[一二三四五六七八九十]+个)?县（?(?:市、区|市区)?）?社科联|各县(?:市区|区|（市、区）)")),
    ("university_federation", re.compile(r"高校社科联|(?:各|驻.{1,2})高(?:校|等院校)")),
    ("society", re.compile(r"各?(?:学会|社科类社会组织|社团|协会、研究会)(?:共|累计|全年|积极|先后|举办|开展)")),
    ("popularisation_base", re.compile(r"各?(?:级)?(?:社科)?普及基地(?:共|累计|全年|先后|举办|开展)")),
    ("research_base", re.compile(r"各?(?:重点)?研究基地(?:共|累计|全年|先后|承担|开展|发表)")),
]  # fmt: skip


def spoken_scope(before: str, clause: str) -> dict[str, Any]:
    """`{}` is the report's organisation and all below it; `own` and `kinds` narrow it."""
    for kind, pattern in _KINDS:
        if pattern.search(clause):
            return {"kinds": [kind]}
    return {"own": True} if _OWN.search(clause) else {}
