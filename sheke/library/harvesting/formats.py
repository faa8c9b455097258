"""Metadata formats: Dublin Core, which every harvester reads; MODS, which library systems read; and the
library's own, which says it all.

`sheke.xsd` beside this file is the schema of our own; it is served at /oai/sheke.xsd. None depends on the
day or on who asks: what a file will be open for stands there with its date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import override
from lxml import etree

from ..citing.dublin_core import dublin_core, identifiers
from ..citing.entries import entries_of
from ..citing.entry import Entry
from ..citing.names import Name
from ..citing.styles import DC, OAI_DC, xml_text
from ..models import Adoption, File, Work
from .elements import XSI, root_element
from .mods import MODS, MODS_SCHEMA, mods
from .telling import other_end, relations, rights

SHEKE = "urn:x-sheke:library:1"
PARTS = ("adoptions", "files", "relations__other__link")


@dataclass(frozen=True)
class Format:
    prefix: str
    namespace: str
    schema: str  # a path of ours begins with /
    write: Callable[[Work, Entry, str], etree._Element]


def of_works(works: list[Work], root: str, chosen: Format) -> dict[int, etree._Element]:
    """The metadata of works, by number; nine queries in all. root: the site's address."""
    entries = entries_of(works)
    prefetch_related_objects(works, *PARTS)
    with override("zh-hans"):  # kinds and the like have one name, whoever asks
        return {
            work.pk: chosen.write(work, _rooted(entry, root), root)
            for work, entry in zip(works, entries, strict=True)
        }


def _rooted(entry: Entry, root: str) -> Entry:
    return replace(entry, link=root + entry.link) if entry.link.startswith("/") else entry


def _oai_dc(work: Work, entry: Entry, root: str) -> etree._Element:
    found = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    found.set(
        f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    )
    for element, value in dublin_core(entry, kind=str(work.get_kind_display())):
        _say(found, f"{{{DC}}}{element}", value)
    for relation in relations(work):
        _say(found, f"{{{DC}}}relation", other_end(relation, root))
    for right in dict.fromkeys(rights(work)):
        _say(found, f"{{{DC}}}rights", right)
    return found


def _sheke(work: Work, entry: Entry, root: str) -> etree._Element:
    found = root_element(SHEKE, "work", xsi=XSI)
    found.set(f"{{{XSI}}}schemaLocation", f"{SHEKE} {root}{reverse('open:schema')}")
    found.set("kind", work.kind)
    if entry.language_code:
        found.set("language", entry.language_code)
    _titles(found, work, entry)
    for role, people in (("author", entry.authors), ("editor", entry.editors),
                         ("translator", entry.translators), ("organisation", entry.bodies)):  # fmt: skip
        for one in people:
            _contributor(found, role, one)
    _own(found, "issued", work.issued)
    _published_in(found, entry)
    for scheme, numbers in (("isbn", entry.isbn), ("issn", entry.issn), ("cn", entry.cn),
                            ("doi", (entry.doi,)), ("other", entry.other_numbers)):  # fmt: skip
        for number in numbers:
            _own(found, "identifier", number, scheme=scheme)
    for address in identifiers(entry):
        if address.startswith("http"):
            _own(found, "address", address)
    _own(found, "abstract", work.abstract)
    for word in work.keywords:
        _own(found, "keyword", word)
    _own(found, "discipline", work.discipline, scheme="GB/T 13745")
    _own(found, "level", work.level)
    _own(found, "keptBy", work.organisation.name)
    for adoption in work.adoptions.all():
        if adoption.withdrawn_at is None:
            _adoption(found, adoption)
    for relation in relations(work):
        _own(found, "relation", other_end(relation, root), kind=relation.kind)
    for file in work.files.all():
        if file.access == File.Access.PUBLIC:
            _file(found, file, root)
    return found


def _titles(found: etree._Element, work: Work, entry: Entry) -> None:
    _own(found, "title", entry.title)
    for title in work.other_titles.all():
        _own(found, "otherTitle", title.text, kind=title.kind)


def _contributor(found: etree._Element, role: str, one: Name) -> None:
    part = etree.SubElement(found, f"{{{SHEKE}}}contributor", role=role)
    _own(part, "name", one.family_first())
    _own(part, "affiliation", one.organisation)
    _own(part, "orcid", one.orcid)


def _published_in(found: etree._Element, entry: Entry) -> None:
    names = ("container", "volume", "issue", "pages", "edition", "place", "publisher")
    said = [(name, getattr(entry, name)) for name in names if getattr(entry, name)]
    if said:
        part = etree.SubElement(found, f"{{{SHEKE}}}publication")
        for name, value in said:
            _own(part, name, value)


def _adoption(found: etree._Element, adoption: Adoption) -> None:
    """Of an instruction its level and day; who gave it is not for everybody."""
    part = etree.SubElement(found, f"{{{SHEKE}}}adoption", kind=adoption.kind, level=adoption.level)
    part.set("on", adoption.adopted_on.isoformat())
    if adoption.kind != Adoption.Kind.INSTRUCTION:
        part.text = xml_text(adoption.adopter)


def _file(found: etree._Element, file: File, root: str) -> None:
    part = etree.SubElement(found, f"{{{SHEKE}}}file", kind=file.kind)
    if file.embargo_until:
        part.set("from", file.embargo_until.isoformat())
    if file.rights:
        part.set("rights", xml_text(file.rights))
    part.text = root + reverse("library:download", args=[file.pk])


def _own(parent: etree._Element, name: str, value: str, **attributes: str) -> None:
    if value:
        _say(parent, f"{{{SHEKE}}}{name}", value, **attributes)


def _say(parent: etree._Element, tag: str, value: str, **attributes: str) -> None:
    if value:
        etree.SubElement(parent, tag, attrib=attributes).text = xml_text(value)


FORMATS = {
    chosen.prefix: chosen
    for chosen in (
        Format("oai_dc", OAI_DC, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", _oai_dc),
        Format("mods", MODS, MODS_SCHEMA, mods),
        Format("sheke", SHEKE, "/oai/sheke.xsd", _sheke),
    )
}
