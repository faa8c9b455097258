"""What the binding page shows: the marked text, the chosen slot, its proposals, how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sheke.indicators.catalogue import Catalogue
from sheke.reports.forms_templates import DetailForm
from sheke.reports.marking import Line, marked_lines
from sheke.reports.models import Slot, Template
from sheke.reports.periods import Period
from sheke.reports.previewing import Preview, preview
from sheke.reports.proposals import Place, Proposal, place_of, propose


@dataclass(slots=True)
class Panel:
    """The chosen slot, with what a person needs to decide."""

    slot: Slot
    number: int
    place: Place
    previews: list[Preview] = field(default_factory=list)
    bound: Preview | None = None
    detail: DetailForm | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def suggests_words(self) -> bool:
        """A planned figure, or one of another's, is more likely a constant."""
        return self.place.planned or self.place.is_foreign or not self.previews


@dataclass(slots=True)
class Board:
    """A template with its slots in order, one of them chosen."""

    template: Template
    slots: list[Slot]
    chosen: Slot | None
    only_open: bool = False

    @property
    def bound_count(self) -> int:
        return sum(bool(slot.binding) for slot in self.slots)

    @property
    def open_count(self) -> int:
        return len(self.slots) - self.bound_count

    @property
    def lines(self) -> list[Line]:
        return marked_lines(self.template.text, self.slots, self.template.title)

    @property
    def previous(self) -> Slot | None:
        return self._neighbour(-1)

    @property
    def next(self) -> Slot | None:
        return self._neighbour(1)

    def after(self, slot: Slot) -> Slot:
        """The next open slot behind `slot`, from the top again if need be; else the slot itself."""
        place = self._place(slot)
        around = self.slots[place + 1 :] + self.slots[: place + 1]
        return next((other for other in around if not other.binding), slot)

    def _neighbour(self, step: int) -> Slot | None:
        if self.chosen is None:
            return None
        place = self._place(self.chosen) + step
        while 0 <= place < len(self.slots):
            if not (self.only_open and self.slots[place].binding):
                return self.slots[place]
            place += step
        return None

    def _place(self, slot: Slot) -> int:
        return next(n for n, other in enumerate(self.slots) if other.pk == slot.pk)


def board_of(template: Template, key: str = "", *, only_open: bool = False) -> Board:
    """All slots in one query; the chosen one is `key`'s, else the first open one."""
    slots = list(template.slots.select_related("indicator__current"))
    for slot in slots:
        slot.template = template
        if slot.indicator is not None and slot.indicator.current is not None:
            slot.indicator.current.definition = slot.indicator  # spares a query for each
    chosen = next((slot for slot in slots if slot.key == key), None)
    if chosen is None:
        first_open = next((slot for slot in slots if not slot.binding), None)
        chosen = first_open or (slots[0] if slots else None)
    return Board(template, slots, chosen, only_open)


def panel_of(board: Board, period: Period, catalogue: Catalogue, form: Any = None) -> Panel | None:
    """The panel of the chosen slot, its proposals answered for the period."""
    slot = board.chosen
    if slot is None:
        return None
    found = propose(slot, catalogue)
    organisation = board.template.organisation
    panel = Panel(slot, board.slots.index(slot) + 1, place_of(slot))
    panel.previews = preview(found, organisation, period, catalogue)
    if slot.indicator is not None:
        (panel.bound,) = preview(
            [bound_as_proposal(slot, slot.indicator.key, catalogue)],
            organisation,
            period,
            catalogue,
        )
    panel.detail = form or DetailForm(slot=slot)
    panel.warnings = [
        str(warning["message"])
        for warning in board.template.warnings
        if warning["start"] <= slot.start < warning["end"]
    ]
    return panel


def bound_as_proposal(slot: Slot, key: str, catalogue: Catalogue) -> Proposal:
    """A slot's own binding to the indicator of `key`, in the form of a proposal."""
    edition = catalogue.indicator(key)
    return Proposal(edition, 0.0, (), slot.period, slot.scope, slot.printing)
