"""What reviewers see of a submission: a packet without names, released by the office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.ledger.models import StoredFile

from .submissions import Submission, Upload, Version


class Packet(models.Model):
    """A version without what reviewers must not see. Nobody sees it before its release."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="blind")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)  # {field: value}, as reviewers see it
    findings = models.JSONField(default=list)  # names found in texts: see sheke/calls/blinding
    # {finding or file: "kept" | "replaced" | "withheld"}
    settled = models.JSONField(default=dict)
    open = models.PositiveIntegerField(default=0)  # findings and files that nobody decided on
    made_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class PacketFile(models.Model):
    """An upload without its metadata, under a name that tells nothing."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="files")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    stored = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+"
    )  # none: it could not be made blind; `problem` says why
    name = models.CharField(_("name"), max_length=200)
    problem = models.CharField(max_length=300, blank=True)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["packet", "id"]
