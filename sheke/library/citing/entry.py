"""A work as a list of references sees it: plain values, nothing of the database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from .names import IN_HAN, Name


@dataclass(frozen=True)
class Entry:
    """Everything that any form of citation prints. Kinds and languages are those of `Work`."""

    number: int  # the work's; stable, so keys are made of it
    kind: str
    title: str
    subtitle: str = ""
    translated_titles: tuple[str, ...] = ()
    other_titles: tuple[str, ...] = ()  # former and short ones
    language: str = "zh-Hans"  # zh-Hans, zh-Hant, en, other
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    bodies: tuple[Name, ...] = ()  # issuing organisations
    issued: str = ""  # 2024, 2024-05 or 2024-05-12
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    url: str = ""
    accessed: date | None = None
    isbn: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    cn: tuple[str, ...] = ()
    doi: str = ""
    other_numbers: tuple[str, ...] = ()  # 京政办发〔2005〕37号, GB/T 7714—2015
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    link: str = ""  # the persistent address, whole
    kept_by: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """For BibTeX, RIS and CSL: unique here, and the same whatever is corrected later."""
        return f"sheke-{self.number}"

    @property
    def year(self) -> str:
        return self.issued[:4]

    @property
    def date_parts(self) -> list[int]:
        """[2024], [2024, 5] or [2024, 5, 12]; [] when there is no date."""
        return [int(part) for part in self.issued.split("-") if part]

    @property
    def full_title(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def is_chinese(self) -> bool:
        if self.language == "other":
            return bool(IN_HAN.search(self.title))
        return self.language.startswith("zh")

    @property
    def language_code(self) -> str:
        """BCP 47; empty when it is not known."""
        return {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}.get(self.language, "")

    @property
    def main_authors(self) -> tuple[Name, ...]:
        """Who answers for it: authors, else editors (not of what it is a part of), else bodies."""
        if self.authors:
            return self.authors
        if self.editors and not self.is_part:
            return self.editors
        return self.bodies

    @property
    def is_part(self) -> bool:
        """Stands in a book or proceedings of others."""
        whole = self.kind in ("chapter", "conference", "translation")
        return whole and bool(self.container) and not self.is_in_serial

    @property
    def is_in_serial(self) -> bool:
        """Stands in a journal, newspaper or bulletin."""
        if self.kind in ("article", "newspaper"):
            return True
        if self.kind in ("advice", "report", "document", "other", "web"):
            return bool(self.container)
        return self.kind == "translation" and bool(self.container and (self.volume or self.issue))

    @property
    def address(self) -> str:
        """Where it is read: its own address, else the persistent one."""
        return self.url or self.link

    @property
    def span(self) -> tuple[str, str]:
        """(first, last) page; the last is empty when there is but one or they are no simple span."""
        pages = plain_pages(self.pages)
        found = re.fullmatch(r"([A-Za-z]?\d+)(?:-([A-Za-z]?\d+))?", pages)
        return (found[1], found[2] or "") if found else (pages, "")


def plain_pages(pages: str) -> str:
    """“pp. 5–6”, “第5～6页” → 5-6."""
    bare = re.sub(r"^\s*(?:pp?\.|第)\s*|\s*页\s*$", "", pages.strip())
    return re.sub(r"\s*[‐‑‒–—―~～〜－-]+\s*", "-", bare)
