"""A table that says what the files are: one row a file, checked as a whole before anything is taken in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput, Problem
from sheke.core.tables import read_table

from ..describing import Description, DescriptionError
from ..models import Work
from .proposals.dates import date_in
from .unpacking import members_of, names_in

FILE = "file"
# Field: the headings that mean it.
COLUMNS = {
    FILE: ("文件名", "文件", "file", "file name", "filename"),
    "title": ("题名", "标题", "名称", "title"),
    "authors": ("作者", "责任者", "authors", "author"),
    "organisation": ("单位", "作者单位", "发布单位", "organisation", "organization"),
    "issued": ("日期", "发表日期", "成文日期", "出版日期", "年份", "date"),
    "kind": ("类型", "文献类型", "kind", "type"),
    "keywords": ("关键词", "keywords"),
    "abstract": ("摘要", "内容提要", "abstract"),
    "container": ("刊名", "来源", "载体", "appeared in", "journal"),
    "volume": ("卷", "volume"),
    "issue": ("期", "issue"),
    "pages": ("页码", "pages"),
    "publisher": ("出版社", "出版者", "publisher"),
    "place": ("出版地", "place"),
    "level": ("级别", "level"),
    "isbn": ("ISBN",),
    "issn": ("ISSN",),
    "doi": ("DOI",),
    "note": ("备注", "note"),
}
LISTS = re.compile(r"^(清单|目录|列表|list|index)\.(xlsx|xls|csv)$", re.I)
_SPLIT = re.compile(r"[;；、，,|\n]+")
Given = dict[str, Any]


def read_list(file: BinaryIO, name: str, files: Collection[str]) -> dict[str, Given]:
    """{file: {field: value}} for the files brought along, named with or without their folders.

    Raises BadInput; its `problems` name row and column.
    """
    by_heading = {h.lower(): field for field, headings in COLUMNS.items() for h in headings}
    known = [heading for headings in COLUMNS.values() for heading in headings]
    table = read_table(file, name, known=known)
    headings = {h: by_heading[h.lower()] for h in table.headings if h.lower() in by_heading}
    column = {field: heading for heading, field in headings.items()}
    if FILE not in column:
        table.require(COLUMNS[FILE][0])
    found: dict[str, Given] = {}
    problems: list[Problem] = []
    for row, cells in table.rows:
        said = {
            headings[h]: cell for h, cell in cells.items() if h in headings and cell is not None
        }
        target = _file_of(row, said, files, found, column, problems)
        given = _given(row, said, column, problems)
        if target:
            found[target] = given
    if problems:
        raise BadInput(
            _("“%(name)s”: %(n)s places are wrong; nothing was taken in.")
            % {"name": name, "n": len(problems)}, problems,
        )  # fmt: skip
    return found


def listed_in(path: Path, name: str) -> dict[str, Given]:
    """What a list inside a zip (清单.xlsx, list.csv …) says of the zip's other files; {} without one."""
    names = names_in(path)
    lists = [each for each in names if LISTS.match(PurePosixPath(each).name)]
    if len(lists) != 1:
        return {}
    for member in members_of(path, name):
        if member.name == lists[0] and not member.reason:
            others = [each for each in names if each != lists[0]]
            try:
                return read_list(member.content, PurePosixPath(member.name).name, others)
            except BadInput as error:
                raise BadInput(said_in_full(error)) from None
    return {}


def said_in_full(error: BadInput) -> str:
    """What is wrong, and under it the first places."""
    places = [
        _("Row %(row)s, %(column)s: %(what)s")
        % {"row": p.row, "column": p.column, "what": p.message}
        for p in error.problems[:8]
    ]
    return "\n".join([str(error), *places])


def _file_of(
    row: int, said: Mapping[str, Any], files: Collection[str], found: Mapping[str, Given],
    column: Mapping[str, str], problems: list[Problem],
) -> str:  # fmt: skip
    """The file that the row means, by its whole path or, where only one is called so, by its name."""
    wanted = str(said.get(FILE, "")).strip().replace("\\", "/")
    message, target = "", ""
    if not wanted:
        message = _("The file's name is missing.")
    else:
        exact = [name for name in files if name == wanted]
        alike = exact or [
            name for name in files if PurePosixPath(name).name == PurePosixPath(wanted).name
        ]
        if not alike:
            message = _("No file “%(name)s” was brought along.") % {"name": wanted}
        elif len(alike) > 1:
            message = _("Several files are called “%(name)s”; write their folders, too.") % {
                "name": wanted
            }
        elif alike[0] in found:
            message = _("“%(name)s” stands in the list twice.") % {"name": wanted}
        else:
            target = alike[0]
    if message:
        problems.append(Problem(row, column[FILE], message))
    return target


def _given(
    row: int, said: Mapping[str, Any], column: Mapping[str, str], problems: list[Problem]
) -> Given:
    """Checked as a description would be, so that the draft can be made of it later."""
    given: Given = {}
    for field, value in said.items():
        if field in ("authors", "keywords"):
            given[field] = [part.strip() for part in _SPLIT.split(str(value)) if part.strip()]
        elif field in ("isbn", "issn", "doi"):
            given.setdefault("identifiers", []).append([field, str(value).strip()])
        elif field == "issued":
            given[field] = _date(value)
        elif field in ("kind", "level"):
            given[field] = _choice(field, str(value))
        elif field != FILE:
            given[field] = str(value).strip()
    plain = {name: value for name, value in given.items()
             if name not in ("authors", "organisation", "keywords", "identifiers")}  # fmt: skip
    for name in ("issued", "kind", "level"):
        if name in plain and plain[name] is None:
            message = {
                "issued": _("Write the date as 2024, 2024-05 or 2024-05-12."),
                "kind": _("Kinds are: %(kinds)s.")
                % {"kinds": "、".join(str(k) for k in Work.Kind.labels)},
                "level": _("Levels are: %(kinds)s.")
                % {"kinds": "、".join(str(k) for k in Work.Level.labels)},
            }[name]
            problems.append(Problem(row, column[name], message))
            del plain[name]
    _check(row, plain, given, column, problems)
    return given


def _check(
    row: int, plain: Given, given: Given, column: Mapping[str, str], problems: list[Problem]
) -> None:
    numbers = tuple((scheme, value) for scheme, value in given.get("identifiers", ()))
    said: dict[str, Any] = {"title": "-"} | plain
    try:
        Description(identifiers=numbers, **said).checked()
    except DescriptionError as error:
        for name, message in error.errors.items():
            heading = column.get(name) or next(
                (column[s] for s, _v in numbers if s in column), name
            )
            problems.append(Problem(row, heading, message))


def _date(value: Any) -> str | None:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    text = str(value).strip()
    if re.fullmatch(r"\d{4}", text):
        return text
    return date_in(text) or None


def _choice(field: str, text: str) -> str | None:
    """By its key or by its name in any language of the site."""
    from django.conf import settings
    from django.utils.translation import override

    wanted = text.strip().lower()
    choices = Work.Kind.choices if field == "kind" else Work.Level.choices
    for language, _name in settings.LANGUAGES:
        with override(language):
            for key, label in choices:
                if wanted in (key, str(label).lower()):
                    return key
    return None
