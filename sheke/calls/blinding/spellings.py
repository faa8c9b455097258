"""How a person's name may be written: in Han characters, in pinyin either way round, by initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from pypinyin import Style, pinyin

from .folding import fold, is_han

_GAP = r"[\s\W_]{0,3}"  # between characters: blanks, dots, line ends, a stray sign
_JOIN = r"[\s\W_]{0,2}"
_READINGS = 24  # of one name, at most
# Readings that a dictionary gives last or not at all.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "盖": "ge", "区": "ou",
    "任": "ren", "华": "hua", "洗": "xian", "冼": "xian", "尉": "wei", "员": "yun", "乐": "yue",
    "繁": "po", "逄": "pang", "覃": "qin", "缪": "miao", "宓": "mi", "郇": "xun", "隗": "wei",
    "燕": "yan", "牟": "mu", "召": "shao", "那": "na", "哈": "ha", "翟": "zhai", "葛": "ge",
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "单于": "chanyu", "澹台": "tantai",
}  # fmt: skip
COMPOUND = set(
    re.findall(r"\S\S",
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 "
    "西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 吴铭 纳兰 完颜 富察 叶赫 那拉 爱新")
)  # fmt: skip


@dataclass(frozen=True)
class Spelling:
    """A pattern over folded text. kind: han, pinyin, initials or latin."""

    pattern: re.Pattern[str]
    kind: str


def spellings(name: str) -> list[Spelling]:
    """The spellings of one name as it was given; for a name in Han characters also its pinyin."""
    plain = fold(name).text.strip()
    han = "".join(c for c in plain if is_han(c))
    if len(han) >= 2:
        return [Spelling(re.compile(_GAP.join(han)), "han"), *_pinyin(han)]
    words = re.findall(r"\w+", plain)
    if sum(map(len, words)) < 3 and len(words) < 2:
        return []
    return [Spelling(re.compile(rf"(?<![a-z]){_JOIN.join(map(re.escape, words))}(?![a-z])"), "latin"),
            *_latin_turned(words)]  # fmt: skip


def han_pattern(words: str) -> re.Pattern[str] | None:
    """A name of an institution: tolerant to blanks and signs between Han characters and words."""
    pieces = re.findall(r"[a-z0-9]+|[^\W_a-z0-9]", fold(words).text)
    if sum(map(len, pieces)) < 2:
        return None
    pattern = _GAP.join(re.escape(piece) for piece in pieces)
    first, last = pieces[0], pieces[-1]
    before = r"(?<![a-z0-9])" if first.isascii() else ""
    return re.compile(before + pattern + (r"(?![a-z0-9])" if last.isascii() else ""))


def _pinyin(han: str) -> Iterator[Spelling]:
    full: dict[str, None] = {}
    initials: dict[str, None] = {}
    for surname, given in _parts(han):
        for family, *rest in islice(_readings(surname, given), _READINGS):
            first, last = family, _JOIN.join(rest)
            full[f"{first}{_JOIN}{last}"] = full[f"{last}{_JOIN}{first}"] = None
            letters = r"[\s\W_]{0,2}".join(syllable[0] for syllable in rest)
            initials[rf"{first}[\s,.]{{1,3}}{letters}"] = None
            initials[rf"{letters}[\s,.]{{1,3}}{first}"] = None
    if full:
        yield Spelling(re.compile(rf"(?<![a-z])(?:{'|'.join(full)})(?![a-z])"), "pinyin")
        yield Spelling(re.compile(rf"(?<![a-z])(?:{'|'.join(initials)})(?![a-z])"), "initials")


def _parts(han: str) -> Iterator[tuple[str, str]]:
    """Surname and given name; where a compound surname is possible, both ways."""
    yield han[:1], han[1:]
    if len(han) > 2 and han[:2] in COMPOUND:
        yield han[:2], han[2:]


def _readings(surname: str, given: str) -> Iterator[tuple[str, ...]]:
    known = [_SURNAMES[surname]] if surname in _SURNAMES else []
    single = [] if len(surname) > 1 and known else _syllables(surname)
    families = list(
        dict.fromkeys(known + ["".join(s) for s in product(*single)] if single else known)
    )
    for family, *rest in product(families, *_syllables(given)):
        yield (family, *rest)


def _syllables(han: str) -> list[list[str]]:
    """The readings of each character; ü as v, u and yu."""
    found = []
    for readings in pinyin(han, style=Style.NORMAL, heteronym=True):
        plain = [r.lower() for r in readings if r.isascii() and r.isalpha()] or ["?"]
        spread = [w for r in plain for w in ([r, r.replace("v", "u"), r.replace("v", "yu")]
                                             if "v" in r else [r])]  # fmt: skip
        found.append(list(dict.fromkeys(spread))[:6])
    return [[re.escape(r) for r in readings] for readings in found]


def _latin_turned(words: list[str]) -> Iterator[Spelling]:
    """Zhang Wei is also Wei Zhang and Zhang, Wei."""
    if len(words) in (2, 3):
        turned = _JOIN.join(map(re.escape, [*words[1:], words[0]]))
        back = _JOIN.join(map(re.escape, [words[-1], *words[:-1]]))
        yield Spelling(re.compile(rf"(?<![a-z])(?:{turned}|{back})(?![a-z])"), "latin")
