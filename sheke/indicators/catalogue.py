"""All current definitions at hand, read once for a batch of questions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.current import current_of_all
from sheke.definitions.models import Definition, Edition
from sheke.definitions.schemas import Indicator, RecordType
from sheke.directory.queries import roots

from .questions import Question


@dataclass(frozen=True)
class Catalogue:
    """The current editions of record types and indicators by key."""

    types: dict[str, Edition]
    indicators: dict[str, Edition]
    sole_root: int | None = None  # the organisation that contains every other, if one does

    @classmethod
    def load(cls) -> Catalogue:
        """Two queries; retired definitions are included, since old records and reports use them."""
        editions = current_of_all()
        types = editions.get(Definition.Kind.RECORD_TYPE, {})
        indicators = editions.get(Definition.Kind.INDICATOR, {})
        found = roots()
        return cls(types, indicators, found[0].pk if len(found) == 1 else None)

    def contains_all(self, question: Question) -> bool:
        """Whether the scope of a question is the whole tree."""
        narrowed = question.own or question.kinds
        return not narrowed and question.organisation.pk == self.sole_root

    def type_id(self, key: str) -> int:
        return self._type(key).definition_id

    def record_type(self, key: str) -> RecordType:
        return self._type(key).record_type

    def indicator(self, key: str) -> Edition:
        """Raises BadInput with close keys when there is none of this key."""
        try:
            return self.indicators[key]
        except KeyError:
            raise BadInput(_unknown(_("indicator"), key, self.indicators)) from None

    def parts(self, edition: Edition) -> list[Edition]:
        """The counted indicators behind one: itself, or a ratio's numerator and denominator."""
        indicator: Indicator = edition.indicator
        keys = [key for key in (indicator.numerator, indicator.denominator) if key]
        return [self.indicator(key) for key in keys] or [edition]

    def digest(self, edition: Edition) -> str:
        """SHA-256 over an indicator and all that it is made of; another one means another definition."""
        digests = [edition.digest, *(part.digest for part in self.parts(edition))]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()

    def _type(self, key: str) -> Edition:
        try:
            return self.types[key]
        except KeyError:
            raise BadInput(_unknown(_("record type"), key, self.types)) from None


def _unknown(what: str, key: str, known: dict[str, Edition]) -> str:
    close = get_close_matches(key, known, n=3)
    hint = _(" Did you mean %(keys)s?") % {"keys": ", ".join(close)} if close else ""
    return _("There is no %(what)s “%(key)s”.") % {"what": what, "key": key} + hint
