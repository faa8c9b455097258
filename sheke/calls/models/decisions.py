"""The public notice, objections to it, what was decided, certificates, records posted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.ledger.models import Record, StoredFile

from .calls import Call
from .submissions import Submission


class SpecialDay(models.Model):
    """A day on which people do not work though it is no weekend, or work though it is one (调休)."""

    day = models.DateField(pgettext_lazy("calendar", "day"), unique=True)
    works = models.BooleanField()
    name = models.CharField(pgettext_lazy("calendar", "name"), max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["day"]


class Proposed(models.Model):
    """That a submission is proposed for a level, with an amount; until it is decided."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="proposed")
    level = models.CharField(max_length=60, blank=True)  # key of a level of the outcome
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["submission"]


class PublicNotice(models.Model):
    """The list of those proposed, public for the declared working days (公示)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="public_notices")
    stage = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    # [{submission, number, title, lead, organisation, level, level_name, amount}] as published
    entries = models.JSONField(default=list)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="notice_runs_forward"
            ),
            models.UniqueConstraint(
                fields=["call", "stage"], condition=Q(withdrawn_at=None), name="one_public_notice"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Objection(models.Model):
    """What somebody says against the notice, under their name and in confidence."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="objections"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("objection", "your name"), max_length=100)
    contact = models.CharField(pgettext_lazy("objection", "phone or mail"), max_length=200)
    text = models.TextField(pgettext_lazy("objection", "what you object to, and why"))
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["notice", "id"]


class ObjectionAnswer(models.Model):
    """What the office found, and answered."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    upheld = models.BooleanField()
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class Award(models.Model):
    """A positive decision on a submission: a project, a prize, an accreditation."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="award")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="awards")
    level = models.CharField(max_length=60, blank=True)  # key of a level of the outcome
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    serial = models.PositiveIntegerField()  # within the call
    number = models.CharField(_("number"), max_length=100)  # as it is printed
    holds_until = models.DateField(_("holds until"), null=True)  # of an accreditation
    decided_on = models.DateField(_("decided"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["call", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["call", "serial"], name="award_serial_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Posting(models.Model):
    """A record that this app posted to the ledger, and for what."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="postings")
    what = models.CharField(max_length=60)  # decided.0, closed.0: place in the programme's outcome
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="call_posting")

    class Meta:
        ordering = ["award", "id"]
        constraints = [models.UniqueConstraint(fields=["award", "what"], name="posted_once")]


class Certificate(models.Model):
    """A certificate as issued. Anybody may verify it by its code."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=20, default="award")  # or "closing"
    code = models.CharField(max_length=24, unique=True)  # random; in the QR code
    number = models.CharField(_("number"), max_length=100)
    template = models.CharField(max_length=60)
    data = models.JSONField()  # what was printed
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical data
    stored = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["award", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "kind"], condition=Q(revoked_at=None), name="one_certificate"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(revoked_at=None), name="certificate_number_once"
            ),
        ]
