"""From the programme editor's page to a programme's data and back; a draft may be unfinished.

A draft has the shape of the schema's JSON. Names that begin with “page_” are for the page alone: whether a
row stands open, the text of a list of choices. Rows are posted as `sections-0-fields-1-name_zh`.
"""

from __future__ import annotations

from .faults import Placed, placed
from .reading import empty_draft, programme_data
from .stored import as_posted, clean

__all__ = ["Placed", "as_posted", "clean", "empty_draft", "placed", "programme_data"]
