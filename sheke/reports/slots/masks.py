"""Stretches of a text in which no numeral is a reported figure.

Quoted names and slogans, book titles, dates, ordinals, document numbers, addresses, heading
numbers and fixed names. Each pattern is linear in the length of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from .fixed_names import FIXED_NAMES
from .numerals import BLANKS, DIGITS, HANZI

_N = rf"[{DIGITS}{HANZI}]"
_NX = rf"[{DIGITS}{HANZI}{BLANKS}]"
_SP = r"[ \t\u3000]?"
_MEETING = r"(?:党代会|党员代表大会|代表大会|代表会议|会员大会|全会|全体会议|全委会|常委会|理事会)"

# Longer quotations are speech, and may well hold figures of their own.
_QUOTED = (
    r"“[^“”\n]{0,60}”|‘[^‘’\n]{0,40}’|「[^「」\n]{0,60}」|『[^『』\n]{0,60}』|《[^《》\n]{0,120}》"
    r"|〈[^〈〉\n]{0,60}〉|\"[^\"\n“”]{1,30}\""
)

_DATES = (
    rf"[{DIGITS}〇零一二三四五六七八九{BLANKS}]{{4}}{_SP}(?:年(?:代|度|底|初|末|间|来|以来)?|学年)",
    rf"(?:19|20)[{DIGITS}{BLANKS}]{{2}}[-—–~～至到](?:19|20)?[{DIGITS}{BLANKS}]{{2}}{_SP}(?:学)?年",
    rf"(?:19|20)[{DIGITS}]{{2}}[-./／][{DIGITS}]{{1,2}}(?:[-./／][{DIGITS}]{{1,2}})?(?![{DIGITS}万亿元余多%％平])",
    rf"(?<![{DIGITS}])[{DIGITS}]{{2}}年(?=[{DIGITS}]{{1,2}}月|度|底|初|以来)",
    rf"(?<!个){_NX}{{1,3}}{_SP}月(?:份|底|初|末|中旬|上旬|下旬)?(?:{_SP}{_NX}{{1,3}}{_SP}[日号])?",
    rf"{_NX}{{1,3}}月?{_SP}[-—–~～至到、]{_SP}{_NX}{{1,3}}{_SP}月(?:份|底|初)?",
    rf"{_NX}{{1,3}}{_SP}[-—–~～至到、]{_SP}{_NX}{{1,3}}{_SP}日",
    rf"{_NX}{{1,3}}{_SP}日(?!均|活)",
    rf"[{DIGITS}{BLANKS}]{{1,2}}[:：][{DIGITS}{BLANKS}]{{2}}(?:[:：][{DIGITS}]{{2}})?",
    rf"(?<![{DIGITS}.．]){_NX}{{1,3}}[时点](?:{_NX}{{1,3}}分|半|整|钟)?(?![零一二三四五六七八九]{{1,3}}[万亿倍]|间|代|段|期|评|赞|击|次)",
    rf"{_NX}{{1,2}}世纪(?:{_NX}{{1,3}}年代)?|{_NX}{{1,3}}(?:年代|后(?=[，、。（“]|干部|青年))",
    rf"前?{_N}{{1,2}}(?:个)?季度|[{HANZI}]{{1,2}}季度",
    rf"{_NX}{{1,4}}周年",
)
_ORDINALS = (
    rf"第{_SP}{_NX}{{1,9}}(?:[、—–\-~～至和](?:第)?{_NX}{{1,9}})*(?:个百|个|名|位|批|届|次|期|场|条|项|款|部|辑|卷|篇"
    r"|章|节|讲|课|站|轮|组|集|册|本|版|号|大|类|段|份|家|件|方|季|学期|年|天|周)?",
    rf"{_NX}{{1,9}}届{_NX}{{1,9}}(?:次|中)(?:{_MEETING})?|{_NX}{{1,9}}届(?={_NX}{{1,9}}中)|{_NX}{{1,9}}中全会|[{HANZI}]{{1,6}}届历次",
    r"[一二三四]期(?=工程|项目|建设|建成|开工|投产|试点)",
    rf"[{HANZI}{BLANKS}]{{1,6}}次{_MEETING}|{_NX}{{1,9}}届(?=理事会|委员会|会员|人大|政协|领导班子|市委|区委|县委)",
    rf"(?:党的|省|市|县|区)[{BLANKS}{HANZI}]{{1,6}}(?:届|次(?=[党代会全]))",
    rf"[{HANZI}]等[奖功]|[{DIGITS}]等奖",
    rf"前{_NX}{{1,3}}(?:名|位|强)?(?=[，。；、的行列]|$)",
    rf"{_N}{{1,4}}强(?!化|大|调|力)|TOP\s?{_N}{{1,4}}|{_N}{{1,2}}A级?|{_N}{{1,2}}[级星](?!别)",
)
_NUMBERS = (
    rf"[〔［\[【（(]{_SP}[{DIGITS}{BLANKS}]{{4}}{_SP}[〕］\]】）)]{_SP}(?:第)?{_NX}*号?",
    rf"{_NX}{{1,12}}号(?!召)",
    # Offices made anonymous stand in rows: xx部、xx委、xx办.
    rf"[{BLANKS}]{{1,6}}[部委办局处科室](?:、[{BLANKS}]{{1,6}}[部委办局处科室])+",
    r"(?:985|211)(?=高校|工程|大学|院校|平台|学科|、)|\d{8}[0-9A-Z]{10}|(?:19|20)\d\d[届级]",
    r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9.-]{1,64}|(?:https?://|www\.)[!-~]{1,300}",
    r"(?<!\d)(?:0\d{2,3}[-—]\d{7,8}|1[3-9]\d{9}|400[-—]?\d{3,4}[-—]?\d{3,4})(?!\d)",
    r"(?<![A-Za-z])(?![xX]+\d)[A-Za-z]{1,20}-?\d{1,12}(?![\d.,，万亿余多]*[场篇条项次人])",
    r"(?<!\d)\d{1,6}[-+×x*]\d{1,6}[-+×x*][\dNnXx]{1,6}|7[×xX*]24小时|[“”]?\d\+[NnXx\d]+",
    rf"^[ \t\u3000]*(?:[（(]{_N}{{1,3}}[）)]|[{HANZI}]{{1,3}}[、．.]|[{DIGITS}]{{1,3}}(?:[、）)]|[.．](?![{DIGITS}])))",
    r"[①-⑳]|(?:^|(?<=[。；：，]))[一二三四五六七八九十]+(?:是|要|则)",
)

_MASK = re.compile(
    "|".join(f"(?:{part})" for part in (_QUOTED, *_NUMBERS, *_DATES, *_ORDINALS, FIXED_NAMES)),
    re.MULTILINE,
)


class Masks:
    """The masked stretches of one text, for asking whether an offset lies in one."""

    def __init__(self, text: str) -> None:
        spans = list(_spans(text))
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, offset: int) -> bool:
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._ends[place]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _MASK.finditer(text):
        if match.end() > match.start():
            yield match.span()
