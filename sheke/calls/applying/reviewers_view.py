"""The submission as reviewers will see it, with the places where it names its people. Pure but for reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sheke.definitions.programmes import Field

from ..blinding import Finding, Identity, Organisation, Person, find, text_passages
from ..models import Submission
from ..values import check_values, shown
from .checklist import uploads_of
from .writing import guide


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `of` is whose name it is, "" for what is no name."""

    text: str
    of: str = ""
    reason: str = ""
    hint: bool = False


@dataclass(frozen=True)
class Seen:
    """A field that reviewers see: its text in pieces, or clean HTML where no name stands in it."""

    field: Field
    pieces: list[Piece]
    html: str = ""
    files: list[str] | None = None

    @property
    def names(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.of or piece.hint]


def seen_by_reviewers(submission: Submission) -> list[Seen]:
    """Every field that reviewers see and that is filled in, in the order of the form."""
    programme, topics = submission.edition.programme, guide(submission.call)
    clean, _faults = check_values(
        programme, submission.values, topics=topics, uploads=uploads_of(submission)
    )
    identity = identity_of(submission)
    endings = dict(submission.uploads.values_list("pk", "name"))
    found = []
    for field in programme.fields:
        if not field.reviewers or field.key not in clean:
            continue
        value = clean[field.key]
        if field.kind == "files":
            found.append(Seen(field, [], files=_blind_names(value, endings)))
            continue
        pieces = pieces_of(shown(field, value, topics=topics), identity)
        plain = not any(piece.of or piece.hint for piece in pieces)
        found.append(Seen(field, pieces, html=str(value) if field.kind == "rich" and plain else ""))
    return found


def identity_of(submission: Submission) -> Identity:
    """Names that would reveal the people of a submission."""
    members = list(submission.members.select_related("organisation"))
    names = {m.employer for m in members if m.employer}
    units = [m.organisation for m in members if m.organisation]
    if submission.organisation is not None:
        units.append(submission.organisation)
    short = {unit.name: unit.short_name for unit in units}
    return Identity(
        people=tuple(Person(name) for name in dict.fromkeys(m.name for m in members if m.name)),
        organisations=tuple(
            Organisation(name, others=(short[name],) if short.get(name) else ())
            for name in sorted(names | set(short))
        ),
        phones=tuple(m.phone for m in members if m.phone),
        mails=tuple(m.email for m in members if m.email),
    )


def pieces_of(text: str, identity: Identity) -> list[Piece]:
    """The text cut where names stand in it."""
    passages = text_passages(text)
    by_line: dict[int, list[Finding]] = {}
    for finding in find(passages, identity):
        by_line.setdefault(finding.place.number, []).append(finding)
    pieces: list[Piece] = []
    for passage in passages:
        pieces += _cut(passage.text, by_line.get(passage.place.number, []))
        pieces.append(Piece("\n"))
    return pieces[:-1]


def _cut(text: str, findings: Iterable[Finding]) -> Iterable[Piece]:
    done = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.start < done:
            continue
        if finding.start > done:
            yield Piece(text[done : finding.start])
        hint = finding.confidence == "hint"
        yield Piece(
            text[finding.start : finding.end], "" if hint else finding.of, finding.reason, hint
        )
        done = finding.end
    if done < len(text):
        yield Piece(text[done:])


def _blind_names(uploads: list[int], names: Mapping[int, Any]) -> list[str]:
    """What files are called for reviewers: a number and the ending."""
    return [
        f"{n}.{str(names.get(pk, '')).rpartition('.')[2].lower()}"
        for n, pk in enumerate(uploads, start=1)
    ]
