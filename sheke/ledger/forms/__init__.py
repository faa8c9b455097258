"""Forms of the ledger. They only validate; the verbs stand in actions."""

from .closings import ClosingForm
from .filters import FilterForm
from .records import RecordForm

__all__ = ["ClosingForm", "FilterForm", "RecordForm"]
