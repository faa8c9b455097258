"""Finding the figures and blanks of a report: `find_slots(text)` and `warnings_for(text, slots)`."""

from .finder import find_slots
from .slot import Slot, Warning
from .wording import warnings_for

__all__ = ["Slot", "Warning", "find_slots", "warnings_for"]
