"""The words that a reference needs, by the language of what it refers to."""

from __future__ import annotations

from dataclasses import dataclass

HAN_NUMBERS = {character: number for number, character in enumerate("零一二三四五六七八九")}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}


@dataclass(frozen=True)
class Words:
    and_others: str
    others_close_up: bool  # 等译 is written without a comma
    translated: str
    edited: str
    no_place: str
    no_publisher: str
    nobody: str
    no_year: str
    volume: str  # with %s

    def edition(self, number: int) -> str:
        return f"{number}版"

    def number(self, text: str) -> int:
        """Of 二 or 第十二 without 第; 0 when it is none."""
        return _han_number(text)


class English(Words):
    def edition(self, number: int) -> str:
        teens = 10 <= number % 100 <= 20
        ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending} ed."

    def number(self, text: str) -> int:
        return ORDINALS.get(text.lower().removesuffix("edition").removesuffix("ed.").strip(), 0)


def _han_number(text: str) -> int:
    """Up to 九十九."""
    tens, ten, ones = text.rpartition("十")
    if not text or any(one not in HAN_NUMBERS for one in tens + ones) or len(tens + ones) > 2:
        return 0
    if not ten:
        return HAN_NUMBERS[ones] if len(ones) == 1 else 0
    return HAN_NUMBERS.get(tens, 1) * 10 + HAN_NUMBERS.get(ones, 0)


HANS = Words(
    "等", True, "译", "编", "[出版地不详]", "[出版者不详]", "佚名", "[出版年不详]", "第%s卷"
)
HANT = Words(
    "等", True, "譯", "編", "[出版地不詳]", "[出版者不詳]", "佚名", "[出版年不詳]", "第%s卷"
)
ENGLISH = English("et al", False, "trans", "ed", "[S.l.]", "[s.n.]", "Anon", "[n.d.]", "Vol. %s")
