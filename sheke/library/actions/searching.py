"""Verbs of saved searches: keep one, be told of it or not, forget it; tell what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.notices.actions import tell

from ..index.asking import newcomers
from ..index.wanted import Wanted, address, wanted_in
from ..models import SavedSearch

MOST = 50  # of one account
SHOWN = 5  # titles in a notice


@transaction.atomic
def save_search(*, wanted: Wanted, name: str, alerts: bool, by: Account) -> SavedSearch:
    """Keep a question with its filters. Raises BadInput for too many, or where nothing is asked."""
    if SavedSearch.objects.filter(account=by).count() >= MOST:
        raise BadInput(_("You keep %(n)s searches already; forget one first.") % {"n": MOST})
    if not wanted.query and not wanted.filters:
        raise BadInput(_("Search for something first, then save it."))
    longest = SavedSearch._meta.get_field("query").max_length or 0
    if len(wanted.query) > longest:
        raise BadInput(
            _("A search of more than %(n)s characters cannot be kept; shorten it.") % {"n": longest}
        )
    made = SavedSearch.objects.create(
        account=by, name=(name.strip() or wanted.query or _("All"))[:120], query=wanted.query,
        filters={field: list(values) for field, values in wanted.filters.items()},
        sort=wanted.sort, alerts=alerts, told_until=timezone.now(),
    )  # fmt: skip
    audit.record("search.save", made, by=by)
    return made


@transaction.atomic
def set_alerts(*, search: SavedSearch, alerts: bool, by: Account) -> SavedSearch:
    """Be told of what is new from now on, or no longer."""
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if search.alerts != alerts:
        search.alerts, search.told_until = alerts, timezone.now()
        search.save(update_fields=["alerts", "told_until"])
        audit.record("search.alerts", search, by=by, alerts=alerts)
    return search


@transaction.atomic
def forget_search(*, search: SavedSearch, by: Account) -> None:
    audit.record("search.forget", search, by=by)
    search.delete()


@transaction.atomic
def tell_of_search(*, search: SavedSearch, until: datetime, by: Account | None) -> int:
    """Tell the owner what became visible in it since they were told; returns how much.

    until: up to when the index has followed what was done; later things are told the next time.
    """
    search = (
        SavedSearch.objects.select_for_update(of=("self",))
        .select_related("account")
        .get(pk=search.pk)
    )
    if until <= search.told_until:
        return 0
    total, titles = newcomers(
        wanted_in(search), account=search.account, since=search.told_until, until=until
    )
    if total:
        tell(
            kind="library.search_news", to=[search.account], by=by,
            url=address(wanted_in(search), sort="newest"),
            once=f"saved search {search.pk} {until.isoformat()}",
            name=search.name, n=total, titles=_titles(titles, total),
        )  # fmt: skip
        audit.record("search.tell", search, by=by, found=total)
    search.told_until = until
    search.save(update_fields=["told_until"])
    return total


def _titles(titles: Sequence[str], total: int) -> str:
    shown = "；".join(titles[:SHOWN])
    return f"{shown} …" if total > len(titles[:SHOWN]) else shown
