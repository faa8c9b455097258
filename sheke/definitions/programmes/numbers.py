"""Numbers of certificates by a declared pattern: 云社科奖〔{year}〕第{serial:4}号."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

PLACEHOLDER = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
KNOWN = {"year", "serial", "level", "kind"}
LONGEST = 60


@dataclass(frozen=True)
class NumberPattern:
    """{year} is the year, {serial:4} the running number with zeros to four places.

    {level} and {kind} are short texts, such as 甲. The running number must stand once. Raises
    BadInput for what cannot be a pattern.
    """

    text: str

    def __post_init__(self) -> None:
        names = [match[1] for match in PLACEHOLDER.finditer(self.text)]
        rest = PLACEHOLDER.sub("", self.text)
        if "{" in rest or "}" in rest:
            raise BadInput(_("Pattern “%(text)s”: a brace has no partner.") % {"text": self.text})
        for name in names:
            if name not in KNOWN:
                raise BadInput(_("Pattern “%(text)s”: {%(name)s} is not known; there are %(known)s.") % {
                    "text": self.text, "name": name,
                    "known": ", ".join(f"{{{one}}}" for one in sorted(KNOWN)),
                })  # fmt: skip
        if names.count("serial") != 1:
            raise BadInput(
                _("Pattern “%(text)s”: the running number {serial} must stand once.")
                % {"text": self.text}
            )
        if not rest.isprintable() or len(self.text) > LONGEST:
            raise BadInput(
                _("Pattern “%(text)s”: one line of at most %(n)s characters, please.")
                % {"text": self.text, "n": LONGEST}
            )
        for match in PLACEHOLDER.finditer(self.text):
            self._check_width(match)

    def _check_width(self, match: re.Match[str]) -> None:
        width = match[2]
        if width is not None and not (match[1] == "serial" and re.fullmatch("0?[1-9]", width)):
            raise BadInput(
                _("Pattern “%(text)s”: %(place)s: places are declared as in {serial:4}, up to 9.")
                % {"text": self.text, "place": match[0]}
            )

    def number(self, *, serial: int, year: int, level: str = "", kind: str = "") -> str:
        """The number; a serial that outgrows its places keeps all its digits."""
        if serial < 1:
            raise BadInput(_("Running numbers begin with 1."))
        values = {"year": f"{year:04}", "serial": str(serial), "level": level, "kind": kind}
        for match in PLACEHOLDER.finditer(self.text):
            if not values[match[1]]:
                raise BadInput(
                    _("Pattern “%(text)s”: {%(name)s} has no value.")
                    % {"text": self.text, "name": match[1]}
                )
        return PLACEHOLDER.sub(lambda match: values[match[1]].zfill(int(match[2] or 0)), self.text)

    def serial(self, number: str) -> int | None:
        """The running number inside a number made by this pattern; None if it was not."""
        parts = {"year": r"\d{4}", "serial": r"(?P<serial>\d+)", "level": ".+", "kind": ".+"}
        pattern, at = "", 0
        for match in PLACEHOLDER.finditer(self.text):
            pattern += re.escape(self.text[at : match.start()]) + parts[match[1]]
            at = match.end()
        found = re.fullmatch(pattern + re.escape(self.text[at:]), number)
        return int(found["serial"]) if found else None
