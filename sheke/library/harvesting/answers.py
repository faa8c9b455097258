"""The XML of every verb of OAI-PMH 2.0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from lxml import etree

from ..citing.styles import DC, OAI_DC, xml_text
from ..models import Work
from . import selection
from .elements import XSI, root_element
from .formats import FORMATS, Format, of_works
from .protocol import Asked, OaiError, period, stamp
from .tokens import Token, read_token

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
NOTHING = datetime(2000, 1, 1, tzinfo=UTC)  # before anything was kept


@dataclass(frozen=True)
class Site:
    """root: its address without a slash at the end; base: that of the interface."""

    root: str
    base: str

    @property
    def host(self) -> str:
        return urlsplit(self.root).hostname or "localhost"


def answer(site: Site, asked: Asked | OaiError) -> bytes:
    """The whole document; an error is one, too."""
    element = root_element(OAI, "OAI-PMH", xsi=XSI)
    element.set(
        f"{{{XSI}}}schemaLocation", f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
    )
    _add(element, "responseDate", stamp(timezone.now()))
    request = _add(element, "request", site.base)
    try:
        if isinstance(asked, OaiError):
            raise asked
        # Of what was understood the arguments are repeated; xml_text, for they are anybody's words.
        for name, value in {"verb": asked.verb, **asked.arguments}.items():
            request.set(name, xml_text(value))
        element.append(ANSWERS[asked.verb](site, asked))
    except OaiError as error:
        if error.code in ("badVerb", "badArgument"):
            request.attrib.clear()
        _add(element, "error", str(error)).set("code", error.code)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")


def _identify(site: Site, _asked: Asked) -> etree._Element:
    found = _element("Identify")
    _add(found, "repositoryName", selection.repository_name())
    _add(found, "baseURL", site.base)
    _add(found, "protocolVersion", "2.0")
    _add(found, "adminEmail", settings.DEFAULT_FROM_EMAIL)
    _add(found, "earliestDatestamp", stamp(selection.earliest() or NOTHING))
    _add(found, "deletedRecord", "persistent")
    _add(found, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    scheme = root_element(OAI_IDENTIFIER, "oai-identifier")
    _add(found, "description").append(scheme)
    place = f"{OAI_IDENTIFIER} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"
    scheme.set(f"{{{XSI}}}schemaLocation", place)
    for tag, value in (("scheme", "oai"), ("repositoryIdentifier", site.host), ("delimiter", ":"),
                       ("sampleIdentifier", f"oai:{site.host}:s1bcdfghjkm")):  # fmt: skip
        etree.SubElement(scheme, f"{{{OAI_IDENTIFIER}}}{tag}").text = value
    return found


def _formats(site: Site, asked: Asked) -> etree._Element:
    if said := asked.get("identifier"):
        selection.work_named(site.host, said)  # every record is given in every format
    found = _element("ListMetadataFormats")
    for chosen in FORMATS.values():
        part = _add(found, "metadataFormat")
        _add(part, "metadataPrefix", chosen.prefix)
        schema = chosen.schema
        _add(part, "schema", site.root + schema if schema.startswith("/") else schema)
        _add(part, "metadataNamespace", chosen.namespace)
    return found


def _sets(_site: Site, asked: Asked) -> etree._Element:
    if asked.get("resumptionToken"):
        raise OaiError("badResumptionToken", "All sets are given in one answer.")
    found = _element("ListSets")
    for one in selection.sets():
        part = _add(found, "set")
        _add(part, "setSpec", one.spec)
        _add(part, "setName", one.name)
        if one.about:
            holder = etree.SubElement(
                _add(part, "setDescription"), f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC}
            )
            etree.SubElement(holder, f"{{{DC}}}description").text = xml_text(one.about)
    return found


def _get_record(site: Site, asked: Asked) -> etree._Element:
    chosen = _format(asked.get("metadataPrefix"))
    work = selection.work_named(site.host, asked.get("identifier"))
    found = _element("GetRecord")
    found.extend(_records(site, [work], chosen))
    return found


def _list_records(site: Site, asked: Asked) -> etree._Element:
    return _listed(site, asked, _records)


def _list_identifiers(site: Site, asked: Asked) -> etree._Element:
    return _listed(site, asked, lambda site, works, _chosen: _headers(site, works))


def _listed(
    site: Site, asked: Asked, write: Callable[[Site, list[Work], Format], list[etree._Element]]
) -> etree._Element:
    """A page of a list with its resumption token."""
    token = read_token(asked.get("resumptionToken")) if asked.get("resumptionToken") else None
    prefix, first, last, set_ = (
        (token.prefix, token.first, token.last, token.set) if token
        else (asked.get(name) for name in ("metadataPrefix", "from", "until", "set"))
    )  # fmt: skip
    try:
        chosen = _format(prefix)
        candidates = selection.chosen(set_, period(first, last))
    except OaiError as error:
        if token is None:
            raise
        raise OaiError("badResumptionToken", str(error)) from None
    works = selection.page(candidates, token)
    if not works and token is None:
        raise OaiError("noRecordsMatch", "Nothing fits.")
    page, more = works[: selection.PAGE], len(works) > selection.PAGE
    found = _element(asked.verb)
    found.extend(write(site, page, chosen))
    if (
        not page
    ):  # what was left was taken out meanwhile: the list ends with a record that was given
        raise OaiError(
            "badResumptionToken", "The list ended meanwhile; begin anew from its last date."
        )
    if more or token:
        given = token.given if token else 0
        total = token.total if token else candidates.count()
        end = page[-1]
        following = Token(prefix, first, last, set_, end.changed_at, end.pk, given + len(page),
                          max(total, given + len(page)))  # fmt: skip
        part = _add(found, "resumptionToken", following.text() if more else "")
        part.set("completeListSize", str(following.total))
        part.set("cursor", str(given))
    return found


def _records(site: Site, works: list[Work], chosen: Format) -> list[etree._Element]:
    public = [work for work in works if work.is_public]
    metadata = of_works(public, site.root, chosen)
    found = []
    for work, header in zip(works, _headers(site, works), strict=True):
        record = _element("record")
        record.append(header)
        if work.pk in metadata:
            _add(record, "metadata").append(metadata[work.pk])
        found.append(record)
    return found


def _headers(site: Site, works: list[Work]) -> list[etree._Element]:
    sets = selection.sets_of(works)
    found = []
    for work in works:
        header = _element("header")
        if not work.is_public:
            header.set("status", "deleted")
        _add(header, "identifier", selection.identifier(site.host, work))
        _add(header, "datestamp", stamp(work.changed_at))
        for spec in sets[work.pk]:
            _add(header, "setSpec", spec)
        found.append(header)
    return found


def _format(prefix: str) -> Format:
    if prefix not in FORMATS:
        raise OaiError(
            "cannotDisseminateFormat", f"There is no format “{prefix}”: {', '.join(FORMATS)}."
        )
    return FORMATS[prefix]


def _element(tag: str) -> etree._Element:
    return root_element(OAI, tag)


def _add(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    found = etree.SubElement(parent, f"{{{OAI}}}{tag}")
    if text:
        found.text = xml_text(text)
    return found


ANSWERS: dict[str, Callable[[Site, Asked], etree._Element]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get_record,
    "ListRecords": _list_records,
    "ListIdentifiers": _list_identifiers,
}
