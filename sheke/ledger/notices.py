"""What the ledger tells people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sheke.notices.kinds import Kind, register

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
