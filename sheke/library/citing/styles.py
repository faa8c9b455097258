"""The forms in which citations are given, each under one name on pages, in addresses and commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from lxml import etree

from sheke.core.errors import BadInput

from . import gbt
from .bibtex import bibtex
from .csl import csl
from .dublin_core import dublin_core
from .entry import Entry
from .linked_data import json_ld
from .listing import by_author_and_year
from .ris import ris

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


@dataclass(frozen=True)
class Style:
    """`write` makes the text of a list of entries."""

    name: str
    label: str | Promise
    write: Callable[[Sequence[Entry]], str]
    content_type: str
    ending: str
    copied: bool = True  # offered for copying; else only as a file

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


def _lines(made: list[str]) -> str:
    return "".join(f"{line}\n" for line in made)


def _numbered(entries: Sequence[Entry]) -> str:
    """One alone has no number before it."""
    return _lines(gbt.numbered(entries) if len(entries) > 1 else [*map(gbt.by_number, entries)])


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _json_ld(entries: Sequence[Entry]) -> str:
    made = [json_ld(entry) for entry in entries]
    return _json(made[0] if len(made) == 1 else made)


def _dublin_core(entries: Sequence[Entry]) -> str:
    """One record, or several within `records`."""
    made = [dc_element(entry) for entry in entries]
    whole = made[0]
    if len(made) > 1:
        whole = etree.Element("records")
        whole.extend(made)
    return etree.tostring(whole, encoding="unicode", pretty_print=True)


def dc_element(entry: Entry) -> etree._Element:
    """The record as harvesters know it: oai_dc:dc."""
    found = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    for element, value in dublin_core(entry):
        etree.SubElement(found, f"{{{DC}}}{element}").text = xml_text(value)
    return found


def xml_text(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return text.translate(NOT_XML)


STYLES = {
    style.name: style
    for style in (
        Style("gbt-numeric", gettext_lazy("GB/T 7714, by number"), _numbered,
              "text/plain; charset=utf-8", "txt"),
        Style("gbt-author-date", gettext_lazy("GB/T 7714, by author and year"),
              lambda entries: _lines(by_author_and_year(entries)),
              "text/plain; charset=utf-8", "author-date.txt"),
        Style("bibtex", pgettext_lazy("citation", "BibTeX"), bibtex,
              "application/x-bibtex; charset=utf-8", "bib"),
        Style("ris", pgettext_lazy("citation", "RIS"), ris,
              "application/x-research-info-systems; charset=utf-8", "ris", copied=False),
        Style("csl-json", pgettext_lazy("citation", "CSL-JSON"), lambda each: _json(csl(each)),
              "application/vnd.citationstyles.csl+json", "json", copied=False),
        Style("json-ld", pgettext_lazy("citation", "JSON-LD"), _json_ld,
              "application/ld+json", "jsonld", copied=False),
        Style("dublin-core", pgettext_lazy("citation", "Dublin Core"), _dublin_core,
              "application/xml; charset=utf-8", "xml", copied=False),
    )
}  # fmt: skip


def style_named(name: str) -> Style:
    """Raises BadInput, which names those that there are."""
    if name not in STYLES:
        raise BadInput(
            _("There is no form of citation “%(name)s”. There are: %(names)s.")
            % {"name": name, "names": ", ".join(STYLES)}
        )
    return STYLES[name]


def cite(entries: Sequence[Entry], style: str) -> str:
    """The text of a list of entries, ended by a line break. Raises BadInput for an unknown style."""
    chosen = style_named(style)
    return chosen.write(entries) if entries else ""
