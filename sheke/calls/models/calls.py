"""Calls: a programme's edition opened for a period, its stages in time, its topic guide, its quotas."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.core.append_only import AppendOnly
from sheke.definitions.models import Edition
from sheke.definitions.programmes import Programme, Stage
from sheke.directory.models import Organisation
from sheke.ledger.models import StoredFile


class CallQuerySet(models.QuerySet["Call"]):
    def announced(self) -> CallQuerySet:
        return self.filter(announced_at__isnull=False)

    def collecting(self) -> CallQuerySet:
        """Announced, and open for submissions at this moment."""
        now = timezone.now()
        return self.announced().filter(opens_at__lte=now, closes_at__gte=now, closure=None)


class Call(models.Model):
    """A programme's edition, opened for a period. What was pinned changes only by a migration."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("in preparation")
        COMING = "coming", pgettext_lazy("call", "not yet open")
        OPEN = "open", pgettext_lazy("call", "open")
        RUNNING = "running", pgettext_lazy("call", "under way")
        CLOSED = "closed", pgettext_lazy("call", "closed")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="calls")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("calling organisation"), on_delete=models.PROTECT,
        related_name="calls",
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    about = models.TextField(_("announcement"), blank=True)
    budget = models.DecimalField(
        _("budget"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    last_number = models.PositiveIntegerField(default=0)  # of what was sent in
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    announced_at = models.DateTimeField(_("announced"), null=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def programme(self) -> Programme:
        return self.edition.programme

    @property
    def is_collecting(self) -> bool:
        open_now = self.opens_at <= timezone.now() <= self.closes_at
        return self.announced_at is not None and open_now and not hasattr(self, "closure")

    @property
    def state(self) -> State:
        """How the call stands today. Reads `closure`: select it in lists."""
        if hasattr(self, "closure"):
            return self.State.CLOSED
        if self.announced_at is None:
            return self.State.PREPARED
        if self.is_collecting:
            return self.State.OPEN
        return self.State.COMING if timezone.now() < self.opens_at else self.State.RUNNING


class CallClosure(models.Model):
    """That a call is over, or was called off: who said so, and why."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="closure")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Charge(models.Model):
    """Somebody in charge of a call: named to applicants, told what comes in."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="charges")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["call", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "account"], name="in_charge_once")]


class Topic(models.Model):
    """One entry of a call's topic guide (选题指南)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="topics")
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["call", "position", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class CallFile(models.Model):
    """A file of the announcement: the notice itself, a form to download."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["call", "id"]


class Phase(models.Model):
    """A stage of a call in time. `begun_at` opens it to those whose stage it is, `ended_at` closes it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="phases")
    stage = models.CharField(max_length=60)  # key of a stage of the programme
    position = models.PositiveSmallIntegerField()
    starts_on = models.DateField(_("from"), null=True, blank=True)  # as planned
    due_on = models.DateField(_("until"), null=True, blank=True)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "stage"], name="phase_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(begun_at__isnull=False),
                name="phase_ends_after_it_began",
            ),
        ]

    @property
    def definition(self) -> Stage:
        found = self.call.programme.stage(self.stage)
        if found is None:
            raise LookupError(self.stage)
        return found

    @property
    def is_running(self) -> bool:
        return self.begun_at is not None and self.ended_at is None


class Seat(models.Model):
    """One place of an organisation's quota (限额推荐). There are no more places than the quota says,
    so recommending beyond it is impossible. The place's number is the rank.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(_("rank"))
    added = models.BooleanField(default=False)  # when it was needed: the call limits nobody
    submission = models.OneToOneField(
        "calls.Submission", null=True, on_delete=models.PROTECT, related_name="seat"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "organisation", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation", "rank"], name="quota_seat_once"
            ),
        ]


class Step(AppendOnly):
    """The log of decisions: what was done in a call or to a submission, by whom, when and why."""

    class Act(models.TextChoices):
        # of a call
        ANNOUNCED = "announced", _("Call announced")
        CHANGED = "changed", _("Call changed")
        MIGRATED = "migrated", _("Moved to a new edition of the programme")
        BEGUN = "begun", _("Stage begun")
        ENDED = "ended", _("Stage ended")
        REOPENED = "reopened", _("Stage opened again")
        PROPOSED = "proposed", _("Assignment proposed")
        DEPLOYED = "deployed", _("Assignment put in force")
        UNDONE = "undone", _("Assignment undone")
        CLOSED = "closed", _("Call closed")
        # of a submission
        SENT = "sent", _("Sent in")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RECOMMENDED = "recommended", pgettext_lazy("submission", "Recommended")
        UNRECOMMENDED = "unrecommended", _("Recommendation taken back")
        PASSED = "passed", _("Passed")
        RETURNED = "returned", _("Returned for correction")
        REFUSED = "refused", _("Refused")
        RESTORED = "restored", _("Taken in again")
        RELEASED = "released", _("Released to reviewers")
        RECUSED = "recused", _("Reviewer stepped aside")
        LIFTED = "lifted", _("Conflict lifted")
        EXTRA = "extra", _("Another review asked for")
        REVIEWED = "reviewed", _("Review sent in")
        VOTED = "voted", _("Voted on")
        PUBLISHED = "published", _("Published")
        OBJECTED = "objected", _("Objection received")
        ANSWERED = "answered", _("Objection answered")
        AWARDED = "awarded", _("Awarded")
        NOT_AWARDED = "not_awarded", _("Not awarded")
        REVOKED = "revoked", _("Revoked")
        CERTIFIED = "certified", _("Certificate issued")
        PROJECT = "project", _("Project")  # contract, milestone, change, payment, closing

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="steps")
    submission = models.ForeignKey(
        "calls.Submission", null=True, on_delete=models.PROTECT, related_name="steps"
    )
    stage = models.CharField(max_length=60, blank=True)
    act = models.CharField(max_length=20, choices=Act.choices)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["call", "-id"], name="steps_of_call")]
