"""What a meeting decided, the duties that came of it, and that it is settled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.plans.models import Duty, Item

from .agenda import AgendaItem
from .meetings import Meeting


class Decision(models.Model):
    """A numbered sentence. Its duties stand in a plan, under `item`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    agenda = models.ForeignKey(
        AgendaItem, null=True, on_delete=models.CASCADE, related_name="decisions"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    duties = models.ManyToManyField(Duty, through="DecisionDuty", related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class DecisionDuty(models.Model):
    """A duty that a decision gave."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="links")
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["decision", "id"]
        verbose_name_plural = "decision duties"
        constraints = [
            models.UniqueConstraint(fields=["decision", "duty"], name="decision_duty_once"),
        ]


class Settlement(models.Model):
    """That a decision is carried out, by the word of a person."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="settlement")
    note = models.CharField(_("note"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
