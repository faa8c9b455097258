"""How a person's name may be written: in Han characters, in pinyin either way round, by initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold, is_han

_GAP = r"[\s\W_]{0,3}"  # between characters: blanks, dots, line ends, a stray sign
_JOIN = r"[\s\W_]{0,2}"
_TITLES = r"(?:教授|副教授|老师|院长|主任|所长|校长|书记|博士|研究员|团队|课题组|某)"
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
    """A pattern over folded text. kind: han, pinyin, initials, latin or titled (Professor Zhang)."""

    pattern: re.Pattern[str]
    kind: str


def spellings(name: str) -> list[Spelling]:
    """The spellings of one name as it was given; for a name in Han characters also its pinyin."""
    plain = fold(name).text.strip()
    han = "".join(c for c in plain if is_han(c))
    if len(han) >= 2:
        parts = [p for p in re.split(r"[^\w]+", plain) if p]
        return list(_many_parts(parts) if len(han) > 4 and len(parts) > 1 else _two_parts(han))
    words = re.findall(r"\w+", plain)
    if sum(map(len, words)) < 3 and len(words) < 2:
        return []
    return [Spelling(_latin(_JOIN.join(map(re.escape, words))), "latin"), *_latin_turned(words)]


def han_pattern(words: str) -> re.Pattern[str] | None:
    """A name of an institution: tolerant to blanks and signs between Han characters and words."""
    pieces = re.findall(r"[a-z0-9]+|[^\W_a-z0-9]", fold(words).text)
    if sum(map(len, pieces)) < 2:
        return None
    pattern = _GAP.join(re.escape(piece) for piece in pieces)
    first, last = pieces[0], pieces[-1]
    before = r"(?<![a-z0-9])" if first.isascii() else ""
    return re.compile(before + pattern + (r"(?![a-z0-9])" if last.isascii() else ""))


def _two_parts(han: str) -> Iterator[Spelling]:
    """Surname and given name; where a compound surname is possible, both ways."""
    yield Spelling(re.compile(_GAP.join(han)), "han")
    sizes = [1, 2] if len(han) > 2 and han[:2] in COMPOUND else [1]
    for size in sizes:
        family, given = _family(han[:size]), [_any(r) for r in _syllables(han[size:])]
        first = _JOIN.join(given)
        letters = _JOIN.join(_any([r[0] for r in readings]) for readings in _syllables(han[size:]))
        yield Spelling(_latin(f"{family}{_JOIN}{first}", f"{first}{_JOIN}{family}"), "pinyin")
        yield Spelling(
            _latin(rf"{family}[\s,.]{{1,3}}{letters}", rf"{letters}[\s,.]{{1,3}}{family}"),
            "initials",
        )
    yield Spelling(re.compile(rf"{han[: sizes[-1]]}{_TITLES}"), "titled")


def _many_parts(parts: list[str]) -> Iterator[Spelling]:
    """Names like 阿依古丽·买买提: whole, the first part alone, pinyin in either order."""
    yield Spelling(re.compile(_GAP.join("".join(parts))), "han")
    if len(parts[0]) > 2:
        yield Spelling(re.compile(_GAP.join(parts[0])), "han")
    written = [_JOIN.join(_any(r) for r in _syllables(part)) for part in parts]
    yield Spelling(_latin(_JOIN.join(written), _JOIN.join(reversed(written))), "pinyin")


def _latin(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(forms)})(?![a-z])")


def _any(readings: list[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(map(re.escape, readings)))})"


def _family(surname: str) -> str:
    known = [_SURNAMES[surname]] if surname in _SURNAMES else []
    if len(surname) == 1:
        return _any(known + _syllables(surname)[0])
    spelled = _JOIN.join(_any(r) for r in _syllables(surname))
    return f"(?:{'|'.join([*known, spelled])})"


def _syllables(han: str) -> list[list[str]]:
    """The readings of each character; ü as v, u and yu."""
    from pypinyin import Style, pinyin  # its dictionaries take half a second to load

    found = []
    for readings in pinyin(han, style=Style.NORMAL, heteronym=True):
        plain = [r.lower() for r in readings if r.isascii() and r.isalpha()] or ["?"]
        found.append([w for r in plain[:8] for w in dict.fromkeys(
            (r, r.replace("v", "u"), r.replace("v", "yu")))])  # fmt: skip
    return found


def _latin_turned(words: list[str]) -> Iterator[Spelling]:
    """Zhang Wei is also Wei Zhang and Zhang, Wei."""
    if len(words) in (2, 3):
        escaped = [re.escape(word) for word in words]
        turned = _JOIN.join([*escaped[1:], escaped[0]])
        yield Spelling(_latin(turned, _JOIN.join([escaped[-1], *escaped[:-1]])), "latin")
