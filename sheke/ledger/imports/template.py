"""The workbook that people fill in: one sheet for the records, one that explains the columns."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.tables import Sheet, write_xlsx
from sheke.definitions.models import Edition

from .layout import layout_of


def template(edition: Edition) -> bytes:
    """An empty table for records of the type, with drop-downs, required columns marked."""
    layout = layout_of(edition)
    type_ = edition.record_type
    explained = [
        (c.heading, _("required") if c.required and c.key != "organisation" else "", c.explanation)
        for c in layout.columns
    ]
    about = Sheet(
        _("Explanations"),
        [_("Column"), _("Needed"), _("What belongs there")],
        [*explained, ("", "", ""), (str(type_.name), str(type_.unit), str(type_.about))],
        {_("Column"): 24, _("Needed"): 10, _("What belongs there"): 80},
    )
    return write_xlsx(
        [c.heading for c in layout.columns],
        [],
        title=str(type_.name),
        widths={c.heading: max(c.width, 2.2 * len(c.heading)) for c in layout.columns},
        dropdowns={c.heading: c.choices for c in layout.columns if c.choices},
        required=[c.heading for c in layout.columns if c.required and c.key != "organisation"],
        remarks={c.heading: c.explanation for c in layout.columns},
        more=[about],
    )
