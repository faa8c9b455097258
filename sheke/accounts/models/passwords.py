"""That an account has a password which somebody else knows."""

from __future__ import annotations

from django.db import models

from sheke.directory.models import Account


class OneTimePassword(models.Model):
    """The account's password was given by an administrator; it is changed before anything else.

    Gone as soon as its owner has chosen another one.
    """

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="one_time_password"
    )
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.account)
