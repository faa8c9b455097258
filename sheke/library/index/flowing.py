"""Pages as one text: a line that the page broke goes on in the next, over the end of the page too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheke.core.search.analysis import HAN

LINE = 10  # characters without a sign: what is shorter is a heading or a cell, which ends where it ends
BROKEN = re.compile(
    f"(?<=[^\\s]{{{LINE}}})(?<=[{HAN}])[ \\t\u3000]*\\r?\\n[ \\t\u3000]*(?=[{HAN}])"
)


def flowing(pages: Iterable[str]) -> str:
    """The text of the pages in order, in which words broken between two lines are whole.

    Only line breaks between two Han characters go, after lines that are long enough to have been broken.
    """
    return BROKEN.sub("", "\n".join(pages))
