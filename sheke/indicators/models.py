"""Nouns: a goal, the value that an indicator should reach."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Organisation


class Goal(models.Model):
    """A value for an indicator to reach, for an organisation with all below it, in a period.

    Plans make goals (a target is an item's goal); the aggregate “completion” reads them.
    """

    class Comparison(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")
        EXACTLY = "exactly", _("exactly")

    indicator = models.ForeignKey(
        "definitions.Definition", verbose_name=_("indicator"), on_delete=models.PROTECT,
        related_name="goals",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="goals"
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    comparison = models.CharField(
        max_length=10, choices=Comparison.choices, default=Comparison.AT_LEAST
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="goal_ends_after_it_begins"
            ),
        ]
