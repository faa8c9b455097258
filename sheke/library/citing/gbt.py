"""References as GB/T 7714—2015 writes them: by number (顺序编码制) and by author and year (著者-出版年制).

A reference is a row of parts, each ended by a point. Punctuation is half width with a space behind it, as
the standard prints it. Words that stand for what is missing or left out (等, et al; [出版地不详], [S.l.])
follow the language of the entry, not that of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .entry import Entry, plain_pages
from .names import Name
from .words import ENGLISH, HANS, HANT, Words

SHOWN = 3  # so many authors are named before 等 (8.1.2)
MARKS = {
    "article": "J", "monograph": "M", "collection": "G", "chapter": "M", "translation": "M",
    "newspaper": "N", "conference": "C", "thesis": "D", "report": "R", "advice": "R",
    "standard": "S", "periodical": "J", "web": "EB", "archive": "A", "document": "A", "other": "Z",
}  # fmt: skip
MEETING = re.compile(
    r"会议|會議|研讨会|研討會|论坛|論壇|年会|年會|proceedings|conference|symposium|congress", re.I
)
# What one may cite from where it is kept alone, when it appeared nowhere else.
KEPT_HERE = {"report", "advice", "document", "archive", "other"}
# Of these the standard wants place and publisher, and says so when they are unknown (8.4).
PUBLISHED = {
    "monograph", "collection", "chapter", "translation", "conference", "thesis", "standard",
    "report", "periodical",
}  # fmt: skip


def by_number(entry: Entry) -> str:
    """One reference of a numbered list, without its number."""
    people = names(entry.main_authors, words(entry))
    return _sentences([people, *_body(entry, with_year=True)])


def by_author(entry: Entry, letter: str = "") -> str:
    """One reference of a list by author and year; `letter` tells several of a year apart."""
    said = words(entry)
    people = names(entry.main_authors, said) or said.nobody
    year = (entry.year or said.no_year) + letter
    if entry.kind == "periodical" and entry.year:
        year += "-"
    return _sentences([f"{people}, {year}", *_body(entry, with_year=False)])


def numbered(entries: Iterable[Entry]) -> list[str]:
    """A list in the order of its citing: [1] …"""
    return [f"[{place}] {by_number(entry)}" for place, entry in enumerate(entries, 1)]


def mark(entry: Entry) -> str:
    """[J], [M/OL] … without the brackets."""
    found = MARKS.get(entry.kind, "Z")
    if entry.kind == "collection" and MEETING.search(f"{entry.full_title} {entry.container}"):
        found = "C"
    if entry.kind == "translation" and entry.is_in_serial:
        found = "J"
    return f"{found}/OL" if address(entry) or entry.kind == "web" else found


def address(entry: Entry) -> str:
    """Where it is read on the web, if that is part of what is cited."""
    if entry.url:
        return entry.url
    nowhere_else = not (entry.publisher or entry.container or entry.doi)
    return entry.link if entry.kind in KEPT_HERE and nowhere_else else ""


def words(entry: Entry) -> Words:
    if not entry.is_chinese:
        return ENGLISH
    return HANT if entry.language == "zh-Hant" else HANS


def names(people: Sequence[Name], said: Words) -> str:
    """At most three, then 等 or et al."""
    shown = [one.in_reference() for one in people[:SHOWN]]
    if len(people) > SHOWN:
        shown.append(said.and_others)
    return ", ".join(shown)


def _body(entry: Entry, *, with_year: bool) -> list[str]:
    """All behind the authors (and the year, in a list by author)."""
    if entry.is_in_serial:
        parts = _in_serial(entry, with_year)
    elif entry.is_part:
        parts = _in_book(entry, with_year)
    else:
        parts = _whole(entry, with_year)
    parts.append(address(entry))
    parts.append(f"DOI:{entry.doi}" if entry.doi else "")
    return parts


def _in_serial(entry: Entry, with_year: bool) -> list[str]:
    """4.4: what stands in a journal or newspaper."""
    return [_title(entry), *_others(entry), place_in_serial(entry, with_year) + _read_on(entry)]


def place_in_serial(entry: Entry, with_year: bool) -> str:
    """科学通报, 2012, 55(34): 3219; behind a year already said 科学通报, 55(34): 3219."""
    if entry.kind == "newspaper":
        return _newspaper(entry, with_year)
    count = entry.volume + (f"({_bare_issue(entry.issue)})" if entry.issue else "")
    year = entry.year if with_year else ""
    when = f"{year}, {count}" if year and entry.volume else year + count
    joint = "" if when.startswith("(") else ", "  # 中国图书馆学报(2): 24-29
    where = joint.join(filter(None, (entry.container, when)))
    return where + (f": {plain_pages(entry.pages)}" if entry.pages and where else "")


def _newspaper(entry: Entry, with_year: bool) -> str:
    """人民日报, 2013-01-12(2); behind a year already said, 12-25(10)."""
    day = entry.issued if with_year else entry.issued[5:]
    page = re.sub(r"^第|版$", "", plain_pages(entry.pages or entry.issue))
    edition = f"({page})" if page else ""
    return ", ".join(filter(None, (entry.container, day))) + edition


def _bare_issue(issue: str) -> str:
    return re.sub(r"^第|期$", "", issue.strip())


def _in_book(entry: Entry, with_year: bool) -> list[str]:
    """4.2: what stands in a book or in proceedings: title[M]//editors. book. place: publisher."""
    said = words(entry)
    title, *others = [_title(entry), *_translators(entry)]
    host_authors = names(entry.editors, said)
    host = entry.container + (f": {_volume(entry)}" if entry.volume else "")
    joined = f"{_sentences([title, *others]).rstrip('.')}//{host_authors or host}"
    rest = [host] if host_authors else []
    return [joined, *rest, _edition(entry), _imprint(entry, with_year)]


def _whole(entry: Entry, with_year: bool) -> list[str]:
    """4.1, 4.3, 4.6: books, periodicals, reports, standards, pages of the web."""
    parts = [_title(entry), *_others(entry), _edition(entry)]
    if entry.kind == "periodical":
        parts.append(_first_number(entry))
    return [*parts, _imprint(entry, with_year)]


def _title(entry: Entry) -> str:
    """Title: subtitle: volume or number[M/OL]."""
    found = entry.full_title
    if entry.volume and not entry.container and entry.kind != "periodical":
        found += f": {_volume(entry)}"
    if entry.kind in ("standard", "report", "document"):
        found += "".join(f": {n}" for n in entry.other_numbers[:1] if n not in found)
    return f"{found}[{mark(entry)}]"


def _volume(entry: Entry) -> str:
    said = words(entry)
    return said.volume % entry.volume if re.fullmatch(r"\d+", entry.volume) else entry.volume


def _others(entry: Entry) -> list[str]:
    """Translators, and editors beside authors."""
    found = _translators(entry)
    if entry.authors and entry.editors and not entry.is_in_serial:
        found.append(_with_part(entry.editors, words(entry), words(entry).edited))
    return found


def _translators(entry: Entry) -> list[str]:
    said = words(entry)
    return [_with_part(entry.translators, said, said.translated)] if entry.translators else []


def _with_part(people: Sequence[Name], said: Words, part: str) -> str:
    """李庆龙, 译; with more than three: 潘惠霞, 魏婧, 杨艳, 等译."""
    close = said.others_close_up and len(people) > SHOWN
    return names(people, said) + ("" if close else ", ") + part


def _edition(entry: Entry) -> str:
    """2版, 2nd ed.; the first is not said (8.3)."""
    typed, said = entry.edition.strip(), words(entry)
    found = re.fullmatch(
        r"第?\s*(\d+)\s*(?:版|(?:st|nd|rd|th)?(?:\s*ed(?:\.|ition)?)?)", typed, re.I
    )
    number = int(found[1]) if found else said.number(re.sub(r"^第|版$", "", typed))
    if number == 1:
        return ""
    if number:
        return said.edition(number)
    return re.sub(r"\s*edition$", " ed.", typed, flags=re.I)


def _first_number(entry: Entry) -> str:
    """1984, 1(1)-: where a periodical begins."""
    if not entry.volume and not entry.issue:
        return ""
    count = entry.volume + (f"({_bare_issue(entry.issue)})" if entry.issue else "")
    return f"{entry.year}, {count}-" if entry.volume else f"{entry.year}{count}-"


def _imprint(entry: Entry, with_year: bool) -> str:
    """Place: publisher, year: pages, and for what is on the web when it was made and read."""
    place_and_publisher = _published(entry)
    year = entry.year if with_year else ""
    if entry.kind == "periodical" and year:
        year += "-"
    if address(entry) and not place_and_publisher:
        made = f"({entry.issued})" if len(entry.issued) > 4 or not with_year else year
        made = "" if made == "()" else made
        return made + _read_on(entry)
    found = ", ".join(filter(None, (place_and_publisher, year)))
    if entry.pages and found:
        found += f": {plain_pages(entry.pages)}"
    return found + _read_on(entry)


def _published(entry: Entry) -> str:
    publisher = entry.publisher
    if not publisher and entry.bodies and entry.kind in PUBLISHED and not address(entry):
        publisher = entry.bodies[0].bare  # who issued it, where nobody else is named
    # What is on the web need not say it (8.4), nor what was never published.
    silent = entry.kind not in PUBLISHED or address(entry)
    if not entry.place and not publisher and silent:
        return ""
    said = words(entry)
    if address(entry):
        return ": ".join(filter(None, (entry.place, publisher)))
    return f"{entry.place or said.no_place}: {publisher or said.no_publisher}"


def _read_on(entry: Entry) -> str:
    """[2013-10-25]: the day on which what is on the web was read."""
    return f"[{entry.accessed.isoformat()}]" if entry.accessed and address(entry) else ""


def _sentences(parts: Iterable[str]) -> str:
    """Each ended by one point, also where it ends with one already: 4th ed."""
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
