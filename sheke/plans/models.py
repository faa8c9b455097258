"""Nouns of planning: the year's document as a tree, who does what by when, what is to be reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Organisation, Person
from sheke.indicators.models import Goal
from sheke.ledger.models import Heading, StoredFile


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


class Duty(models.Model):
    """Who leads or supports an item, by when."""

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

    class Meta:
        ordering = ["item", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organisation", "person"], name="duty_once",
                nulls_distinct=False,
            ),
        ]  # fmt: skip


class Target(models.Model):
    """A value that an item is to reach, as a goal on an indicator; with the words it comes from."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="targets")
    goal = models.OneToOneField(Goal, on_delete=models.PROTECT, related_name="target")
    phrase = models.CharField(_("wording"), max_length=300, blank=True)


class Completion(models.Model):
    """That an item is done, by the word of a person (beside what its targets say)."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="completion")
    note = models.CharField(_("note"), max_length=300, blank=True)
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
