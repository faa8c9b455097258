"""PDF from a typst template and data; what cannot be printed as meant is an error."""

from .fonts import BUNDLED
from .press import Layout, check_characters, typeset

__all__ = ["BUNDLED", "Layout", "check_characters", "typeset"]
