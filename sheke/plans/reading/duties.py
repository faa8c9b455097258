"""Who is to do it, where the document itself says so: “（牵头单位：…；配合单位：…）”."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEYS = {
    "lead": "牵头单位|牵头部门|牵头科室|责任单位|责任部门|责任科室|承办单位|主办单位|牵头",
    "support": "配合单位|配合部门|配合科室|协办单位|参与单位|参加单位|配合",
    "person": "责任领导|牵头领导|分管领导|责任人|联系人",
    "due": "完成时限|完成时间|办结时限|时间节点|时间安排|时限",
}
_KEY = re.compile("(" + "|".join(_KEYS.values()) + r")\s*[：:]\s*")
_STOP = re.compile(r"[；;。）)\]】\n]")


@dataclass(frozen=True)
class NamedDuty:
    """A name that the text gives a part, at `[start, end)`. `role`: lead, support, person or due."""

    start: int
    end: int
    role: str
    name: str

    def as_json(self, field: str) -> dict[str, object]:
        return {
            "in": field, "start": self.start, "end": self.end, "role": self.role, "name": self.name
        }  # fmt: skip


def find_duties(text: str) -> list[NamedDuty]:
    """The duties that `text` names, in its order."""
    found: list[NamedDuty] = []
    keys = list(_KEY.finditer(text))
    for number, key in enumerate(keys):
        limit = keys[number + 1].start() if number + 1 < len(keys) else len(text)
        stop = _STOP.search(text, key.end(), limit)
        end = stop.start() if stop else limit
        role = next(role for role, words in _KEYS.items() if key[1] in words.split("|"))
        separators = "、" if role != "due" else "\0"
        for match in re.finditer(rf"[^{separators}，,\s]+", text[key.end() : end]):
            low = key.end() + match.start()
            found.append(NamedDuty(low, low + len(match[0]), role, match[0]))
    return found
