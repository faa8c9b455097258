"""A packet made from a version: what reviewers may see, and where it still names its authors.

A finding is JSON: {id, spot, place, start, end, text, kind, of, confidence, reason, before, after}. `spot` is the
field, for a table “field/row/column”; for a file it is empty. `place` is [kind, number, part] as in blinding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.programmes import Field, Programme, Stage

from ..blinding import (
    Finding,
    Identity,
    Place,
    blind,
    find,
    read_packet,
    redact,
    redact_text,
    text_passages,
)
from ..values import rich_text

KEPT, REPLACED, WITHHELD = "kept", "replaced", "withheld"
TEXTS = ("text", "paragraphs", "rich")
MOST_AT_ONCE = 5000  # findings decided on in one act
UNREAD = "unread"  # pictures in a file: nobody but a human can look at them
Values = dict[str, Any]


@dataclass
class Stripped:
    """A file as reviewers would get it; `data` is None where it cannot be made blind, `problem` says why."""

    data: bytes | None
    problem: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)


def shown_fields(programme: Programme, stage: Stage) -> list[Field]:
    """The fields of a packet. Organisations that take part tell who applies: not where it is blind."""
    hidden = ("organisations",) if stage.blind == "double" else ()
    return [each for each in programme.fields if each.reviewers and each.kind not in hidden]


def packet_values(programme: Programme, stage: Stage, values: Mapping[str, Any]) -> Values:
    """The values of those fields; files stand beside."""
    fields = [each for each in shown_fields(programme, stage) if each.kind != "files"]
    return {each.key: values[each.key] for each in fields if each.key in values}


def search_values(programme: Programme, values: Values, identity: Identity) -> list[dict[str, Any]]:
    """Findings in the texts of a packet."""
    found: list[dict[str, Any]] = []
    for spot, text in _spots(programme, values):
        for finding in find(text_passages(text), identity):
            found.append(_plain(finding, spot, f"v{len(found) + 1}"))
    return found


def _spots(programme: Programme, values: Values) -> Iterator[tuple[str, str]]:
    """Every text of the values with its place."""
    for each in programme.fields:
        value = values.get(each.key)
        if not value:
            continue
        if each.kind in TEXTS:
            yield each.key, rich_text(value) if each.kind == "rich" else str(value)
        elif each.kind == "table":
            for number, row in enumerate(value):
                for column, text in row.items():
                    yield f"{each.key}/{number}/{column}", str(text)


def redacted_values(
    programme: Programme, values: Values, findings: Iterable[Mapping[str, Any]]
) -> Values:
    """The values with `findings` blacked out. A rich text in which one is becomes plain paragraphs."""
    by_spot: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        by_spot[each["spot"]].append(_finding(each))
    texts = dict(_spots(programme, values))
    made: Values = {
        key: [dict(row) for row in value]
        if value and isinstance(value, list) and isinstance(value[0], dict)
        else value
        for key, value in values.items()
    }
    for spot, found in by_spot.items():
        key, _slash, inside = spot.partition("/")
        text = redact_text(texts[spot], found)
        if inside:
            number, _slash, column = inside.partition("/")
            made[key][int(number)][column] = text
        else:
            definition = programme.field(key)
            rich = definition is not None and definition.kind == "rich"
            made[key] = _paragraphs(text) if rich else text
    return made


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def strip_file(data: bytes, name: str, identity: Identity) -> Stripped:
    """A file without traces, searched for names. Never raises: a problem is told."""
    try:
        blinded = blind(data, name)
        read = read_packet(blinded, name)
        found = [
            _plain(each, "", f"p{number}")
            for number, each in enumerate(find(read.passages, identity), start=1)
        ]
    except BadInput as error:
        return Stripped(None, str(error)[:300])
    if read.unread:
        found.append(_unread(read.unread))
    return Stripped(blinded, "", found)


def redacted_file(data: bytes, name: str, findings: Iterable[Mapping[str, Any]]) -> bytes:
    """The stripped file with `findings` blacked out; `data` as it was uploaded. Raises BadInput."""
    blinded, wanted = blind(data, name), [_finding(each) for each in findings]
    return redact(blinded, name, wanted) if wanted else blinded


def neutral_name(label: str, number: int, name: str) -> str:
    """A file's name by the field's: what the applicant called it tells too much."""
    return f"{label}{number}{Path(name).suffix.lower()}"[:200]


def _unread(places: list[Place]) -> dict[str, Any]:
    labels = "、".join(place.label for place in places[:5])
    more = len(places) - 5
    if more > 0:
        labels += _(" and %(n)s more") % {"n": more}
    return {
        "id": "p0", "spot": "", "place": ["picture", 0, ""], "start": 0, "end": 0, "text": labels,
        "kind": UNREAD, "of": "", "confidence": "look",
        "reason": _("pictures cannot be searched; look at them yourself"), "before": "", "after": "",
    }  # fmt: skip


def _plain(finding: Finding, spot: str, number: str) -> dict[str, Any]:
    place = finding.place
    return {
        "id": number, "spot": spot, "place": [place.kind, place.number, place.part],
        "start": finding.start, "end": finding.end, "text": finding.text, "kind": finding.kind,
        "of": finding.of, "confidence": finding.confidence, "reason": str(finding.reason),
        "before": finding.before, "after": finding.after,
    }  # fmt: skip


def _finding(data: Mapping[str, Any]) -> Finding:
    known = {key: data[key] for key in (
        "start", "end", "text", "kind", "of", "confidence", "reason", "before", "after",
    )}  # fmt: skip
    return Finding(place=Place(*data["place"]), **known)


def marked(
    findings: list[dict[str, Any]], settled: Mapping[str, str], prefix: str = ""
) -> list[dict[str, Any]]:
    """Findings with what was decided on each; `prefix` tells the files' apart."""
    return [each | {"key": prefix + each["id"], "settled": settled.get(prefix + each["id"], "")}
            for each in findings]  # fmt: skip
