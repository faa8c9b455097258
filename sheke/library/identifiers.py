"""Numbers by which the world knows works and people: their normal form, and whether they can be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext as _
from stdnum import isbn, issn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

from sheke.core.errors import BadInput

from .models import Identifier

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
# The registrant may be subdivided; what follows the slash is the registrant's own affair.
DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/\S+")
DOI_PREFIXES = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
# GB/T 9999: the region's two digits and the number of the title, and for periodicals the class of
# the Chinese Library Classification: CN 11-1234/C, CN 51-1001 (a newspaper has no class).
CN = re.compile(r"(\d{2})-(\d{4})(?:/([A-Z]{1,2}\d{0,3}|[A-Z]\d{1,3}(?:\.\d)?))?")
ORCID_PREFIX = re.compile(r"^(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)


def normal_isbn(value: str) -> str:
    """13 digits with hyphens where the ranges are known: 978-7-04-044703-3; ten digits become 13."""
    digits = _after(value, "ISBN(?:-1[03])?")
    try:
        return str(isbn.format(isbn.validate(digits, convert=True)))
    except ValidationError:
        raise BadInput(
            _("“%(value)s” is no ISBN: 10 or 13 digits, of which the last checks the others.")
            % {"value": value.strip()}
        ) from None


def normal_issn(value: str) -> str:
    """Two groups of four: 1000-0135."""
    try:
        return str(issn.format(issn.validate(_after(value, "ISSN"))))
    except ValidationError:
        raise BadInput(
            _("“%(value)s” is no ISSN: 8 characters, of which the last checks the others.")
            % {"value": value.strip()}
        ) from None


def normal_doi(value: str) -> str:
    """Without an address or “doi:” before it, in small letters: a DOI is the same in either case."""
    found = DOI_PREFIXES.sub("", _plain(value)).lower()
    if not DOI.fullmatch(found):
        raise BadInput(
            _("“%(value)s” is no DOI: it begins with 10. and has a slash, as 10.1000/182.")
            % {"value": value.strip()}
        )
    return found


def normal_cn(value: str) -> str:
    """The number of a periodical or newspaper in China: CN 11-1234/C."""
    found = CN.fullmatch(re.sub(r"\s+", "", _after(value.upper(), "CN")))
    if found is None:
        raise BadInput(
            _("“%(value)s” is no CN number: write it as CN 11-1234/C.") % {"value": value.strip()}
        )
    region, title, subject = found.groups()
    return f"CN {region}-{title}" + (f"/{subject}" if subject else "")


def normal_orcid(value: str) -> str:
    """Four groups of four: 0000-0002-1825-0097."""
    digits = re.sub(r"[\s-]", "", ORCID_PREFIX.sub("", _plain(value))).upper()
    if not re.fullmatch(r"\d{15}[\dX]", digits) or not mod_11_2.is_valid(digits):
        raise BadInput(
            _("“%(value)s” is no ORCID: 16 digits, of which the last checks the others.")
            % {"value": value.strip()}
        )
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def normal_other(value: str) -> str:
    """As it was written, on one line: 京政办发〔2005〕37号, GB/T 7714—2015."""
    found = re.sub(r"\s+", " ", value).strip()
    if not found:
        raise BadInput(_("The number is missing."))
    return found


NORMAL: dict[str, Callable[[str], str]] = {
    Identifier.Scheme.ISBN: normal_isbn,
    Identifier.Scheme.ISSN: normal_issn,
    Identifier.Scheme.DOI: normal_doi,
    Identifier.Scheme.CN: normal_cn,
    Identifier.Scheme.OTHER: normal_other,
}


def normal_identifier(scheme: str, value: str) -> str:
    """The number in the one form in which it is kept. Raises BadInput when it cannot be right."""
    if scheme not in NORMAL:
        raise BadInput(_("“%(scheme)s” is no kind of number that is known.") % {"scheme": scheme})
    return NORMAL[scheme](value)


def _plain(value: str) -> str:
    """Half width, with plain hyphens, without spaces around it."""
    return unicodedata.normalize("NFKC", value).translate(DASHES).strip()


def _after(value: str, name: str) -> str:
    """Without the name of the scheme before it: “ISSN：1000-0135”."""
    return re.sub(rf"^{name}\s*[:：]?\s*", "", _plain(value), flags=re.IGNORECASE)
