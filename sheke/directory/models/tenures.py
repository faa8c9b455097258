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

    def board(self) -> TenureQuerySet:
        """Leaders, secretaries, and members who hold a post."""
        return self.filter(role__in=Tenure.BOARD).exclude(role=Tenure.Role.MEMBER, post="")

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
        REVIEWER = "reviewer", _("Reviewer")  # is asked for an opinion; reads what is assigned
        MEMBER = "member", _("Member")

    # Those that write for the organisation and what lies below it. A reviewer and a member do not act.
    ACTING = (Role.ADMINISTRATOR, Role.LEADER, Role.STAFF, Role.SECRETARY)
    # Those that a change of term is about, where a member holds a post.
    BOARD = (Role.LEADER, Role.SECRETARY, Role.MEMBER)
    # How far a role's rights reach: nobody gives by a change of term more than they hold.
    RANK = {
        Role.MEMBER: 0, Role.REVIEWER: 0, Role.SECRETARY: 1, Role.STAFF: 2, Role.LEADER: 2,
        Role.ADMINISTRATOR: 3,
    }  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tenures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tenures")
    role = models.CharField(pgettext_lazy("directory", "role"), max_length=20, choices=Role.choices)
    post = models.CharField(pgettext_lazy("directory", "post"), max_length=100, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)
    # False: given by somebody who did not know how to reach the person. Whoever acts for the
    # organisation sees no telephone by it; otherwise giving a tenure would show one anybody's.
    shows_contacts = models.BooleanField(default=True, db_default=True, editable=False)

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

    @property
    def audit_name(self) -> str:
        return f"#{self.person_id} · {self.organisation.label}"

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The end lies before the beginning.")})
