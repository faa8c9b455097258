"""Makes sheke/library/passages/characters.txt: which Han characters are one character when texts are compared.

`uv run python scripts/same_characters.py`. Each line begins with the character that stands for the others.
A character is one with its simplified form, and with the forms that Taiwan and Hong Kong write for that
(着 is 著 there). The table is kept, since stored fingerprints hang on it: a new one needs a new VERSION.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from opencc import OpenCC

TABLE = Path(__file__).resolve().parents[1] / "sheke/library/passages/characters.txt"
IDEOGRAPHS = (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))
# Radicals as characters (what some PDF files hold), compatibility ideographs.
COMPATIBLE = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))

# What OpenCC's dictionaries of words write for one another though no rule for the character alone does:
# 船夫 is 船伕 in the other script. Taken from its STPhrases, TSPhrases, HKVariants … by `opencc_dict`.
WITHIN_WORDS = (
    "借藉沈沉复覆炼链了瞭揹背坏坯宁甯甦苏伕夫熏薰哩里坐座枪鎗俱具像象穗繐只衹柏栢戚鏚仿彷仇雠鳌鼇浚濬澂澄拏拿焰燄划画矿鑛琅瑯檗蘗荳豆呆待耡锄筱筿籐藤斤觔果菓吣唚"
    "耇耈堤隄斫斲只祇硷礆周賙它牠硷碱坂阪仝同俯頫炉鑪扬颺和龢村邨䜣欣赀资绿菉专耑乃迺洁絜奔犇筦管淼渺椀碗丫桠勣绩坤堃哲喆假叚頴颖妍姸彜彝粽糭妆粧"
)


def main() -> None:
    characters = [chr(number) for number in IDEOGRAPHS]
    simple = _convert("t2s", characters)
    plain = dict(zip(characters, simple, strict=True))
    groups: dict[str, str] = {}

    def chief(one: str) -> str:
        while one in groups:
            one = groups[one]
        return one

    def join(one: str, other: str) -> None:
        one, other = chief(one), chief(other)
        if one != other:
            # The commoner of the two stands for both: those of GB 2312 come first.
            first, second = sorted((one, other), key=lambda c: (not _is_common(c), ord(c)))
            groups[second] = first

    for script in ("s2t", "s2tw", "s2hk"):
        for one, other in zip(characters, _convert(script, characters), strict=True):
            join(plain[one], plain.get(other, other))
    for one, other in plain.items():
        join(one, other)
    for one, other in zip(WITHIN_WORDS[::2], WITHIN_WORDS[1::2], strict=True):
        join(plain.get(one, one), plain.get(other, other))
    for number in COMPATIBLE:
        folded = unicodedata.normalize("NFKC", chr(number))
        if folded != chr(number) and len(folded) == 1:
            join(chr(number), folded)
    same = defaultdict(list)
    for one in (*characters, *map(chr, COMPATIBLE)):
        if chief(one) != one:
            same[chief(one)].append(one)
    lines = [f"{one}{''.join(sorted(others))}" for one, others in sorted(same.items())]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _convert(script: str, characters: list[str]) -> list[str]:
    """Each character by itself: a line end between them keeps OpenCC from reading words."""
    return str(OpenCC(script).convert("\n".join(characters))).split("\n")


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    main()
