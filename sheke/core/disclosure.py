"""Personal data in a text: found before anything is published, for a person to decide about.

found = find_personal_data("联系人张某，电话13800138000。")
[(one.kind, one.masked) for one in found]    # [("mobile", "138****8000")]

What has a check digit is checked (identity numbers by GB 11643, bank cards by Luhn), phone numbers
follow the numbering plan, and a run of digits that is part of a longer one, of an amount, of a
document number or of a date is none of these. Findings are doubts, not proofs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

LABELS: dict[str, str | Promise] = {
    "identity": _("identity number"),
    "mobile": _("mobile number"),
    "landline": _("telephone number"),
    "card": _("bank card number"),
    "mail": _("mail address"),
}
# Full-width digits and signs are read as the plain ones; the length stays, so places stay true.
PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ＠．－＋　", "0123456789Xx@.-+ ")
AROUND = 12  # characters shown on either side


@dataclass(frozen=True)
class Finding:
    """One place: `start`–`end` in the text; `excerpt` shows it among its neighbours, masked."""

    kind: str
    start: int
    end: int
    masked: str
    excerpt: str

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])

    @property
    def key(self) -> str:
        """What a confirmation names: it no longer fits when the text there is another."""
        return f"{self.kind}:{self.start}:{self.masked}"


def find_personal_data(text: str) -> list[Finding]:
    """Every place in the text, in order; of two that overlap the one named first in FINDERS."""
    plain = text.translate(PLAIN)
    taken: list[tuple[str, int, int]] = []
    for kind, start, end in _all(plain):
        if not any(start < other_end and other < end for _k, other, other_end in taken):
            taken.append((kind, start, end))
    taken.sort(key=lambda one: one[1])
    return [_finding(kind, start, end, plain, taken) for kind, start, end in taken]


def mask(kind: str, value: str) -> str:
    """Enough to know it again, too little to use it."""
    if kind == "mail":
        name, _at, host = value.partition("@")
        return f"{name[:1]}***@{host}"
    signs = re.sub(r"[\s()（）+-]", "", value)
    if kind == "mobile":
        signs = signs[-11:]
    head, tail = {"identity": (3, 2), "card": (4, 2), "landline": (4, 2)}.get(kind, (3, 4))
    return f"{signs[:head]}****{signs[-tail:]}"


def _finding(
    kind: str, start: int, end: int, text: str, taken: Iterable[tuple[str, int, int]]
) -> Finding:
    """The excerpt masks its neighbours too: a list of numbers must not be shown around one of them."""
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    pieces, at = [], left
    for other, first, last in taken:
        if last <= left or first >= right:
            continue
        pieces += [text[at : max(at, first)], mask(other, text[first:last])]
        at = last
    excerpt = "".join([*pieces, text[at:right]])
    return Finding(kind, start, end, mask(kind, text[start:end]), " ".join(excerpt.split()))


def _all(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, finder in FINDERS.items():
        for start, end in finder(text):
            yield kind, start, end


# A number stands alone: no digit, and no decimal or thousands sign with a digit, beside it.
BEFORE = r"(?<![0-9A-Za-z])(?<![0-9][.,，])(?<![〔\[#№第])"
# No measure word behind it: 13812345678人次 is a count. 人事处 and 人民 begin something else.
AFTER = r"(?![0-9A-Za-z])(?![.,，][0-9])(?![〕\]元万亿%％‰件次场篇册部项名岁期个家户株亩份页字]|人(?![事民力员大]))"
IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"
)
MOBILE = re.compile(BEFORE + r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}" + AFTER)
LANDLINE = re.compile(
    BEFORE + r"(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3})[ -]?[2-8]\d{2,3}[ -]?\d{4}" + AFTER
)
# Without its area code a number is one only where the words before it say so.
LOCAL = re.compile(
    r"(?:电话|座机|传真|热线|拨打|致电|联系方式|[Tt]el|TEL|[Pp]hone|[Ff]ax)[^0-9\n]{0,6}"
    r"(?P<number>[2-8]\d{2,3}[ -]?\d{4})" + AFTER
)
CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,，])[3-6]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{1,7}" + AFTER
)
MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![A-Za-z0-9])"
)


def _identities(text: str) -> Iterator[tuple[int, int]]:
    for found in IDENTITY.finditer(text):
        digits = re.sub(r"[ -]", "", found.group()).upper()
        if len(digits) == 15 or _is_identity(digits):
            yield found.span()


def _is_identity(number: str) -> bool:
    """Day of birth and check digit are right. The place is not asked: codes of the past live on."""
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    for found in MOBILE.finditer(text):
        if not found.group().endswith("000000"):  # 15000000000 is a round figure
            yield found.span()


def _landlines(text: str) -> Iterator[tuple[int, int]]:
    for found in LANDLINE.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _is_in_the_plan(digits):
            yield found.span()
    for found in LOCAL.finditer(text):
        yield found.span("number")


def _is_in_the_plan(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "CN"))
    except phonenumbers.NumberParseException:
        return False


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in CARD.finditer(text):
        digits = re.sub(r"[ -]", "", found.group())
        if 15 <= len(digits) <= 19 and len(set(digits)) > 3 and luhn.is_valid(digits):
            yield found.span()


def _mails(text: str) -> Iterator[tuple[int, int]]:
    for found in MAIL.finditer(text):
        yield found.span()


FINDERS = {
    "identity": _identities, "card": _cards, "mobile": _mobiles, "landline": _landlines,
    "mail": _mails,
}  # fmt: skip
