"""Text as it was meant, in its own script: residue of web pages, glosses, wrong decodings undone.

What cannot be undone stays, and `damage.damage_in` marks it. Unlike `core.documents.clean_text` this
never turns traditional characters into simplified ones: the text is the work.
"""

from __future__ import annotations

import html
import re

from sheke.core.documents.cleaning import without_glosses

from .mojibake import repaired

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_TAGS = re.compile(
    r"</?(?:p|br|span|div|font|strong|b|i|u|a|td|tr|table|tbody|center|img|h[1-6]|o:p|li|ul|ol)\b[^<>\n]{0,300}>",
    re.I,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
# Lines that belong to a web page and not to what stands on it. Each is a whole line.
_RESIDUE = re.compile(
    r"""^[\s\u3000>【\[]*(?:
        (?:您?(?:的)?(?:当前|現在|现在)(?:的)?位置|您現在的位置|目前位置)\s*[:：].*
      | 首\s*[页頁]\s*[>»＞/]+.*
      | (?:【?\s*(?:打印|列印|关闭|關閉|收藏|返回顶部|返回首页|回到顶部|加入收藏|打印本页|关闭窗口|關閉視窗|友善列印)\s*】?[\s|｜/]*)+
      | (?:分享到|分享至|分享)\s*[:：].*
      | 字\s*[号體体]\s*[:：]?\s*[\[【(（]?\s*大\s*[|｜]?\s*中\s*[|｜]?\s*小.*
      | (?:上|下)一[篇页頁條条]\s*[:：].*
      | (?:浏览次数|点击数|点击次数|阅读次数|瀏覽次數|访问量|阅读量)\s*[:：]?\s*\d*\s*次?
      | 扫一扫.{0,20} | 用手机.{0,20}扫.{0,20}
      | .{0,40}(?:ICP备|ICP證|公网安备|京公网|网站标识码).*
      | (?:Copyright|版权所有|版權所有)\s*(?:©|\(c\)|[:：\d]|all).{0,80}
      | (?:相关|相關)(?:链接|附件|阅读|連結)\s*[:：]?
      | (?:无障碍|适老化|长者模式|繁體版|简体版|English|RSS|登录|注册|\s|\|)+
    )[\s\u3000】\]]*$""",
    re.X | re.I,
)
_LONGEST = 120  # of a line of residue


def cleaned(text: str) -> str:
    """The text for reading and searching. Cleaning twice changes nothing more."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ENTITY.search(text) or _TAGS.search(text):
        text = _without_markup(text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    text = "\n".join(repaired(line) for line in text.split("\n"))
    return without_residue(without_glosses(text))


def without_residue(text: str) -> str:
    """Without the lines that only a web page's frame has."""
    lines = [line for line in text.split("\n") if not _is_residue(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _is_residue(line: str) -> bool:
    return 0 < len(line.strip()) <= _LONGEST and _RESIDUE.match(line) is not None


def _without_markup(text: str) -> str:
    for _n in range(2):  # entities may have been escaped once more
        text = html.unescape(text) if _ENTITY.search(text) else text
    return _TAGS.sub(
        lambda tag: "\n" if re.match(r"</?(p|br|div|tr|li|h\d)\b", tag[0], re.I) else "", text
    )
