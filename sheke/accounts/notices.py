"""What accounts tell people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sheke.notices.kinds import Kind, register

register(
    Kind(
        "accounts.invitation_accepted", _("An invitation was accepted"),
        _("%(name)s accepted the invitation to %(organisation)s."),
    ),
    Kind(
        "accounts.password_reset", _("Your password was changed through a link"),
        _("Your password was changed through a link. If it was not you, tell your administrator."),
        urgent=True,
    ),
    Kind(
        "accounts.factors_removed", _("Your second factors were removed"),
        _("An administrator removed your second factors. Set up new ones."), urgent=True,
    ),
)  # fmt: skip
