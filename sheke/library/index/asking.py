"""What is asked of the search besides its page: by whoever runs the machine, by saved searches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..queries import collections_seen_by, experts_seen_by, works_kept_by, works_seen_by
from . import vocabulary
from .clauses import SORTS
from .engine import Broken
from .entries import key_of
from .finding import search
from .following import catch_up, is_built, rebuild
from .wanted import Wanted

AT_ONCE = 1000  # keys that an engine is asked for together
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


def newcomers(
    wanted: Wanted, *, account: Account, since: datetime, until: datetime
) -> tuple[int, list[str]]:
    """How many hits of a question the account could not see before `since`, and titles of the latest."""
    keys = _newly_visible(account, since, until)
    total, titles = 0, []
    for start in range(0, len(keys), AT_ONCE):
        found = search(
            wanted.query, account=account, filters=wanted.filters, sort="newest", per_page=10,
            snippets=False, fresh=False, among=keys[start : start + AT_ONCE],
        )  # fmt: skip
        total += found.total
        titles += [hit.title.text for hit in found.hits]
    return total, titles


def _newly_visible(account: Account, since: datetime, until: datetime) -> list[int]:
    """Keys of what was published then, and of what was added where the account keeps the holdings."""
    came: dict[str, Iterable[int]] = {
        "work": works_seen_by(account).filter(_between("published_at", since, until))
        .values_list("pk", flat=True),
        "expert": experts_seen_by(account).filter(_between("published_at", since, until))
        .values_list("pk", flat=True),
        "collection": collections_seen_by(account).filter(_between("published_at", since, until))
        .values_list("pk", flat=True),
    }  # fmt: skip
    added = works_kept_by(account).filter(_between("created_at", since, until), published_at=None)
    numbers = {"work": [*came.pop("work"), *added.values_list("pk", flat=True)], **came}
    return [key_of(kind, number) for kind, held in numbers.items() for number in held]


def _between(name: str, since: datetime, until: datetime) -> Q:
    return Q(**{f"{name}__gt": since, f"{name}__lte": until})


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
