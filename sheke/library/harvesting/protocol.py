"""OAI-PMH 2.0: what a request may say. The standard: openarchives.org/OAI/openarchivesprotocol.html."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


@dataclass(frozen=True)
class Verb:
    """exclusive: an argument that comes alone, instead of all others."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    exclusive: str = ""


LISTING = Verb(("metadataPrefix",), ("from", "until", "set"), "resumptionToken")
VERBS = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=("identifier",)),
    "ListSets": Verb(exclusive="resumptionToken"),
    "GetRecord": Verb(("identifier", "metadataPrefix")),
    "ListIdentifiers": LISTING,
    "ListRecords": LISTING,
}


class OaiError(Exception):
    """One of the standard's errors."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Asked:
    """A verb with its arguments, all of them known and none missing."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.arguments.get(name, "")


def read(pairs: Iterable[tuple[str, list[str]]]) -> Asked:
    """From (name, values) pairs of a query or form. Raises OaiError: badVerb, badArgument."""
    given = {name: list(values) for name, values in pairs}
    verbs = given.pop("verb", [])
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", "Give one verb: " + ", ".join(VERBS) + ".")
    verb = VERBS[verbs[0]]
    if repeated := [name for name, values in given.items() if len(values) > 1]:
        raise OaiError("badArgument", f"Given more than once: {', '.join(sorted(repeated))}.")
    arguments = {name: values[0] for name, values in given.items()}
    known = {*verb.required, *verb.optional} | ({verb.exclusive} if verb.exclusive else set())
    if unknown := arguments.keys() - known:
        raise OaiError("badArgument", f"{verbs[0]} knows no {', '.join(sorted(unknown))}.")
    if verb.exclusive in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", f"{verb.exclusive} comes alone.")
    elif missing := [name for name in verb.required if name not in arguments]:
        raise OaiError("badArgument", f"Missing: {', '.join(missing)}.")
    return Asked(verbs[0], arguments)


@dataclass(frozen=True)
class Period:
    """since <= datestamp < before; None: open."""

    since: datetime | None = None
    before: datetime | None = None


def period(first: str, last: str) -> Period:
    """Of `from` and `until`, both included. Raises OaiError when they are no dates or do not fit."""
    if first and last and len(first) != len(last):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    since = _moment(first) if first else None
    until = _moment(last) if last else None
    if since and until and since > until:
        raise OaiError("badArgument", "from is later than until.")
    step = timedelta(days=1) if len(last) == 10 else timedelta(seconds=1)
    try:
        return Period(since, until + step if until else None)
    except OverflowError:
        return Period(since)


def _moment(text: str) -> datetime:
    try:
        if DAY.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
        if SECOND.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise OaiError("badArgument", f"“{text}” is no date: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def stamp(moment: datetime) -> str:
    """A datestamp, in UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
