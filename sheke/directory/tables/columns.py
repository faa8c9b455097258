"""The columns of each table, under their Chinese and English headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from sheke.core.tables import Cell, Table

from ..models import Organisation, Tenure
from . import cells


@dataclass(frozen=True)
class Column:
    key: str
    heading: Any  # lazy: it is read in every language of the interface
    read: Callable[[Cell], Any]
    required: bool = False
    choices: Any = None  # a model's choices, for the drop-down
    width: int = 16

    def headings(self) -> set[str]:
        """What a file may call the column: its key, or its heading in either language."""
        found = {self.key}
        for language in ("zh-hans", "en"):
            with override(language):
                found.add(str(self.heading).casefold())
        return found


def choice_of(choices: Any) -> Callable[[Cell], str]:
    """Reads a model's choices by key or by name in either language."""

    def read(cell: Cell) -> str:
        try:
            return cells.choice(cell, dict(choices.choices))
        except ValueError:
            with override("en"):
                english = {str(label): key for key, label in choices.choices}
            if (key := english.get(cells.text(cell, 200))) is not None:
                return str(key)
            raise

    return read


def text_of(most: int) -> Callable[[Cell], str]:
    return partial(cells.text, most=most)


KIND = Column(
    "kind",
    pgettext_lazy("directory", "kind"),
    choice_of(Organisation.Kind),
    True,
    Organisation.Kind,
    18,
)
ORGANISATIONS = (
    Column("code", pgettext_lazy("directory", "code"), text_of(40), True),
    Column("name", pgettext_lazy("directory", "name"), text_of(200), True, width=36),
    Column("short_name", _("short name"), text_of(60), width=20),
    KIND,
    Column("parent", _("code above"), text_of(40)),
    Column("valid_from", pgettext_lazy("directory", "from"), cells.day, width=12),
    Column("valid_to", pgettext_lazy("directory", "to"), cells.day, width=12),
)
PEOPLE = (
    Column("code", _("person number"), text_of(40)),
    Column("name", pgettext_lazy("directory", "person"), text_of(100), True),
    Column("title", _("academic title"), text_of(60)),
    Column("phone", _("phone"), text_of(30)),
    Column("email", _("mail"), text_of(254), width=26),
)
TENURES = (
    Column("organisation", _("organisation code"), text_of(40), True),
    Column("person_code", _("person number"), text_of(40)),
    Column("person", pgettext_lazy("directory", "person"), text_of(100)),
    Column(
        "role", pgettext_lazy("directory", "role"), choice_of(Tenure.Role), True, Tenure.Role, 14
    ),
    Column("post", pgettext_lazy("directory", "post"), text_of(100), width=24),
    Column("since", pgettext_lazy("directory", "from"), cells.day, width=12),
    Column("until", pgettext_lazy("directory", "to"), cells.day, width=12),
)


def match_columns(table: Table, columns: Sequence[Column]) -> dict[str, Column]:
    """The table's headings with their columns. Raises BadInput for missing required ones."""
    found = {}
    for column in columns:
        names = column.headings()
        if heading := next((h for h in table.headings if h.casefold() in names), None):
            found[heading] = column
        elif column.required:
            table.require(str(column.heading))
    return found


def layout(columns: Sequence[Column]) -> dict[str, Any]:
    """Headings, widths and drop-downs for `write_xlsx`."""
    return {
        "columns": [str(c.heading) for c in columns],
        "widths": {str(c.heading): c.width for c in columns},
        "dropdowns": {
            str(c.heading): [str(label) for label in c.choices.labels]
            for c in columns
            if c.choices is not None
        },
        "required": [str(c.heading) for c in columns if c.required],
    }
