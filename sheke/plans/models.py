"""Nouns of planning: the year's document as a tree, who does what by when, what is to be reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation, Person
from sheke.indicators.models import Goal
from sheke.ledger.models import Heading, Record, StoredFile


class Plan(models.Model):
    """An organisation's plan for a year, read from its document."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="plans"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=300)
    introduction = models.TextField(_("introduction"), blank=True)
    boilerplate = models.TextField(_("around the document"), blank=True)  # kept, not in the tree
    source = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200, blank=True)
    escalate_after = models.PositiveSmallIntegerField(_("days until leaders are told"), default=3)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-year", "id"]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One node of the tree: a chapter, an item, an action under it, or a problem that is named."""

    class Kind(models.TextChoices):
        CHAPTER = "chapter", _("Chapter")
        ITEM = "item", _("Item")
        ACTION = "action", _("Action")
        PROBLEM = "problem", _("Problem")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()  # in reading order over the whole plan
    number = models.CharField(_("number"), max_length=40, blank=True)  # as printed: 一、 （二） 3.
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("text"), blank=True)
    proposals = models.JSONField(
        default=dict
    )  # {"targets": [...], "due": [...]} with places in the text
    heading = models.OneToOneField(
        Heading, null=True, on_delete=models.PROTECT, related_name="item"
    )

    class Meta:
        ordering = ["plan", "position"]

    def __str__(self) -> str:
        return f"{self.number}{self.title}"


class DutyQuerySet(models.QuerySet["Duty"]):
    def reported(self) -> DutyQuerySet:
        """With their standing reports, the latest first; `Duty.last` reads no more."""
        standing = DutyReport.objects.filter(withdrawn_at=None).order_by("-id")
        reports = standing.select_related("by__person")
        return self.prefetch_related(Prefetch("reports", queryset=reports, to_attr="standing"))


class Duty(models.Model):
    """Who leads or supports an item, by when, and where the duty comes from."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        SUPPORT = "support", _("Support")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="duties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="duties"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    due = models.DateField(_("due"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=200, blank=True)  # “Council, 3rd: decision 2”
    origin_url = models.CharField(max_length=200, blank=True)  # a path of this site

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["item", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organisation", "person"], name="duty_once",
                nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item} · {self.who}"

    @property
    def who(self) -> str:
        return (
            f"{self.organisation.label} · {self.person}" if self.person else self.organisation.label
        )

    @property
    def last(self) -> DutyReport | None:
        """The report that stands: the state of the duty. Reads nothing after `reported()`."""
        standing: list[DutyReport] | None = getattr(self, "standing", None)
        if standing is not None:
            return standing[0] if standing else None
        return self.reports.filter(withdrawn_at=None).order_by("-id").first()


class DutyReport(models.Model):
    """What was said of a duty and when. The last one that was not withdrawn is its state."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", _("Under way")
        BLOCKED = "blocked", pgettext_lazy("duty", "Blocked")
        DONE = "done", _("Done")

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="reports")
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    blocked_by = models.CharField(_("by whom or what"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    records = models.ManyToManyField(Record, through="DutyEvidence", related_name="+")

    class Meta:
        ordering = ["duty", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="blocked") | ~Q(note=""), name="blocked_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} · {self.get_state_display()}"


class DutyEvidence(models.Model):
    """A record of the ledger that shows what a report says."""

    report = models.ForeignKey(DutyReport, on_delete=models.CASCADE, related_name="evidence")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["report", "id"]
        verbose_name_plural = "duty evidence"
        constraints = [
            models.UniqueConstraint(fields=["report", "record"], name="duty_evidence_once"),
        ]


class Target(models.Model):
    """A value that an item is to reach, as a goal on an indicator; with the words it comes from."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="targets")
    goal = models.OneToOneField(Goal, on_delete=models.PROTECT, related_name="target")
    phrase = models.CharField(_("wording"), max_length=300, blank=True)


class Completion(models.Model):
    """That an item is done, by the word of a person (beside what its targets say)."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="completion")
    note = models.CharField(_("note"), max_length=300, blank=True)
    report = models.ForeignKey(  # the last of those by which all who lead it said so
        DutyReport, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class PlanEdit(models.Model):
    """One change of the tree with the tree before it, so that it can be undone."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="edits")
    verb = models.CharField(max_length=40)
    before = models.JSONField()
    after = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["plan", "-id"]
        indexes = [
            models.Index(fields=["plan", "-id"], condition=Q(undone_at=None), name="plan_edit_live")
        ]
