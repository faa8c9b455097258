"""What a reader finds out beside the text, before it gives the first page."""

from __future__ import annotations

from .pages import Properties


class Found:
    """A reader fills it in."""

    def __init__(self) -> None:
        self.properties = Properties()
        self.encoding = ""
