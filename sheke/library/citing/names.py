"""Names of authors: how they were printed, and how a list of references writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sheke.core.search.analysis import HAN

IN_HAN = re.compile(f"[{HAN}]")
# [美]塞缪尔·亨廷顿, （清）汪昂: a country or a dynasty that no reference repeats.
ORIGIN = re.compile(rf"^\s*[\[［〔(（【]\s*([{HAN}]{{1,5}})\s*[\]］〕)）】]\s*")
MIDDLE_DOT = re.compile(r"[·•・‧∙]")
SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
# Syllables of pinyin, so that “Guangmei” is two characters. Behind the first one only those with a
# consonant: the spelling rules put an apostrophe before a vowel (Xi’an).
FINALS = (
    "iang|iong|uang|ueng|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui"
    "|un|uo|ve|a|e|i|o|u|v|ü"
)
CONSONANT = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
PINYIN = re.compile(rf"({CONSONANT}?(?:{FINALS}))({CONSONANT}(?:{FINALS}))", re.IGNORECASE)
# Family names that, so spelt, hardly anybody but a Chinese has; “Long, Susan” stays as she is.
_SPELT = """
    bai cai cao chen cheng cui deng ding dong du duan fan fang feng fu gao ge gong gu guo han hao he
    hong hou hu huang jia jiang jin kang kong lai lei li liang liao lin liu lu luo lü lv ma mao meng mo
    ni pan peng qi qian qiao qin qiu qiao ren shao shen shi song su sun tan tang tao tian wan wang wei
    wen wu xia xiang xiao xie xing xiong xu xue yan yang yao ye yi yin yu yuan zeng zhai zhan zhang zhao
    zheng zhong zhou zhu zhuang zou ouyang sima shangguan zhuge situ huangfu"""
SURNAMES = frozenset(_SPELT.split())


@dataclass(frozen=True)
class Name:
    """One name as printed: 李四, “Huntington, Samuel P.”, or that of a body (an organisation)."""

    text: str
    is_body: bool = False
    organisation: str = ""  # where they worked at that time
    orcid: str = ""
    address: str = ""  # of a public profile

    @cached_property
    def bare(self) -> str:
        """Without country or dynasty."""
        return ORIGIN.sub("", self.text).strip() or self.text.strip()

    @cached_property
    def parts(self) -> tuple[str, str, str] | None:
        """(family, given, suffix) of “Family, Given, Jr.”; None for every other name."""
        if self.is_body or IN_HAN.search(self.bare):
            return None
        pieces = [piece.strip() for piece in re.split(r"[,，]", self.bare)]
        if len(pieces) < 2 or not pieces[0] or not pieces[1]:
            return None
        suffix = pieces[2] if len(pieces) > 2 and SUFFIX.match(pieces[2]) else ""
        return pieces[0], pieces[1], suffix.rstrip(".")

    @property
    def is_han(self) -> bool:
        return bool(IN_HAN.search(self.bare))

    def in_reference(self) -> str:
        """As GB/T 7714—2015 writes it (8.1.1).

        Latin names: family first in capitals, initials of the given names without points, a suffix behind
        a comma: PEEBLES P Z, Jr. Of a foreigner in Chinese, told by the country, the family alone.
        """
        if self.parts:
            family, given, suffix = self.parts
            written = " ".join(filter(None, (family.upper(), initials(given, family))))
            return f"{written}, {suffix}" if suffix else written
        if ORIGIN.match(self.text) and self.is_han and not self.is_body:
            return MIDDLE_DOT.split(self.bare)[-1].strip() or self.bare
        return self.bare

    def family_first(self) -> str:
        """“Family, Given” or as printed."""
        return ", ".join(filter(None, self.parts)) if self.parts else self.bare


def initials(given: str, family: str = "") -> str:
    """Peyton Z. → P Z; Jean-Paul → J P; Guangmei of the family Zheng → G M; DR. → D R."""
    pieces = [piece for piece in re.split(r"[\s.\-‐‑–'’]+", given) if piece]
    found: list[str] = []
    for piece in pieces:
        both = PINYIN.fullmatch(piece) if family.lower() in SURNAMES else None
        if both and len(pieces) == 1 and not _one_syllable(piece):
            found += [both[1][0], both[2][0]]
        elif re.fullmatch("[A-ZÀ-Þ]{2,3}", piece):  # initials that were written without points
            found += piece
        else:
            found += [piece[0], *re.findall(r"(?<=[a-zà-ÿ])[A-ZÀ-Þ]", piece)]
    return " ".join(letter.upper() for letter in found)


def _one_syllable(piece: str) -> bool:
    return re.fullmatch(f"{CONSONANT}?(?:{FINALS})", piece, re.IGNORECASE) is not None
