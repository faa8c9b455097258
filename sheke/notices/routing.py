"""Which notices go out over which channels, decided when they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Tenure

from .channels import CHANNELS, PERSONAL
from .kinds import KINDS, Kind
from .models import Choice, Delivery, Hook, Notice, Preference
from .models.choices import Pace
from .timing import due_at


def route(notices: Sequence[Notice]) -> None:
    """Write the deliveries of fresh notices of one kind, by each reader's choices."""
    if not notices:
        return
    kind, now = KINDS[notices[0].kind], timezone.now()
    deliveries = [*_to_people(notices, kind, now), *_to_groups(notices, kind, now)]
    Delivery.objects.bulk_create(deliveries)


def ready_channels() -> list[str]:
    """The channels to a person that this site can send over."""
    return [key for key in PERSONAL if CHANNELS[key].ready()]


def default_pace(channel: str) -> Pace:
    """What holds without a choice. A wrong word in the settings means the quietest."""
    pace = settings.NOTICES_PACE[channel]
    return Pace(pace) if pace in Pace.values else Pace.OFF


def preference_of(account: Account) -> Preference:
    """The account's own, or one with the defaults that is not saved."""
    held = getattr(account, "notice_preference", None)
    return held or Preference(account=account)


def address_of(account: Account, channel: str) -> str:
    """Where the account is reached over the channel, in lasting form; "" where it is not."""
    person = account.person
    if person is None or not account.is_active:
        return ""
    written = person.email if channel == "mail" else person.phone
    try:
        return CHANNELS[channel].checked_address(written) if written else ""
    except BadInput:
        return ""


def _to_people(notices: Sequence[Notice], kind: Kind, now: datetime) -> Iterable[Delivery]:
    channels = ready_channels()
    if not channels:
        return
    keys = {notice.account_id for notice in notices}
    readers = Account.objects.select_related("person", "notice_preference").in_bulk(keys)
    chosen = {
        (choice.account_id, choice.channel): choice.pace
        for choice in Choice.objects.filter(account__in=keys, kind=kind.key)
    }
    for notice in notices:
        reader = readers[notice.account_id]
        for channel in channels:
            pace = chosen.get((reader.pk, channel)) or default_pace(channel)
            if pace == Pace.OFF or not address_of(reader, channel):
                continue
            due = due_at(pace, preference_of(reader), now, urgent=kind.urgent)
            yield Delivery(notice=notice, channel=channel, due_at=due)


def _to_groups(notices: Sequence[Notice], kind: Kind, now: datetime) -> Iterable[Delivery]:
    """Once to each hook of an organisation for which one of the readers acts."""
    if kind.personal:
        return
    hooks = [hook for hook in Hook.objects.order_by("id") if kind.key in hook.kinds]
    if not hooks:
        return
    acting = Tenure.objects.acting().at(timezone.localdate())
    readers = {notice.account_id: notice for notice in notices}
    places = acting.filter(
        organisation__in=[hook.organisation_id for hook in hooks], person__account__in=readers
    ).values_list("organisation", "person__account")
    reader_in = dict(places.order_by("-person__account"))
    for hook in hooks:
        if hook.organisation_id in reader_in:
            notice = readers[reader_in[hook.organisation_id]]
            yield Delivery(notice=notice, channel=hook.channel, hook=hook, due_at=now)
