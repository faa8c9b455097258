"""What waits for somebody in calls: one line each, with the page where it is done."""

from .applying import own_lines, recommending_lines
from .lines import Line, in_order
from .office import office_lines
from .projects import project_lines
from .reviewing import reviewing_lines
from .year import CallYear, year_calls

__all__ = [
    "CallYear", "Line", "in_order", "office_lines", "own_lines", "project_lines",
    "recommending_lines", "reviewing_lines", "year_calls",
]  # fmt: skip
