"""MODS 3.8 of the Library of Congress: loc.gov/standards/mods. Library systems take it over as it is."""

from __future__ import annotations

from lxml import etree

from ..citing.entry import Entry
from ..citing.names import Name
from ..citing.styles import xml_text
from ..models import OtherTitle, Work
from .elements import XSI, root_element
from .telling import other_end, relations, rights

MODS = "http://www.loc.gov/mods/v3"
MODS_SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
# Ours in its words; it has none for a work that came out of a project.
RELATED = {"version_of": "otherVersion", "part_of": "host", "reviews": "reviewOf"}
TITLES = {"translated": "translated", "former": "alternative", "short": "abbreviated"}


def mods(work: Work, entry: Entry, root: str) -> etree._Element:
    """One record. root: the site's address."""
    found = root_element(MODS, "mods", xsi=XSI)
    found.set("version", "3.8")
    found.set(f"{{{XSI}}}schemaLocation", f"{MODS} {MODS_SCHEMA}")
    _titles(found, work, entry)
    for role, people in (("aut", entry.authors), ("edt", entry.editors),
                         ("trl", entry.translators), ("isb", entry.bodies)):  # fmt: skip
        for one in people:
            _name(found, role, one)
    _say(found, "typeOfResource", "text")
    _say(found, "genre", str(work.get_kind_display()))
    _origin(found, entry)
    if entry.language_code:
        language = _say(found, "language")
        _say(language, "languageTerm", entry.language_code, type="code", authority="rfc5646")
    _say(found, "abstract", entry.abstract)
    for word in entry.keywords:
        _say(_say(found, "subject"), "topic", word)
    _say(found, "classification", work.discipline, authority="GB/T 13745")
    _host(found, entry)
    for relation in relations(work):
        kind = {"type": RELATED[relation.kind]} if relation.kind in RELATED else {}
        other = _say(found, "relatedItem", **kind)
        _say(_say(other, "titleInfo"), "title", other_end(relation, root))
    _numbers(found, entry)
    location = _say(found, "location")
    _say(location, "url", entry.link, usage="primary display", access="object in context")
    for right in dict.fromkeys(rights(work)):
        _say(found, "accessCondition", right, type="use and reproduction")
    record = _say(found, "recordInfo")
    _say(record, "recordContentSource", work.organisation.name)
    _say(record, "recordIdentifier", work.link.name)
    return found


def _titles(found: etree._Element, work: Work, entry: Entry) -> None:
    info = _say(found, "titleInfo")
    _say(info, "title", entry.title)
    _say(info, "subTitle", entry.subtitle)
    for title in work.other_titles.all():
        if title.kind != OtherTitle.Kind.SUBTITLE:
            _say(_say(found, "titleInfo", type=TITLES[title.kind]), "title", title.text)


def _name(found: etree._Element, role: str, one: Name) -> None:
    part = _say(found, "name", type="corporate" if one.is_body else "personal")
    if one.parts:
        for kind, text in zip(("family", "given", "termsOfAddress"), one.parts, strict=True):
            _say(part, "namePart", text, type=kind)
    else:
        _say(part, "namePart", one.bare)
    _say(_say(part, "role"), "roleTerm", role, type="code", authority="marcrelator")
    _say(part, "affiliation", one.organisation)
    _say(part, "nameIdentifier", one.orcid, type="orcid")


def _origin(found: etree._Element, entry: Entry) -> None:
    if not (entry.place or entry.publisher or entry.issued or entry.edition):
        return
    origin = _say(found, "originInfo")
    if entry.place:
        _say(_say(origin, "place"), "placeTerm", entry.place, type="text")
    _say(origin, "publisher", entry.publisher)
    _say(origin, "dateIssued", entry.issued, encoding="w3cdtf")
    _say(origin, "edition", entry.edition)


def _host(found: etree._Element, entry: Entry) -> None:
    """What it appeared in, and where there."""
    if not entry.container:
        return
    host = _say(found, "relatedItem", type="host")
    _say(_say(host, "titleInfo"), "title", entry.container)
    for number in entry.issn:
        _say(host, "identifier", number, type="issn")
    if not (entry.volume or entry.issue or entry.pages):
        return
    part = _say(host, "part")
    for kind, value in (("volume", entry.volume), ("issue", entry.issue)):
        if value:
            _say(_say(part, "detail", type=kind), "number", value)
    if entry.pages:
        extent = _say(part, "extent", unit="pages")
        first, last = entry.span
        for tag, value in (("start", first), ("end", last)) if last else (("list", first),):
            _say(extent, tag, value)


def _numbers(found: etree._Element, entry: Entry) -> None:
    issn = () if entry.container else entry.issn
    for kind, numbers in (("isbn", entry.isbn), ("issn", issn), ("doi", (entry.doi,)),
                          ("cn", entry.cn), ("local", entry.other_numbers), ("uri", (entry.link,))):  # fmt: skip
        for number in numbers:
            if number:
                _say(found, "identifier", number, type=kind)


def _say(
    parent: etree._Element, tag: str, text: str | None = None, **attributes: str
) -> etree._Element:
    """An element below another; one that should hold a text and has none is left out."""
    made = etree.Element(f"{{{MODS}}}{tag}", attrib=attributes)
    if text is not None:
        made.text = xml_text(text)
    if text != "":
        parent.append(made)
    return made
