"""Projects: what an award set going, with its milestones, payments and changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Person
from sheke.ledger.models import StoredFile

from .decisions import Award


class Project(models.Model):
    """A research project under way. Its dates, title and people change by granted changes only; the
    submission stays as it was sent.
    """

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="project")
    title = models.CharField(_("title"), max_length=300, default="")
    lead = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="projects_led"
    )
    lead_name = models.CharField(max_length=100, default="")
    employer = models.CharField(max_length=200, blank=True, default="")  # of the lead
    members = models.JSONField(default=list)  # names
    # Who sent the submission in, and acts beside the lead until another lead is granted.
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
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
    likeness = models.DecimalField(  # percent that stands elsewhere, of a closing
        _("copied text in percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["milestone", "number"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(ruled_at=None, withdrawn_at=None),
                name="one_delivery_waits",
            ),
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
    # What the others ask for, and how it was when granted: {title}, {name, employer}, {members}, {amount}
    wanted = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
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
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(ruled_at=None, withdrawn_at=None),
                name="one_change_of_a_kind_waits",
            ),
            models.CheckConstraint(
                condition=Q(granted=None) | Q(ruled_at__isnull=False), name="change_ruled_at_a_time"
            ),
        ]


class Payment(models.Model):
    """An instalment that was paid. One that was written by mistake is taken back, not deleted."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payments")
    key = models.CharField(max_length=60, blank=True)  # “signing”, a milestone's, or none
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=4)
    paid_on = models.DateField(_("paid"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of taking it back

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


class Output(models.Model):
    """A work that came out of a project: a paper, a book, a brief."""

    class Kind(models.TextChoices):
        PAPER = "paper", pgettext_lazy("output", "Paper")
        BOOK = "book", pgettext_lazy("output", "Book")
        REPORT = "report", pgettext_lazy("output", "Research report")
        BRIEF = "brief", pgettext_lazy("output", "Policy brief")
        POPULAR = "popular", pgettext_lazy("output", "Popular work")
        OTHER = "other", pgettext_lazy("output", "Something else")

    class Level(models.TextChoices):
        NATIONAL = "national", pgettext_lazy("output", "National")
        CORE = "core", pgettext_lazy("output", "Core journal")
        PROVINCIAL = "provincial", pgettext_lazy("output", "Provincial")
        MUNICIPAL = "municipal", pgettext_lazy("output", "Municipal")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="outputs")
    kind = models.CharField(_("kind of work"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title of the work"), max_length=300)
    author = models.CharField(_("authors"), max_length=200, blank=True)
    venue = models.CharField(_("journal, publisher or who took it up"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    out_on = models.DateField(_("published or taken up"), null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["project", "id"]

    def __str__(self) -> str:
        return self.title
