"""Stages, the rubric, what comes out, letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from sheke.definitions.programmes.programme import LETTERS
from sheke.definitions.schemas import RecordType

from .rows import Row, keyed, number, put, rows, said, text, ticked

EMPTY_STAGE: Row = {"key": "", "name": {"zh": ""}, "kind": "check"}
EMPTY_CRITERION: Row = {"key": "", "name": {"zh": ""}, "weight": 1, "least": 0, "most": 100}
EMPTY_LEVEL: Row = {"key": "", "name": {"zh": ""}}
EMPTY_MILESTONE: Row = {"key": "", "name": {"zh": ""}, "kind": "report", "months": 6}
EMPTY_RECORD: Row = {"type": "", "title": "{title}", "amounts": {}, "fields": {}}
Types = Mapping[str, RecordType]


def stages(post: QueryDict) -> list[Row]:
    return keyed(rows(post, "stages", _stage, EMPTY_STAGE), "stage")


def rubric(post: QueryDict) -> Row | None:
    """The rubric, or None where there are no criteria."""
    criteria = keyed(rows(post, "criteria", _criterion, EMPTY_CRITERION), "criterion")
    if not criteria:
        return None
    found: Row = {"criteria": criteria, "comment": post.get("comment") or "required"}
    return put(
        found, comment_least=number(post, "comment_least"), trim=number(post, "trim"),
        disagreement=number(post, "disagreement"),
    )  # fmt: skip


def outcome(post: QueryDict, types: Types) -> Row:
    kind = post.get("outcome") or "certificate"
    found: Row = {"kind": kind, "levels": keyed(rows(post, "levels", _level, EMPTY_LEVEL), "level")}
    put(found, money=said(post, "money"))
    if kind == "project":
        milestones = rows(post, "milestones", _milestone, EMPTY_MILESTONE)
        found["milestones"] = keyed(milestones, "milestone")
        put(found, months=number(post, "months"), signing=number(post, "signing"))
    if kind == "accreditation":
        put(found, years=number(post, "years"))
    if ticked(post, "certificate"):
        found["certificate"] = put(
            {"template": post.get("template") or "award", "number": text(post, "pattern")},
            wording=said(post, "wording"),
        )

    def record(post: QueryDict, row: str) -> Row:
        return _record(post, row, types)

    found["records"] = rows(post, "records", record, EMPTY_RECORD)
    if kind == "project":
        found["closing_records"] = rows(post, "closing_records", record, EMPTY_RECORD)
    return found


def letters(post: QueryDict) -> dict[str, Row]:
    """The letters in which something stands."""
    found = {}
    for key in LETTERS:
        letter = {
            "subject": said(post, f"letters-{key}-subject"),
            "body": said(post, f"letters-{key}-body"),
        }
        if any(text for words in letter.values() for text in words.values()):
            found[key] = letter
    return found


def _stage(post: QueryDict, row: str) -> Row:
    kind = post.get(f"{row}-kind") or "check"
    stage: Row = {
        "key": text(post, f"{row}-key"), "name": said(post, f"{row}-name"), "kind": kind,
    }  # fmt: skip
    put(stage, help=said(post, f"{row}-help"), days=number(post, f"{row}-days"))
    if kind == "review":
        put(
            stage, reviews=number(post, f"{row}-reviews"), blind=text(post, f"{row}-blind"),
            organisation_cap=number(post, f"{row}-organisation_cap"),
        )  # fmt: skip
        stage["load"] = [
            0 if (least := number(post, f"{row}-load_least")) is None else least,
            30 if (most := number(post, f"{row}-load_most")) is None else most,
        ]
    elif kind == "panel":
        put(
            stage, quorum=_share(post, f"{row}-quorum"), majority=_share(post, f"{row}-majority"),
            blind=text(post, f"{row}-blind"),
        )  # fmt: skip
    elif kind == "notice":
        put(stage, working_days=number(post, f"{row}-working_days"))
    return stage


def _share(post: QueryDict, name: str) -> Any:
    """Percent as a share of one; two thirds are written 66.67."""
    given = number(post, name)
    return round(given / 100, 6) if isinstance(given, int | float) else given


def _criterion(post: QueryDict, row: str) -> Row:
    criterion: Row = {"key": text(post, f"{row}-key"), "name": said(post, f"{row}-name")}
    return put(
        criterion, help=said(post, f"{row}-help"), weight=number(post, f"{row}-weight"),
        least=number(post, f"{row}-least"), most=number(post, f"{row}-most"),
    )  # fmt: skip


def _level(post: QueryDict, row: str) -> Row:
    level: Row = {"key": text(post, f"{row}-key"), "name": said(post, f"{row}-name")}
    return put(level, most=number(post, f"{row}-most"), amount=number(post, f"{row}-amount"))


def _milestone(post: QueryDict, row: str) -> Row:
    milestone: Row = {
        "key": text(post, f"{row}-key"), "name": said(post, f"{row}-name"),
        "kind": post.get(f"{row}-kind") or "report",
    }  # fmt: skip
    return put(
        milestone, help=said(post, f"{row}-help"), months=number(post, f"{row}-months"),
        instalment=number(post, f"{row}-instalment"),
    )  # fmt: skip


def _record(post: QueryDict, row: str, types: Types) -> Row:
    record: Row = {
        "type": text(post, f"{row}-type"), "title": text(post, f"{row}-title") or "{title}",
        "amounts": {}, "fields": {},
    }  # fmt: skip
    put(record, of=text(post, f"{row}-of"))
    if kinds := post.getlist(f"{row}-outputs"):
        record["outputs"] = kinds
    if (type_ := types.get(record["type"])) is None:
        return record
    for measure in type_.measures:
        put(record["amounts"], **{measure.key: text(post, f"{row}-amounts-{measure.key}")})
    for field in type_.fields:
        value: Any = text(post, f"{row}-fields-{field.key}")
        if field.kind == "boolean" and value in ("true", "false"):
            value = value == "true"
        put(record["fields"], **{field.key: value})
    return record
