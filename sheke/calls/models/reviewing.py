"""Reviewers of a call, their conflicts, plans of assignment, reviews."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation, Person

from .calls import Call
from .submissions import Submission


class Reviewer(models.Model):
    """Somebody asked to review in a call."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviewing")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("employer"), null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    disciplines = models.JSONField(default=list)  # keys of the discipline field's choices
    words = models.JSONField(default=list)  # topic words
    load_least = models.PositiveSmallIntegerField(null=True)  # none: as the stage says
    load_most = models.PositiveSmallIntegerField(null=True)
    invited_at = models.DateTimeField(null=True)
    due_on = models.DateField(_("answer by"), null=True)
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of declining
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="reviewer_once"),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(answered_at__isnull=False),
                name="reviewer_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name


class Conflict(models.Model):
    """Why a reviewer must not see a submission. Pinned: it stays when what it was found by changes."""

    class Kind(models.TextChoices):
        SELF = "self", _("Takes part in the submission")
        EMPLOYER = "employer", _("Same employer")
        COAPPLICANT = "coapplicant", _("Applied together")
        COAUTHOR = "coauthor", _("Wrote together")
        TEACHER = "teacher", _("Teacher and student")
        FAMILY = "family", _("Family")
        OTHER = "other", pgettext_lazy("conflict", "Another reason")

    class Source(models.TextChoices):
        FOUND = "found", _("found in the records")
        REVIEWER = "reviewer", _("declared by the reviewer")
        OFFICE = "office", _("declared by the office")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="conflicts")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="conflicts")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)  # by the office, with a reason in the log
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "reviewer", "submission"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "submission", "kind"], name="conflict_once"
            ),
        ]


class PairRule(models.Model):
    """What the office says of a pair by hand: it must be in every plan, or may be in none."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="pair_rules")
    stage = models.CharField(max_length=60)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="pair_rules")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="pair_rules")
    forced = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "reviewer", "submission"], name="pair_ruled_once"
            ),
        ]


class ExtraReview(models.Model):
    """One review more of a submission than its stage asks for, because its reviewers differ."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extra_reviews")
    stage = models.CharField(max_length=60)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="extra_reviews"
    )
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "id"]


class Example(models.Model):
    """A sample packet of a call with its score explained, so that reviewers measure alike."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="example")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    scores = models.JSONField(default=dict)  # {criterion: number}
    explanation = models.TextField(_("why it is scored so"))
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class AssignmentPlan(models.Model):
    """A proposal of who reviews what, with how it was found; put in force, and undone."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="plans")
    stage = models.CharField(max_length=60)
    seed = models.BigIntegerField()
    parameters = models.JSONField(default=dict)  # the problem without its people: to be repeated
    pairs = models.JSONField(default=list)  # [[reviewer, submission], …] by primary key
    report = models.JSONField(default=dict)  # objective, bound, seconds, infeasible, violations
    digest = models.CharField(
        max_length=64
    )  # SHA-256 of the problem: same problem, same seed, same pairs
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deployed_at = models.DateTimeField(null=True)
    deployed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "stage"],
                condition=Q(deployed_at__isnull=False, undone_at=None),
                name="one_plan_in_force",
            ),
        ]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self) -> AssignmentQuerySet:
        return self.filter(ended_at=None)


class Assignment(models.Model):
    """One submission that one reviewer is to review. Ended by a recusal or when its plan is undone."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="assignments")
    stage = models.CharField(max_length=60)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="assignments")
    # The reviewer's employer when it was made: at most one reviewer of an organisation a submission.
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    plan = models.ForeignKey(
        AssignmentPlan, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=20, blank=True)  # recused, undone, replanned
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["reviewer", "id"]
        indexes = [models.Index(fields=["call", "stage", "reviewer"], name="assignments_of_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "submission", "reviewer"], condition=Q(ended_at=None),
                name="assigned_once",
            ),
            models.UniqueConstraint(
                fields=["stage", "submission", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="one_reviewer_of_an_organisation",
            ),
        ]  # fmt: skip


class Review(models.Model):
    """What a reviewer says: a draft until it is sent, to be changed until the stage ends."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    scores = models.JSONField(default=dict)  # {criterion: number}
    total = models.DecimalField(max_digits=7, decimal_places=3, null=True)  # 0–100, weighted
    comment = models.TextField(_("comment"), blank=True)  # to the applicant, without the name
    private = models.TextField(_("for the office only"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)  # the office opened the comment to the applicant

    class Meta:
        ordering = ["assignment"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(total__isnull=False), name="sent_review_has_a_total"
            ),
        ]
