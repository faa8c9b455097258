"""Messages that were given up."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Message


@transaction.atomic
def send_again(*, message: Message, by: Account | None) -> None:
    """Put a message that was given up back into the outbox. It keeps its key, so that the other side
    drops it if it has it. Raises BadInput for any other message.
    """
    given_up = Message.objects.given_up().filter(pk=message.pk)
    fresh = {"given_up_at": None, "problem": "", "tries": 0, "due_at": timezone.now()}
    if not given_up.update(**fresh):
        raise BadInput(_("This message was not given up."))
    audit.record("message.send_again", message, by=by)
