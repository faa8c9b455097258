"""Projects: what an award set going, with its milestones, payments and changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.ledger.models import StoredFile

from .decisions import Award


class Project(models.Model):
    """A research project under way. Its dates change by accepted changes only."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="project")
    budget = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    signed_on = models.DateField(_("contract signed"), null=True)
    contract = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["award"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="project_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return str(self.award)


class Milestone(models.Model):
    """A duty of a project with its day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    key = models.CharField(max_length=60)  # of a milestone of the programme
    due_on = models.DateField(_("due"))
    settled_at = models.DateTimeField(null=True)  # derived: its delivery was accepted

    class Meta:
        ordering = ["project", "due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="milestone_once")]


class Delivery(models.Model):
    """What a project handed in for a milestone, and what the office said to it."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("report"), blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted = models.BooleanField(null=True)
    result = models.CharField(max_length=20, blank=True)  # of a closing: excellent, good, passed
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["milestone", "number"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="delivery_number_once"),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(ruled_at__isnull=False),
                name="delivery_ruled_at_a_time",
            ),
        ]


class DeliveryFile(models.Model):
    """A file of a delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)


class Change(models.Model):
    """A change that a project asks for: more time, another lead, another title."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("Extension")
        LEAD = "lead", _("Another lead")
        MEMBERS = "members", _("Other members")
        TITLE = "title", _("Another title")
        BUDGET = "budget", _("Budget")
        TERMINATION = "termination", _("Termination")
        OTHER = "other", pgettext_lazy("change", "Something else")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField(_("what and why"))
    until = models.DateField(_("new end"), null=True, blank=True)  # of an extension
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    granted = models.BooleanField(null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["project", "id"]


class Payment(models.Model):
    """An instalment that was paid."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=4)
    paid_on = models.DateField(_("paid"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["project", "paid_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
        ]


class Closing(models.Model):
    """That a project is closed, and how."""

    class Result(models.TextChoices):
        EXCELLENT = "excellent", pgettext_lazy("closing", "Excellent")
        GOOD = "good", pgettext_lazy("closing", "Good")
        PASSED = "passed", pgettext_lazy("closing", "Passed")
        TERMINATED = "terminated", pgettext_lazy("closing", "Terminated")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="closing")
    result = models.CharField(max_length=20, choices=Result.choices)
    reason = models.TextField(_("reason"), blank=True)
    closed_on = models.DateField(_("closed"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
