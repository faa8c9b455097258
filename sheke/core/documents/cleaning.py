"""Text as it is meant: simplified characters, no pinyin glosses, plain digits and spaces."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ"
_OPEN, _CLOSE = r"[(（\[［〔]", r"[)）\]］〕]"
_SYLLABLES = rf"[a-zA-ZüÜɑ{_TONED}{_TONED.upper()}'’·\s]{{1,40}}"
_GLOSS = re.compile(
    rf"(?<=[{_HAN}]){_OPEN}\s*(?=[^)）\]］〕]*[{_TONED}]){_SYLLABLES}{_CLOSE}", re.I
)
_TONELESS = re.compile(rf"(?<=[{_HAN}]){_OPEN}\s*[a-zü]{{1,6}}\s*{_CLOSE}")
_BOPOMOFO = re.compile(rf"(?<=[{_HAN}]){_OPEN}[\s\u3105-\u312fˊˇˋ˙]+{_CLOSE}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\t]")
_FULL_WIDTH = (
    {0xFF10 + n: str(n) for n in range(10)}
    | {0xFF21 + n: chr(0x41 + n) for n in range(26)}
    | {0xFF41 + n: chr(0x61 + n) for n in range(26)}
    | {0xFF05: "%"}
)
# A space that the typesetter put between a digit and a Chinese character: “2024 年”, “约 300 人”.
_LOOSE = re.compile(rf"(?<=[{_HAN}《“（]) +(?=\d)|(?<=\d) +(?=[{_HAN}%》”）])")
# Letter-spaced words of letterheads: “通 知”, “总　　结”.
_SPACED_OUT = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000]+[{_HAN}])+(?=[ \u3000]*$)", re.M)


def clean_text(text: str) -> str:
    """The text for reading: glosses stripped, traditional made simplified, digits and blanks plain.

    Lines stay lines and indents stay indents; joining broken lines is the reader's work, who knows
    which lines are headings. Cleaning twice changes nothing more.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).translate(_FULL_WIDTH)
    text = _simplified(without_glosses(text))
    text = _SPACED_OUT.sub(lambda word: re.sub(r"[ \u3000]", "", word[0]), text)
    return _LOOSE.sub("", text)


def without_glosses(text: str) -> str:
    """The text without pinyin and bopomofo in brackets behind characters: `強(qiáng)`."""
    bare, toned = _GLOSS.subn("", text)
    # Neutral tones carry no mark (`的(de)`); latin words in brackets are kept in other texts.
    if toned >= 3:
        bare = _TONELESS.sub("", bare)
    return _BOPOMOFO.sub("", bare)


def _simplified(text: str) -> str:
    """Converted only where the text is traditional: names in a simplified text keep their letters."""
    han = len(re.findall(f"[{_HAN}]", text))
    if not han:
        return text
    simple = _converter().convert(text)
    changed = sum(a != b for a, b in zip(text, simple, strict=False))
    return simple if changed / han > 0.003 else text


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
