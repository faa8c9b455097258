"""Terms of boards: what one change of term ended, began, and left standing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .accounts import Account
from .organisations import Organisation
from .tenures import Tenure


class TermQuerySet(models.QuerySet["Term"]):
    def standing(self) -> TermQuerySet:
        """Without those that were undone."""
        return self.filter(undone_at=None)


class Term(models.Model):
    """One term of an organisation's board: the change that began it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="terms")
    label = models.CharField(_("term"), max_length=60, blank=True)  # 第三届
    resolution = models.CharField(_("resolution"), max_length=200, blank=True)
    since = models.DateField(_("from"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "since"], condition=Q(undone_at=None),
                name="term_begins_once_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label or self.since.isoformat()


class Seat(models.Model):
    """What a change of term meant for one tenure. Before it stood: end, stay; after it: stay, begin."""

    class Act(models.TextChoices):
        BEGIN = "begin", _("begins")
        STAY = "stay", _("stays")
        END = "end", _("ends")

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="seats")
    tenure = models.ForeignKey(Tenure, on_delete=models.CASCADE, related_name="seats")
    act = models.CharField(max_length=5, choices=Act.choices)
    until_before = models.DateField(null=True)  # the tenure's end before the change, for undoing it

    class Meta:
        ordering = ["term", "id"]
        constraints = [models.UniqueConstraint(fields=["term", "tenure"], name="seat_once")]
