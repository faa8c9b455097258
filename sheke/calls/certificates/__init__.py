"""Certificates as PDF, from data alone; no database.

`render(template, certificates)` gives one PDF each, `render_merged` one for the printer.
"""

from .certificate import Certificate
from .numbers import NumberPattern
from .rendering import render, render_merged
from .templates import TEMPLATES, Template

__all__ = ["TEMPLATES", "Certificate", "NumberPattern", "Template", "render", "render_merged"]
