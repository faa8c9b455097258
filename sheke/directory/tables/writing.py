"""Writing the tables as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sheke.core.tables import write_csv, write_xlsx

from .columns import ORGANISATIONS, PEOPLE, TENURES, Column, layout

TITLES = {"organisations": _("Organisations"), "people": _("People"), "tenures": _("Tenures")}
COLUMNS: dict[str, Sequence[Column]] = {
    "organisations": ORGANISATIONS, "people": PEOPLE, "tenures": TENURES,
}  # fmt: skip


def written(what: str, rows: Iterable[Sequence[Any]], kind: str) -> bytes:
    """The table as a file of the kind xlsx or csv."""
    shape = layout(COLUMNS[what])
    if kind == "csv":
        return write_csv(shape["columns"], rows)
    return write_xlsx(rows=rows, title=str(TITLES[what]), **shape)
