"""Calls and submissions in words: topics, the values of a form, two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheke.definitions.programmes import Field, Programme, Section

from .models import Submission, Version
from .values import Topics, shown


@dataclass(frozen=True)
class Said:
    """One field and what it says; `before` is what it said in the version before."""

    field: Field
    text: str
    before: str = ""

    @property
    def changed(self) -> bool:
        return self.text != self.before


@dataclass(frozen=True)
class Part:
    """A section of the form with what its fields say."""

    section: Section
    said: list[Said]


def parts_of(
    programme: Programme, values: Mapping[str, Any], *, topics: Topics,
    files: Mapping[int, str] | None = None, before: Mapping[str, Any] | None = None,
) -> list[Part]:  # fmt: skip
    """The form with its values in words, by section."""
    return [
        Part(
            section,
            [
                Said(
                    field,
                    shown(field, values.get(field.key), topics=topics, files=files),
                    shown(field, (before or {}).get(field.key), topics=topics, files=files),
                )
                for field in section.fields
            ],
        )
        for section in programme.sections
    ]  # fmt: skip


def changes_between(
    newer: Version, older: Version, *, topics: Topics, files: Mapping[int, str]
) -> list[Said]:
    """The fields that say something else in the newer version, and the people where they changed."""
    parts = parts_of(
        newer.edition.programme, newer.values, topics=topics, files=files, before=older.values
    )
    return [said for part in parts for said in part.said if said.changed]


def people_in_words(version: Version, programme: Programme) -> list[str]:
    """The people of a version, one a line."""
    lines = []
    for person in version.people:
        role = programme.people.role(person.get("role", ""))
        name = str(role.name) if role else str(programme.applicant)
        lines.append(" · ".join(filter(None, [name, person.get("name"), person.get("employer")])))
    return lines


def names_of_files(submission: Submission) -> dict[int, str]:
    """{number of an upload: its name}. One query."""
    return dict(submission.uploads.values_list("pk", "name"))
