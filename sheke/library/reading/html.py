"""Web pages: the text of the article without scripts, menus and what else surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as parser

from sheke.core.documents.plaintext import decode_text
from sheke.core.errors import BadInput

from .docx import split_names
from .found import Found
from .pages import PageText, Properties

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_GONE = ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "form",
         "button", "select", "input", "textarea", "nav", "head", "canvas", "audio", "video")  # fmt: skip
_AROUND = re.compile(
    r"(^|[\s_-])(nav|menu|breadcrumbs?|crumbs?|footer|foot|copyright|share|sidebar|side|toolbar|pager|"
    r"advert\w*|ads?|banner|related|recommend|comments?|login|qrcode|weizhi|daohang)($|[\s_-]|\d)", re.I
)  # fmt: skip
_BLOCKS = {"p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table",
           "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "header", "footer", "aside", "center",
           "figure", "figcaption", "hr", "body", "tbody", "thead", "caption", "address"}  # fmt: skip
_META = {
    "title": ("citation_title", "dc.title", "articletitle", "og:title"),
    "authors": ("citation_author", "dc.creator", "author"),
    "date": ("citation_publication_date", "citation_date", "dc.date", "pubdate", "publishdate",
             "article:published_time"),
    "organisation": ("contentsource", "dc.publisher", "og:site_name", "sitename"),
    "keywords": ("citation_keywords", "keywords"),
    "abstract": ("citation_abstract", "dc.description", "description", "og:description"),
}  # fmt: skip
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
DEPTH = 200  # of elements; deeper trees are made to harm


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    source, found.encoding = _decoded(path.read_bytes(), name)
    try:
        tree = parser.document_fromstring(
            source.encode(), parser=parser.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError, AssertionError):
        raise BadInput(_("“%(name)s” holds no text.") % {"name": name}) from None
    found.properties = _properties(tree)
    _strip(tree)
    body = tree.find("body")
    yield PageText(_tidy(_text(tree if body is None else body)))


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """By what the page says of itself where that is true, else by its bytes."""
    said = _CHARSET.search(data[:4096])
    label = said[1].decode("ascii").lower() if said else ""
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(label, label)
    if encoding and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_text(data, name)


def _properties(tree: Any) -> Properties:
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").strip().lower()
        if value := " ".join((meta.get("content") or "").split()):
            said.setdefault(key, []).append(value)
    first = {field: next((said[key] for key in keys if key in said), [])
             for field, keys in _META.items()}  # fmt: skip
    title = (
        first["title"][:1] or [" ".join(t.text_content().split()) for t in tree.iter("title")][:1]
    )
    heads = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    day = _DAY.search(" ".join(first["date"]))
    link = next(
        (each.get("href", "") for each in tree.iter("link") if each.get("rel") == "canonical"), ""
    )
    return Properties(
        # A page's heading names the article alone; its title goes on with the site's name.
        title=(heads[0] if len(heads) == 1 and heads[0] else "".join(title)),
        authors=tuple(name for text in first["authors"] for name in split_names(text)),
        organisation="".join(first["organisation"][:1]),
        date=f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}" if day else "",
        keywords=split_names("；".join(first["keywords"])), abstract="".join(first["abstract"][:1]),
        url=link if link.startswith("http") else "",
    )  # fmt: skip


def _strip(tree: Any) -> None:
    etree.strip_elements(tree, *_GONE, with_tail=False)
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    whole = _weight(tree)
    for element in [e for e in tree.iter("div", "ul", "section", "table", "p", "span", "footer",
                                         "header", "aside", "ol", "td") if _is_around(e, whole)]:  # fmt: skip
        if element.getparent() is not None:
            element.drop_tree()


def _is_around(element: Any, whole: int) -> bool:
    """By its name, where it is little of the page or mostly links: what may be the body stays."""
    hidden = "display:none" in (element.get("style") or "").replace(" ", "").lower()
    names = " ".join(element.get(key) or "" for key in ("class", "id", "role"))
    if not hidden and element.tag not in ("footer", "aside") and not _AROUND.search(names):
        return False
    weight = _weight(element)
    links = sum(_weight(link) for link in element.iter("a"))
    return weight < 0.2 * whole or links > 0.6 * weight


def _weight(element: Any) -> int:
    return len("".join("".join(element.itertext()).split()))


def _text(element: Any, depth: int = 0) -> str:
    if not isinstance(element.tag, str):
        return ""
    if depth > DEPTH:
        inner = " ".join(element.itertext())
    else:
        inner = (element.text or "") if element.tag == "pre" else _spaces(element.text)
        for child in element:
            inner += _text(child, depth + 1) + _spaces(child.tail)
    if element.tag == "br":
        return "\n"
    if element.tag in ("td", "th"):
        return " ".join(inner.split()) + "\t"
    return f"\n{inner}\n" if element.tag in _BLOCKS else inner


def _spaces(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _tidy(text: str) -> str:
    lines = (line.strip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
