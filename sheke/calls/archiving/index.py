"""The index of an archive: a page that opens in any browser, and the same as a sheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import IO, Any
from urllib.parse import quote

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ..models import Call
from .package import Package
from .tables import add_sheet, sheet

STYLE = (
    "body{font:16px/1.6 system-ui,'Noto Sans SC','Microsoft YaHei',sans-serif;margin:2rem auto;max-width:80rem;"
    "padding:0 1rem;color:#1c2330;background:#fff}h1{font-size:1.5rem}table{border-collapse:collapse;width:100%;"
    "font-size:.9rem}th,td{border-bottom:1px solid #d8dde6;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    "thead th{background:#eef2f8;position:sticky;top:0}a{color:#1d4f9c}li{margin:.2rem 0}"
    "@media(prefers-color-scheme:dark){body{background:#14181f;color:#e4e8ef}thead th{background:#222936}"
    "th,td{border-color:#333c4b}a{color:#8fb8f5}}"
)


class Lines:
    """Lines of the index, kept on the disk until all of them are there."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.count = 0

    def add(self, line: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.count += 1

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        for text in self._file:
            yield json.loads(text)


def columns(call: Call) -> dict[str, str]:
    """Headings by the key of a line."""
    return {
        "number": _("Number"), "title": _("Title"), "lead": str(call.programme.applicant),
        "organisation": _("Organisation"), "stage": _("Stage"), "state": _("State"),
        "versions": _("Versions"), "reviews": _("Reviews"), "mean": pgettext("scores", "Mean"),
        "level": _("Level"), "award": _("Award number"), "files": _("Files"),
    }  # fmt: skip


def add_index(package: Package, call: Call, lines: Lines, parts: Mapping[str, str]) -> None:
    """Write index.xlsx and index.html. parts: {name of a part: its path} beside the submissions."""
    heads = columns(call)
    table = ([line[key] for key in heads] + [line["folder"]] for line in lines)
    add_sheet(
        package, "index.xlsx",
        sheet(call.title, [*heads.values(), _("Folder")], table, c2=40.0, c4=28.0, c13=40.0),
    )  # fmt: skip
    with package.entry("index.html") as (_path, write):
        _page(write, call, heads, lines, parts)


def _page(
    write: Callable[[bytes], object], call: Call, heads: Mapping[str, str], lines: Lines,
    parts: Mapping[str, str],
) -> None:  # fmt: skip
    title = escape(call.title)
    listed = "".join(f"<li>{_link(path, name)}</li>" for name, path in parts.items())
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads.values())
    about = _("%(organisation)s · %(key)s · %(count)s submissions") % {
        "organisation": call.organisation.name, "key": call.key, "count": lines.count,
    }  # fmt: skip
    write(
        f'<!doctype html><html lang="{get_language() or "zh"}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><p>{escape(about)}</p>"
        f"<ul>{listed}</ul><table><thead><tr>{names}</tr></thead><tbody>".encode()
    )
    for line in lines:
        write(_row(line, heads).encode())
    write(b"</tbody></table></html>\n")


def _row(line: Mapping[str, Any], heads: Mapping[str, str]) -> str:
    cells = []
    for key in heads:
        text = "" if line[key] is None else str(line[key])
        if key == "title" and line["form"]:
            cells.append(f"<td>{_link(line['form'], text)}</td>")
        elif key == "number":
            cells.append(f"<td>{_link(line['data'], text or '—')}</td>")
        else:
            cells.append(f"<td>{escape(text)}</td>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _link(path: str, name: str) -> str:
    return f'<a href="{quote(path)}">{escape(name)}</a>'
