"""The names of styles that word processors bring along; every other name was given by a person."""

from __future__ import annotations

import re

_PLAIN = set(
    """normal|default|default paragraph font|normal table|table normal|no list|title|subtitle|header|footer|
    caption|date|strong|emphasis|hyperlink|followedhyperlink|quote|intense quote|subtle emphasis|
    intense emphasis|subtle reference|intense reference|book title|bibliography|page number|line number|
    footnote text|footnote reference|footnote|endnote text|endnote reference|endnote|plain text|
    document map|balloon text|annotation text|annotation subject|annotation reference|block text|closing|
    signature|salutation|no spacing|list paragraph|placeholder text|revision|normal (web)|normal indent|
    table of figures|table of authorities|toa heading|toc heading|table grid|table theme|macro|heading|
    index|index heading|note heading|message header|body text|body text first indent|body text indent|
    html preformatted|html top of form|html bottom of form|envelope address|envelope return|
    header and footer|frame contents|table contents|text body|standard|html|unresolved mention|mention|
    表格内容|表格标题|正文|默认段落字体|普通表格|无列表|页眉|页脚|网格型|批注文字|批注框文本|列出段落""".replace(
        "\n    ", ""
    ).split("|")
)
_NUMBERED = re.compile(
    r"(?:heading|toc|contents|index|list|list bullet|list number|list continue|body text|body text indent|"
    r"body text first indent|numbering|标题|目录|"
    r"(?:light|medium|colorful|dark) (?:shading|list|grid)(?: \d)?|"
    r"table (?:simple|classic|colorful|columns|grid|list|3d effects|web|subtle)|"
    r"(?:grid|list|plain) table \d(?: (?:light|colorful|dark))?)(?: ?\d)?(?: ?-? ?accent \d)?"
)


def is_own_style(name: str) -> bool:
    """Whether Word, WPS or LibreOffice bring a style of this name along."""
    name = name.strip().lower()
    return name in _PLAIN or bool(_NUMBERED.fullmatch(name))
