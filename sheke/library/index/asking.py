"""`sheke search`: what whoever runs the machine finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from . import vocabulary
from .clauses import SORTS
from .engine import Broken
from .finding import search
from .following import catch_up, is_built, rebuild

WAITED = 60  # seconds for another process that follows the log


def found_by_operator(
    query: str, *, kinds: Sequence[str], limit: int, sort: str, public: bool
) -> dict[str, Any]:
    """{"total", "hits": [{"id", "title", "score", "snippet", …}], "ms", "understood", "remarks"}.

    Everything is searched, unless only what is `public` is asked for. An index that is missing is built.
    """
    if sort not in SORTS:
        raise BadInput(
            _("“%(text)s” is not known here; there are %(known)s.")
            % {"text": sort, "known": ", ".join(SORTS)}
        )
    try:
        if not is_built():
            rebuild()
        catch_up(wait=WAITED)
    except Broken as error:
        raise BadInput(_("The index cannot be read: %(error)s") % {"error": error}) from None
    account = AnonymousUser() if public else Account(username="-", is_superuser=True)
    found = search(
        query, account=account, filters=_filters(kinds), sort=sort, per_page=limit, fresh=False
    )
    if not found.ready:
        raise BadInput(_("There is no index yet: sheke index rebuild"))
    hits = [
        {"id": hit.key, "title": hit.title.text, "score": hit.score, "snippet": hit.snippet.text,
         "marks": hit.snippet.marks, "page": hit.snippet.page}
        for hit in found.hits
    ]  # fmt: skip
    return {"total": found.total, "hits": hits, "ms": found.ms, "understood": found.asked.text,
            "remarks": found.asked.remarks}  # fmt: skip


def _filters(kinds: Sequence[str]) -> dict[str, list[str]]:
    """Kinds of works, or of what is found. Raises BadInput for what is neither."""
    chosen: dict[str, list[str]] = {}
    for text in kinds:
        for field in ("type", "kind"):
            if values := vocabulary.values_of(field, text):
                chosen.setdefault(field, []).extend(values)
                break
        else:
            known = [*vocabulary.CHOSEN["type"], *vocabulary.CHOSEN["kind"]]
            raise BadInput(
                _("“%(text)s” is not known here; there are %(known)s.")
                % {"text": text, "known": ", ".join(known)}
            )
    return chosen
