"""Rich text: HTML of a few tags, without attributes, links or pictures."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from .texts import clean_lines

TAGS = {
    "p", "br", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "u", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
DROPPED = {"script", "style", "title", "head", "template", "noscript"}  # with what they hold
# What editors write for the same things.
SAME = {"b": "strong", "i": "em", "div": "p", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
BREAKS = re.compile(r"<(?:br|/p|/h[34]|/li|/tr|/blockquote)>")
ROUNDS = 6


def clean_rich(given: object) -> str:
    """HTML with the tags of `TAGS` alone. Plain text becomes paragraphs; emptiness becomes "".

    Cleaning what is clean changes nothing.
    """
    text = clean_lines(given)
    if not text:
        return ""
    html = text if nh3.is_html(text) else _paragraphs(text)
    for _round in range(ROUNDS):  # tags that are renamed may have to be nested anew
        cleaned = _clean_once(html)
        if cleaned == html:
            break
        html = cleaned
    return html if rich_text(html).strip() else ""


def rich_text(html: str) -> str:
    """The text of clean HTML, blocks ending lines."""
    return unescape(nh3.clean(BREAKS.sub(r"\g<0>\n", html), tags=set())).replace("\xa0", " ")


def _clean_once(html: str) -> str:
    cleaned = nh3.clean(
        html, tags=TAGS | SAME.keys(), clean_content_tags=DROPPED, attributes=ATTRIBUTES,
        link_rel=None,
    )  # fmt: skip
    for old, new in SAME.items():
        cleaned = re.sub(rf"<(/?){old}>", rf"<\g<1>{new}>", cleaned)
    cleaned = clean_lines(re.sub(r"<p>(\s|<br>)*</p>", "", cleaned))
    return cleaned if "<" in cleaned else _paragraphs(unescape(cleaned))


def _paragraphs(text: str) -> str:
    return "".join(
        f"<p>{escape(part.strip()).replace(chr(10), '<br>')}</p>"
        for part in re.split(r"\n\n+", text)
        if part.strip()
    )
