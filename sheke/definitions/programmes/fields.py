"""The form of a programme: sections of fields. Keys of fields are stable over editions."""

from __future__ import annotations

from typing import Literal

import pydantic
from django.utils.translation import gettext as _
from pydantic import model_validator

from ..schemas import Choice, Key, Schema, Words

# What the engine reads a field as, beside printing it.
USES = {
    "title": ("text",), "summary": ("paragraphs", "rich"), "keywords": ("text",),
    "discipline": ("choice",), "category": ("choice",), "amount": ("amount",), "ends": ("date",),
}  # fmt: skip
FILE_TYPES = ("pdf", "docx", "xlsx", "pptx", "jpg", "png", "mp4", "zip")


class Column(Schema):
    """A column of a table field."""

    key: Key
    name: Words
    kind: Literal["text", "number", "date", "choice"] = "text"
    choices: tuple[Choice, ...] = ()
    required: bool = False


class PeopleRole(Schema):
    """A part that people have in a submission: co-applicant, referee, adviser."""

    key: Key
    name: Words
    least: int = pydantic.Field(default=0, ge=0, le=50)
    most: int = pydantic.Field(default=10, ge=1, le=50)
    consents: bool = True  # agrees by a link before the submission can be sent
    referee: bool = False  # recommends and does not take part

    @model_validator(mode="after")
    def least_is_not_above_most(self) -> PeopleRole:
        if self.least > self.most:
            raise ValueError(_("at least %(least)s people cannot be at most %(most)s")
                             % {"least": self.least, "most": self.most})  # fmt: skip
        return self


class People(Schema):
    """Who stands behind a submission beside its lead, and what is asked of each of them."""

    roles: tuple[PeopleRole, ...] = ()
    asks: tuple[
        Literal["born_on", "gender", "title", "degree", "discipline", "phone", "email", "task"], ...
    ] = ("title",)

    def role(self, key: str) -> PeopleRole | None:
        return next((role for role in self.roles if role.key == key), None)


class Field(Schema):
    """One thing that applicants fill in.

    text        one line            paragraphs  plain text        rich      cleaned HTML
    choice, choices                 boolean, number, date         amount    a sum of money
    topic       one of the call's topic guide                     table     rows of columns
    organisations  units that take part                           files     uploads
    """

    key: Key
    name: Words
    kind: Literal[
        "text", "paragraphs", "rich", "choice", "choices", "boolean", "number", "date", "amount",
        "topic", "organisations", "table", "files",
    ] = "text"  # fmt: skip
    help: Words | None = None
    required: bool = True
    reviewers: bool = True  # stands in the packet that reviewers see
    use: Literal[
        "title", "summary", "keywords", "discipline", "category", "amount", "ends"
    ] | None = None  # fmt: skip
    limit: int | None = pydantic.Field(default=None, ge=1, le=200_000)  # characters
    choices: tuple[Choice, ...] = ()
    unit: Words | None = None
    places: int = pydantic.Field(default=0, ge=0, le=4)
    least: float | None = None
    most: float | None = None
    columns: tuple[Column, ...] = ()
    rows: int = pydantic.Field(default=20, ge=1, le=200)  # of a table, or organisations, at most
    types: tuple[Literal["pdf", "docx", "xlsx", "pptx", "jpg", "png", "mp4", "zip"], ...] = ()
    megabytes: int = pydantic.Field(default=20, ge=1, le=500)  # of one file, at most
    files: int = pydantic.Field(default=1, ge=1, le=50)  # at most

    @model_validator(mode="after")
    def parts_fit_the_kind(self) -> Field:
        chooses = self.kind in ("choice", "choices")
        if chooses and len(self.choices) < 2:
            raise ValueError(_("a choice needs at least two choices"))
        if not chooses and self.choices:
            raise ValueError(_("only a choice has choices"))
        if (self.kind == "table") != bool(self.columns):
            raise ValueError(_("a table needs columns, and only a table has them"))
        if (self.kind == "files") != bool(self.types):
            raise ValueError(_("files need the types that are taken, and only files have them"))
        if self.limit and self.kind not in ("text", "paragraphs", "rich"):
            raise ValueError(_("only a text has a limit of characters"))
        if self.use and self.kind not in USES[self.use]:
            raise ValueError(_("“%(use)s” is read from a field of the kind %(kinds)s")
                             % {"use": self.use, "kinds": ", ".join(USES[self.use])})  # fmt: skip
        return self


class Section(Schema):
    """Fields under a heading."""

    name: Words
    help: Words | None = None
    fields: tuple[Field, ...] = pydantic.Field(min_length=1)
