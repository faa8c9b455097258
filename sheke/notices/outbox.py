"""The machinery of sending: notices become messages, a sender takes each by a lease, ends it once.

Everything is kept in rows, so any number of senders may work side by side and any may die. A message
that a dead sender held is sent again where the channel drops repetitions, else given up and shown.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .channels import CHANNELS, Channel, Envelope, NotNow, Refused, Unclear
from .models import Message
from .routing import preference_of
from .timing import after_quiet

LEASE = timedelta(minutes=5)  # longer than any try takes
TRIES = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


@dataclass
class Tally:
    """What became of the messages of one round."""

    sent: int = 0
    later: int = 0
    given_up: int = 0


def send_messages(most: int = 500) -> Tally:
    """Send what is due, at most `most` messages."""
    tally = Tally()
    for _number in range(most):
        message = claim(timezone.now())
        if message is None:
            break
        _send(message, tally)
    return tally


def claim(now: datetime) -> Message | None:
    """Take the next due message: it is this sender's alone until the lease ends. None: nothing due.

    What a sender took and never ended may have gone out; a channel that must not repeat gives it up
    here.
    """
    while True:
        with transaction.atomic():
            due = Message.objects.due(now).order_by("due_at", "id")
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True)
            found = due.first()
            if found is None:
                return None
            if found.lease and not CHANNELS[found.channel].repeats:
                reason = _("A sender stopped in the middle. It may have gone out or not.")
                _end(found, given_up_at=now, problem=reason)
                continue
            if _take(found, now):
                return found


def _take(message: Message, now: datetime) -> bool:
    """Write the lease; False where another sender was first."""
    token = uuid4()
    held = Message.objects.waiting().filter(pk=message.pk, lease=message.lease)
    taken = held.update(lease=token, leased_until=now + LEASE, tries=message.tries + 1)
    message.lease, message.tries = token, message.tries + 1
    return bool(taken)


def _send(message: Message, tally: Tally) -> None:
    channel, now = CHANNELS[message.channel], timezone.now()
    try:
        reference = channel.send(_envelope(message))
    except (Refused, BadInput) as error:
        _give_up(message, str(error), tally)
    except NotNow as error:
        _try_later(message, str(error), error.after, tally)
    except Unclear as error:
        _after_unclear(message, channel, str(error), tally)
    except Exception as error:  # an adapter's own fault must not stop the others
        _after_unclear(message, channel, f"{type(error).__name__}: {error}", tally)
    else:
        forgotten = {} if message.account_id or message.hook_id else {"text": ""}
        _end(message, sent_at=now, reference=reference, problem="", **forgotten)
        tally.sent += 1


def _envelope(message: Message) -> Envelope:
    hook = message.hook
    address = hook.address if hook else message.address
    secret = hook.secret if hook else ""
    return Envelope(message.key, address, message.subject, message.text, secret)


def _after_unclear(message: Message, channel: Channel, reason: str, tally: Tally) -> None:
    """Nobody knows whether it went out."""
    if channel.repeats:
        return _try_later(message, reason, None, tally)
    reason = _("It may have gone out or not: %(reason)s") % {"reason": reason}
    return _give_up(message, reason, tally)


def _try_later(message: Message, reason: str, after: timedelta | None, tally: Tally) -> None:
    if message.tries >= TRIES:
        reason = _("%(reason)s (tried %(n)s times)") % {"reason": reason, "n": message.tries}
        return _give_up(message, reason, tally)
    moment = timezone.now() + max(pause(message.tries), after or timedelta(0))
    if message.account:
        moment = after_quiet(preference_of(message.account), moment)
    _end(message, due_at=moment, problem=reason)
    tally.later += 1
    return None


def pause(tries: int) -> timedelta:
    """Twice as long after each try, a fifth more or less, so that not all come back together."""
    wait = min(FIRST_WAIT * 2 ** min(tries, 20), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311  no secret


def _give_up(message: Message, reason: str, tally: Tally) -> None:
    _end(message, given_up_at=timezone.now(), problem=reason)
    tally.given_up += 1


def _end(message: Message, **fields: object) -> None:
    """Write how a try ended and let go, if the lease is still this sender's."""
    if "problem" in fields:
        fields["problem"] = str(fields["problem"])[:500]
    mine = Message.objects.filter(pk=message.pk, lease=message.lease)
    mine.update(lease=None, leased_until=None, **fields)
