"""Word's automatic numbers as text: the list level's format, counted through the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sheke.core.numerals import chinese_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
    "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified",
}  # fmt: skip


@dataclass
class _Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    numbering: Any | None
    styles: Any | None
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)  # (list, level) → start
    _styled: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.styles is not None:
            for style in self.styles.iter(f"{W}style"):
                self._styled[style.get(f"{W}styleId", "")] = style
        if self.numbering is not None:
            self._read(self.numbering)

    def _read(self, root: Any) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {
                int(lvl.get(f"{W}ilvl", "0")): _level(lvl) for lvl in abstract.iter(f"{W}lvl")
            }
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for num in root.findall(f"{W}num"):
            link = num.find(f"{W}abstractNumId")
            if link is not None:
                self._abstract[num.get(f"{W}numId", "")] = link.get(f"{W}val", "")
            for override in num.findall(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start.isdecimal():
                    place = num.get(f"{W}numId", ""), int(override.get(f"{W}ilvl", "0"))
                    self._restarts[place] = int(start)

    def next_text(self, paragraph: Any) -> str:
        """The number in front of this paragraph as printed, with a space; empty if it has none."""
        found = self._place(paragraph)
        if found is None or not _has_text(paragraph):
            return ""
        num, level = found
        levels = self._levels.get(self._abstract.get(num, ""), {})
        if level not in levels or levels[level].format in {"bullet", "none"}:
            return ""
        counts = self._counts.setdefault(self._abstract[num], {})
        if (restart := self._restarts.pop((num, level), None)) is not None:
            counts[level] = restart - 1  # where this list is first used it begins anew
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _printed(levels, counts, level)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level, from the paragraph or the style it is based on."""
        properties = paragraph.find(f"{W}pPr")
        seen: set[str] = set()
        while properties is not None:
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                num, level = _value(numbered, "numId"), _value(numbered, "ilvl") or "0"
                return (num, int(level)) if num and num != "0" else None
            style = _value(properties, "pStyle") or _value(properties, "basedOn")
            if not style or style in seen or style not in self._styled:
                return None
            seen.add(style)
            properties = self._properties_of(style)
        return None

    def _properties_of(self, style: str) -> Any:
        """The style's paragraph properties; without a list of its own, those of its base."""
        element = self._styled[style]
        properties = element.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}numPr") is not None:
            return properties
        return element if element.find(f"{W}basedOn") is not None else None


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _has_text(paragraph: Any) -> bool:
    return any((t.text or "").strip() for t in paragraph.iter(f"{W}t"))


def _level(element: Any) -> _Level:
    start = _value(element, "start")
    return _Level(
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        start=int(start) if start.isdecimal() else 1,
    )


def _printed(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    def number(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        one = levels.get(at, _Level())
        return _formatted(one.format, counts.get(at, one.start))

    text = re.sub(r"%(\d)", number, levels[level].text)
    return text if not text or text.endswith(("、", "）", "．")) else f"{text} "


def _formatted(kind: str, value: int) -> str:
    if kind in _CHINESE:
        return chinese_numeral(value)
    if kind == "decimalEnclosedCircle" or kind == "decimalEnclosedCircleChinese":
        return _CIRCLED[value - 1] if 0 < value <= len(_CIRCLED) else str(value)
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "decimalZero":
        return f"{value:02d}"
    return str(value)
