"""Pages that are the same for everybody: no session, no cookie; a cache may keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public_page(view: View) -> View:
    """Mark a view whose answer depends on the path and the language alone.

    The page cache of the site keeps such answers for a short while; see `sheke.site.page_cache`.
    """
    view.public_page = True  # type: ignore[attr-defined]
    return view
