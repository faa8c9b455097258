"""A figure's tables as a workbook: by month, by organisation, and what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import Sheet, write_xlsx
from sheke.definitions.models import Edition

from .figures import Part, shown
from .questions import Figure
from .scopes import Scope


def workbook(
    edition: Edition, scope: Scope, figure: Figure, months: Sequence[Part], children: Sequence[Part]
) -> bytes:
    """One sheet with the figure and its definition, one by organisation, one by month."""
    indicator = edition.indicator
    about: list[list[Any]] = [
        [_("Indicator"), str(indicator.name)],
        [pgettext("figure", "Value"), shown(figure, indicator)],
        [_("Measure word"), str(indicator.unit)],
        [_("Organisation"), scope.organisation.name],
        [_("From"), scope.first_day],
        [_("To"), scope.last_day],
        [_("Records"), figure.rows],
        [_("Digest"), str(figure.digest)],
        [_("Edition"), edition.number],
        [_("Definition in words"), str(indicator.definition)],
    ]
    value = f"{indicator.name}（{indicator.unit}）"
    more = [
        Sheet(
            title, [heading, value, _("Records")], [[p.name, p.value, p.figure.rows] for p in parts]
        )
        for title, heading, parts in (
            (_("By organisation"), _("Organisation"), children),
            (_("Month by month"), _("Month"), months),
        )
        if parts
    ]
    widths = {_("What"): 20, _("Content"): 60}
    return write_xlsx([_("What"), _("Content")], about, title=_("Figure"), widths=widths, more=more)
