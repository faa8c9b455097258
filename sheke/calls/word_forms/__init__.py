"""An application form in Word, read by its table cells; a person confirms what goes where.

Pure: `read` gives every label with the value beside, below or behind it, more than are wanted; `match`
chooses among them for the fields of a form and says how sure it is. Nothing is decided here.
"""

from __future__ import annotations

from .matching import Proposal, match
from .reading import read
from .shapes import PEOPLE, Cell, Field, Spot

__all__ = ["PEOPLE", "Cell", "Field", "Proposal", "Spot", "match", "read"]
