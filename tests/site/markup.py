"""What must hold for the HTML of every page; `faults(html)` lists what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

SILENT = ("hidden", "submit", "button", "reset", "image")


def faults(text: str) -> list[str]:
    page = lxml_html.fromstring(text)
    return [
        *head(page),
        *headings(page),
        *names(page),
        *identities(page),
        *policy(page),
    ]


def head(page: HtmlElement) -> Iterator[str]:
    if page.get("lang") not in ("zh-Hans", "en"):
        yield f"the page's language is {page.get('lang')!r}"
    title = page.findtext(".//title") or ""
    if not title.split("·")[0].strip():
        yield "the page has no title"
    if len(page.xpath("//main")) != 1:
        yield "a page has one <main>"


def headings(page: HtmlElement) -> Iterator[str]:
    found = page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    if not any(heading.tag == "h1" for heading in found):
        yield "there is no h1"
    level = 0
    for heading in found:
        here = int(heading.tag[1])
        if here > level + 1:
            yield f"a heading is skipped before “{heading.text_content().strip()}”"
        level = here


def names(page: HtmlElement) -> Iterator[str]:
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//input|//select|//textarea"):
        if control.get("type") in SILENT or control.get("aria-hidden") == "true":
            continue
        inside = control.xpath("ancestor::label")
        said = control.get("aria-label") or control.get("aria-labelledby")
        if not (said or inside or control.get("id") in labelled):
            yield f"no label: {shown(control)}"
    for button in page.xpath("//button|//a[@href]"):
        if not (button.text_content().strip() or button.get("aria-label") or spoken(button)):
            yield f"no name: {shown(button)}"
    for image in page.xpath("//img[not(@alt)]"):
        yield f"no alternative text: {shown(image)}"


def spoken(element: HtmlElement) -> bool:
    return bool(element.xpath(".//*[@aria-label]|.//img[@alt!='']"))


def identities(page: HtmlElement) -> Iterator[str]:
    ids = page.xpath("//@id")
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{times} elements have the id {name}"
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for value in page.xpath(f"//@{attribute}"):
            for name in value.split():
                if name not in ids:
                    yield f"{attribute} points at {name}, which is not there"


def policy(page: HtmlElement) -> Iterator[str]:
    for element in page.xpath("//*[@style]|//style"):
        yield f"inline style: {shown(element)}"
    for element in page.xpath(
        "//script[not(@src)][not(@type='application/json')][not(@type='application/ld+json')]"
    ):
        yield f"inline script: {shown(element)}"
    for element in page.xpath("//*[@*[starts-with(name(), 'on')]]"):
        yield f"inline handler: {shown(element)}"


def shown(element: HtmlElement) -> str:
    return lxml_html.tostring(element, encoding="unicode", with_tail=False)[:160]
