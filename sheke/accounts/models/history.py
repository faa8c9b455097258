"""The history of signing in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account


class SignIn(models.Model):
    """One attempt to sign in with an account. Kept for SIGN_IN_HISTORY_DAYS."""

    class Method(models.TextChoices):
        PASSWORD = "password", _("Password")
        TOTP = "totp", _("Password and authenticator app")
        RECOVERY = "recovery_codes", _("Password and recovery code")
        KEY = "webauthn", _("Password and security key")
        PASSKEY = "passkey", _("Passkey")
        OPENID = "openid", _("Organisation's sign-in service")
        OTHER = "other", pgettext_lazy("accounts", "Otherwise")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    method = models.CharField(_("method"), max_length=20, choices=Method.choices)
    succeeded = models.BooleanField(_("succeeded"))
    address = models.GenericIPAddressField(_("address"), null=True)
    browser = models.CharField(_("browser"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["account", "-id"], name="sign_ins_of"),
            models.Index(fields=["at"], name="sign_ins_at"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.at:%Y-%m-%d %H:%M}"
