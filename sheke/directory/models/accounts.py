"""Accounts: what people sign in with."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..managers import AccountManager
from .people import Person


class Account(AbstractBaseUser, PermissionsMixin):
    """A sign-in. What it may do follows from its person's tenures; `is_superuser` runs the machine."""

    username = models.CharField(
        _("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    person = models.OneToOneField(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="account",
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    # Not kept: set where a token acts, which may act by one of its owner's tenures alone.
    only_tenure: int | None = None

    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.person.name if self.person_id and self.person else self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """By the apps' rules alone; Django's tables of permissions, which nobody fills, are not asked."""
        if self.is_active and self.is_superuser:
            return True
        return bool(rules.has_perm(perm, self, obj))

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"
