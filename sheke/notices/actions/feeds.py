"""Calendar links: made, ended."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.directory.queries import acting_organisations

from ..calendars import digest_of
from ..models import Feed


@transaction.atomic
def make_feed(*, organisation: Organisation | None, by: Account) -> tuple[Feed, str]:
    """A fresh link and its token, which nobody can read again; the link before it ends.

    organisation: whose deadlines; None: one's own. Raises BadInput for who does not act for it.
    """
    if organisation and not acting_organisations(by).filter(pk=organisation.pk).exists():
        raise BadInput(_("You do not act for this organisation."))
    held = Feed.objects.filter(account=by, organisation=organisation, ended_at=None)
    held.update(ended_at=timezone.now())
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(account=by, organisation=organisation, digest=digest_of(token))
    audit.record("feed.make", feed, by=by)
    return feed, token


@transaction.atomic
def end_feed(*, feed: Feed, by: Account) -> None:
    """The link leads nowhere from now on."""
    Feed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=timezone.now())
    audit.record("feed.end", feed, by=by)
