"""Submissions: what is filled in, who stands behind it, what was sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.core.append_only import AppendOnly
from sheke.definitions.models import Edition
from sheke.directory.models import Organisation, Person
from sheke.ledger.models import StoredFile

from .calls import Call, Topic


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def sent_in(self) -> SubmissionQuerySet:
        """Sent at least once; a draft is its author's alone."""
        return self.filter(sent__isnull=False)

    def standing(self) -> SubmissionQuerySet:
        """Under way: neither a draft, withdrawn nor refused."""
        return self.filter(state=Submission.State.IN)


class Submission(models.Model):
    """One application to a call. `values` is the draft; what was sent are its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("submission", "Draft")
        IN = "in", pgettext_lazy("submission", "Under way")
        BACK = "back", pgettext_lazy("submission", "To be corrected")
        WITHDRAWN = "withdrawn", pgettext_lazy("submission", "Withdrawn")
        REFUSED = "refused", pgettext_lazy("submission", "Refused")
        AWARDED = "awarded", pgettext_lazy("submission", "Awarded")
        NOT_AWARDED = "not_awarded", pgettext_lazy("submission", "Not awarded")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="submissions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"), null=True)  # given at the first sending
    # The number that reviewers see: drawn at random at release, so that it tells nothing.
    packet = models.PositiveIntegerField(null=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("applying organisation"), null=True, on_delete=models.PROTECT,
        related_name="submissions",
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=0)  # of the draft
    saved_at = models.DateTimeField(auto_now=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    # Derived from the values, the versions and the steps, for lists.
    title = models.CharField(_("title"), max_length=300, blank=True)
    lead_name = models.CharField(max_length=100, blank=True)
    topic = models.ForeignKey(
        Topic, null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    discipline = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    sent = models.OneToOneField(
        "calls.Version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    stage = models.CharField(max_length=60)  # where it stands; key of a stage of the programme
    # The long ones last: SQLite walks through all that stands before a column to read it.
    values = models.JSONField(default=dict)  # {field: value}; see sheke/calls/values/

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["call", "number", "id"]
        indexes = [
            models.Index(fields=["call", "state", "stage", "number"], name="submissions_at_stage"),
            models.Index(fields=["call", "organisation", "number"], name="submissions_of_unit"),
            # All that lists filter and sort by: they read it instead of the rows with their long values.
            models.Index(
                fields=[
                    "call",
                    "number",
                    "sent",
                    "state",
                    "stage",
                    "organisation",
                    "discipline",
                    "category",
                    "topic",
                    "amount",
                    "title",
                    "lead_name",
                ],
                name="submissions_listed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["call", "packet"], name="packet_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent__isnull=False), name="no_state_before_sending"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def audit_name(self) -> str:
        """What the audit log calls it: a draft's title is nobody else's business."""
        return f"{self.call.key} #{self.number or self.pk}"


class Version(AppendOnly):
    """A submission as it was sent. `digest` is what the receipt shows."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical whole
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of a correction
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    values = models.JSONField()
    people = models.JSONField()  # [{role, name, employer, …}], the lead first
    files = models.JSONField()  # [{field, name, sha256, size}]
    eligibility = models.JSONField(default=list)  # what was judged at sending

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="submission_version_once"
            ),
        ]


class Member(models.Model):
    """Somebody behind a submission: the lead, who takes part, who recommends it."""

    LEAD = "lead"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=60)  # LEAD, or key of a role of the programme
    position = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    born_on = models.DateField(_("born"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, blank=True)
    title = models.CharField(_("academic title"), max_length=60, blank=True)
    degree = models.CharField(_("degree"), max_length=60, blank=True)
    discipline = models.CharField(_("discipline"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("mail"), blank=True)
    task = models.CharField(_("task"), max_length=300, blank=True)
    token = models.CharField(max_length=64, blank=True)  # SHA-256 of the link's secret
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submission", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(role="lead"), name="one_lead"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """What somebody answered who was asked to take part or to recommend."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="agreement")
    agreed = models.BooleanField()
    text = models.TextField(blank=True)  # a referee's opinion, or why not
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Upload(models.Model):
    """A file for a field. Versions name it by its number; taken away, never deleted."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="uploads")
    field = models.CharField(max_length=60)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submission", "field", "id"]
