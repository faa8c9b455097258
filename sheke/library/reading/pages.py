"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PageText:
    """One page. `scanned`: there is something on it, and no text of its own, so recognise it."""

    text: str
    original: str = ""  # as it came, where cleaning changed it
    scanned: bool = False


@dataclass(frozen=True)
class Properties:
    """What a file says of itself; often wrong, so it is only proposed."""

    title: str = ""
    authors: tuple[str, ...] = ()
    organisation: str = ""
    date: str = ""  # 2024, 2024-05 or 2024-05-12
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reading:
    """A file that was read: what it is, what it says of itself, its pages in order."""

    kind: str
    encoding: str = ""  # of plain text and web pages
    properties: Properties = field(default_factory=Properties)
    pages: tuple[PageText, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)
