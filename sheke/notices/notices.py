"""What conversations tell people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .kinds import Kind, register

register(
    Kind(
        "notices.mention", _("Somebody mentions me"),
        _("%(who)s mentions you at “%(subject)s”: %(text)s"), urgent=True, personal=True,
    ),
    Kind(
        "notices.reply", _("A comment where I wrote one"),
        _("%(who)s wrote at “%(subject)s”: %(text)s"), personal=True,
    ),
)  # fmt: skip
