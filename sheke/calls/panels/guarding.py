"""What verbs of panels ask before they write."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ..guarding import locked_call, still_open
from ..models import Panel, PanelItem


def locked_panel(panel: Panel) -> Panel:
    """The panel as it is now, locked with its call. Raises BadInput where one of both is closed."""
    call = locked_call(panel.call)
    still_open(call)
    found = Panel.objects.select_for_update(of=("self",)).get(pk=panel.pk)
    found.call = call
    if found.closed_at is not None:
        raise BadInput(_("The minutes of this sitting are closed; nothing changes any more."))
    return found


def locked_item(item: PanelItem) -> PanelItem:
    """The item as it is now, with its panel locked."""
    panel = locked_panel(item.panel)
    found = PanelItem.objects.select_related(
        "submission__edition__definition", "submission__call", "submission__blind__version"
    ).get(pk=item.pk)
    found.panel = panel
    return found
