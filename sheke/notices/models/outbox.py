"""What goes out: notices on their way, and the messages that carry them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account

from .hooks import Hook
from .notices import Notice


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> MessageQuerySet:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, now: datetime) -> MessageQuerySet:
        """Those to send now: their time has come and no sender holds them."""
        return self.waiting().filter(
            Q(leased_until=None) | Q(leased_until__lt=now), due_at__lte=now
        )

    def given_up(self) -> MessageQuerySet:
        return self.filter(given_up_at__isnull=False)


class Message(models.Model):
    """One message to one address over one channel. `key` names it for the other side, for ever.

    A sender takes it by a lease; `sent_at` or `given_up_at` with `problem` is how it ended.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(_("channel"), max_length=20)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    hook = models.ForeignKey(Hook, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(_("address"), max_length=320, blank=True)  # a hook has its own
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    once = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(_("due"))  # the first or the next try
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=200, blank=True)  # what the other side calls it
    given_up_at = models.DateTimeField(null=True)
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address", "once"], condition=~Q(once=""), name="message_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None), name="message_ends_one_way"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(sent_at=None, given_up_at=None), name="message_due"
            ),
            models.Index(
                fields=["-given_up_at"], condition=Q(given_up_at__isnull=False),
                name="message_given_up",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """A notice on its way over a channel, written with the notice. What is due for the same reader
    at the same time goes out as one message."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=20)
    hook = models.ForeignKey(Hook, null=True, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(_("due"))
    message = models.ForeignKey(
        Message, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], condition=Q(hook=None), name="delivered_once"
            ),
            models.UniqueConstraint(
                fields=["notice", "hook"], condition=Q(hook__isnull=False),
                name="delivered_once_by_hook",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["due_at"], condition=Q(message=None), name="delivery_due"),
        ]
