"""Panels: who sits, what they vote on, ballots that cannot be traced to a voter."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Person

from .calls import Call
from .submissions import Submission


class Panel(models.Model):
    """A sitting of a panel in one stage of a call."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panels")
    stage = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    held_at = models.DateTimeField(_("time"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    quorum = models.FloatField()  # share of the members, pinned from the stage
    majority = models.FloatField()  # share of those present; more than a half needs more than it
    shows_scores = models.BooleanField(_("with the reviewers' scores"), default=True)
    notes = models.TextField(_("minutes"), blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "held_at", "id"]

    def __str__(self) -> str:
        return self.title


class PanelMember(models.Model):
    """Somebody who sits in a panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(_("chair"), default=False)
    invited_at = models.DateTimeField(null=True)
    present_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["panel", "-is_chair", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="sits_once"),
            models.UniqueConstraint(fields=["panel"], condition=Q(is_chair=True), name="one_chair"),
        ]

    def __str__(self) -> str:
        return self.person.name


class PanelItem(models.Model):
    """One submission on a panel's agenda."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="items")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="panel_items")
    position = models.PositiveIntegerField(default=0)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["panel", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "submission"], name="on_agenda_once"),
        ]


class Absence(models.Model):
    """A member who leaves the room for an item: does not see it, does not vote, is not counted."""

    item = models.ForeignKey(PanelItem, on_delete=models.CASCADE, related_name="absences")
    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="absences")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    declared = models.BooleanField(default=False)  # by the member: it is not lifted
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)  # by the office, with a reason in the log

    class Meta:
        ordering = ["item", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="absent_once"),
            models.CheckConstraint(
                condition=Q(declared=False) | Q(lifted_at=None), name="declared_absence_stays"
            ),
        ]


class Ballot(models.Model):
    """A secret vote on an item. `result` is counted when it closes; votes are not shown before."""

    item = models.ForeignKey(PanelItem, on_delete=models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(default=1)
    options = models.JSONField()  # [{"key", "name"}]: levels of the outcome, or yes and no
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    # See sheke/calls/panels/counting.py; {"annulled": reason} where somebody left who had voted.
    result = models.JSONField(null=True)

    class Meta:
        ordering = ["item", "round"]
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], name="ballot_round_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(closed_at=None), name="one_open_ballot"
            ),
        ]


class Voter(models.Model):
    """That a member has voted; not how."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="voters")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="votes_once")]


class Vote(models.Model):
    """One vote, under a random key and without a time. All votes of a ballot are written anew in a
    random order with each that comes in, so that neither keys nor places of rows tell their order.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    option = models.CharField(max_length=60)
