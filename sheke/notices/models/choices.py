"""How an account wants to be told."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account


class Pace(models.TextChoices):
    OFF = "off", pgettext_lazy("notices", "Not")
    ONCE = "once", _("At once")
    DAILY = "daily", _("Daily digest")
    WEEKLY = "weekly", _("Weekly digest")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Preference(models.Model):
    """When an account may be reached, in local time. Who has no row has these defaults."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="notice_preference"
    )
    language = models.CharField(
        _("language of messages"), max_length=10, choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )  # fmt: skip
    digest_at = models.TimeField(_("digest at"), default=time(8))
    digest_on = models.PositiveSmallIntegerField(
        _("weekly digest on"), choices=Weekday, default=Weekday.MONDAY
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True, default=time(21))
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True, default=time(7))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_has_both_ends",
            ),
        ]


class Choice(models.Model):
    """What an account chose for one kind on one channel; without a row the default holds."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    pace = models.CharField(max_length=10, choices=Pace)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "channel"], name="one_choice"),
        ]
