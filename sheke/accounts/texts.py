"""What is said after allauth's acts, by the name of the text that it would say itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The key is added."),
    "mfa/messages/webauthn_removed.txt": _("The key is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes; keep them."),
    "socialaccount/messages/account_connected.txt": _("The identity is linked."),
    "socialaccount/messages/account_connected_updated.txt": _("The identity is linked."),
    "socialaccount/messages/account_connected_other.txt": _(
        "This identity is linked with another account."
    ),
    "socialaccount/messages/account_disconnected.txt": _("The identity is linked no more."),
}
