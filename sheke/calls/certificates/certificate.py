"""What stands on a certificate, and how it travels to a template."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from sheke.core.numerals import chinese_numeral

from .codes import svg


@dataclass(frozen=True)
class Certificate:
    """All that a template may print; what stays empty is left out. See docs/calls/certificates.md.

    number, day, issuers and recipients are always needed; the template says what else. address:
    of the page that confirms the number, printed as QR code. day and until: dates, printed in
    Chinese numerals. body: own paragraphs in place of the template's sentence.
    """

    number: str
    day: date
    issuers: tuple[str, ...]
    recipients: tuple[str, ...]
    address: str
    heading: str = ""
    programme: str = ""
    work: str = ""
    kind: str = ""
    level: str = ""
    organisation: str = ""
    reference: str = ""
    members: tuple[str, ...] = ()
    until: date | None = None
    body: tuple[str, ...] = ()

    def data(self) -> dict[str, object]:
        """For the template: texts, lists of texts; never typst."""
        texts = {
            name: tidy(getattr(self, name))
            for name in (
                "number", "heading", "programme", "work", "kind", "level", "organisation", "reference",
            )
        }  # fmt: skip
        lists = {
            name: [text for one in getattr(self, name) if (text := tidy(one))]
            for name in ("issuers", "recipients", "members", "body")
        }
        dates = {
            "day": chinese_date(self.day),
            "until": chinese_date(self.until) if self.until else "",
        }
        return {**texts, **lists, **dates, "address": self.address, "qr": svg(self.address)}


def chinese_date(day: date) -> str:
    """二〇二六年十一月二十二日"""
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{day.year:04}")
    return f"{year}年{chinese_numeral(day.month)}月{chinese_numeral(day.day)}日"


def tidy(text: str) -> str:
    """One line in composed form: no control or invisible characters, single spaces."""
    visible = "".join(
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf")
    )
    return " ".join(visible.split())
