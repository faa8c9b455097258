"""What the ledger tells people."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.notices import conversations
from sheke.notices.kinds import Kind, register

from .models import Record
from .rules import sees_record

register(
    Kind(
        "ledger.question",
        _("A question about a record"),
        _("Question about “%(record)s”: %(text)s"),
    ),
    Kind(
        "ledger.question_withdrawn",
        _("A question was withdrawn"),
        _("The question about “%(record)s” was withdrawn."),
    ),
    Kind(
        "ledger.answer",
        _("An answer to my question about a record"),
        _("Answer on “%(record)s”: %(text)s"),
    ),
)

conversations.register(
    Record, sees=sees_record, url=lambda record: reverse("ledger:record", args=[record.pk])
)
