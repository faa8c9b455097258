"""The `citation_…` names by which scholarly search engines read a page's head."""

from __future__ import annotations

from collections.abc import Iterator

from .entry import Entry

# What the host is called, by kind.
HOSTS = {"conference": "citation_conference_title", "chapter": "citation_inbook_title"}
HOUSES = {
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
    "advice": "citation_technical_report_institution",
}


def highwire(entry: Entry, *, page: str = "", pdf: str = "") -> list[tuple[str, str]]:
    """(name, content) pairs without empty ones; `pdf` is the address of a file open to everybody."""
    pairs = _pairs(entry) if entry.authors or entry.bodies or entry.editors else iter(())
    found = [*pairs, ("citation_abstract_html_url", page), ("citation_pdf_url", pdf)]
    return [(name, value) for name, value in found if value]


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "citation_title", entry.full_title
    for one in entry.main_authors:
        yield "citation_author", one.family_first()
        yield "citation_author_institution", one.organisation
        yield "citation_author_orcid", f"https://orcid.org/{one.orcid}" if one.orcid else ""
    yield "citation_publication_date", entry.issued.replace("-", "/")
    serial = "citation_journal_title" if entry.is_in_serial else ""
    yield serial or HOSTS.get(entry.kind, "citation_inbook_title"), entry.container
    yield "citation_volume", entry.volume
    yield "citation_issue", entry.issue
    first, last = entry.span
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", entry.doi
    yield from (("citation_isbn", number) for number in entry.isbn)
    yield from (("citation_issn", number) for number in entry.issn)
    yield HOUSES.get(entry.kind, "citation_publisher"), entry.publisher
    yield "citation_language", entry.language_code
    yield "citation_keywords", "; ".join(entry.keywords)
