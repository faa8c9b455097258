"""Tenures: the roles that people hold in organisations, from–to."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .organisations import Organisation
from .people import Person


class TenureQuerySet(models.QuerySet["Tenure"]):
    def at(self, day: date) -> TenureQuerySet:
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))

    def acting(self) -> TenureQuerySet:
        """Those that let the person write for the organisation."""
        return self.filter(role__in=Tenure.ACTING)


class Tenure(models.Model):
    """The holding of an office or a membership, from–to."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        LEADER = "leader", _("Leader")
        STAFF = "staff", _("Staff")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    ACTING = (Role.ADMINISTRATOR, Role.LEADER, Role.STAFF, Role.SECRETARY)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tenures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tenures")
    role = models.CharField(pgettext_lazy("directory", "role"), max_length=20, choices=Role.choices)
    post = models.CharField(pgettext_lazy("directory", "post"), max_length=100, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "person"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="tenure_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation.label}"

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The end lies before the beginning.")})
