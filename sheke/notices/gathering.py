"""Due deliveries become messages: what is due for the same reader on the same channel is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Delivery, Message, Notice
from .routing import address_of, preference_of

READERS = 200  # in one transaction
SHOWN = 40  # notices in one message; the inbox has the rest


def gather_all() -> int:
    """Make messages of everything due; how many."""
    made = 0
    while (more := gather(timezone.now())) is not None:
        made += more
    return made


@transaction.atomic
def gather(now: datetime) -> int | None:
    """Make messages for some readers; None when nothing is due.

    The words are printed here, once: every try of a message says the same. Two at a time do no harm:
    the second waits for the first's rows and then finds them taken.
    """
    due = Delivery.objects.filter(message=None, due_at__lte=now)
    readers = list(due.order_by("channel", "hook", "notice__account")
                   .values_list("channel", "hook", "notice__account").distinct()[:READERS])  # fmt: skip
    if not readers:
        return None
    theirs = due.filter(notice__account__in={account for _c, _h, account in readers})
    rows = theirs.select_related(
        "notice__account__person", "notice__account__notice_preference", "hook"
    ).order_by("id")
    groups: dict[tuple[object, ...], list[Delivery]] = defaultdict(list)
    for row in rows.select_for_update(of=("self",)):
        reader = row.hook_id or f"account {row.notice.account_id}"
        groups[row.channel, reader].append(row)
    return sum(_message(group, now) for group in groups.values())


def _message(group: list[Delivery], now: datetime) -> bool:
    """One message for the group; False where the reader has read it all or has no address left."""
    first = group[0]
    account = None if first.hook else first.notice.account
    wanted = [row for row in group if first.hook or row.notice.read_at is None]
    address = address_of(account, first.channel) if account else ""
    if not wanted or (account and not address):
        Delivery.objects.filter(pk__in=[row.pk for row in group]).delete()
        return False
    language = preference_of(account).language if account else settings.LANGUAGE_CODE
    with translation.override(language):
        subject, text = words([row.notice for row in wanted])
    message = Message.objects.create(
        channel=first.channel, account=account, hook=first.hook, address=address, subject=subject,
        text=text, due_at=now,
    )  # fmt: skip
    Delivery.objects.filter(pk__in=[row.pk for row in wanted]).update(message=message)
    read = {row.pk for row in group} - {row.pk for row in wanted}
    Delivery.objects.filter(pk__in=read).delete()
    return True


def words(notices: Sequence[Notice]) -> tuple[str, str]:
    """Subject and text for one notice or for several, in the language that is active."""
    if len(notices) == 1:
        text = notices[0].text
        link = address(notices[0].url)
        return text[:300], "\n".join(filter(None, [text, link]))
    count = len(notices)
    subject = ngettext("Sheke: %(n)s notice", "Sheke: %(n)s notices", count) % {"n": count}
    lines = [subject, ""]
    for number, notice in enumerate(notices[:SHOWN], 1):
        lines += filter(None, [f"{number}. {notice.text}", address(notice.url)])
    if count > SHOWN:
        lines.append(_("The others are in your inbox: %(url)s") % {"url": address("/notices/")})
    return subject, "\n".join(lines)


def address(path: str) -> str:
    """The whole address of a page, or "" while the settings do not say where the site is."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL and path else ""
