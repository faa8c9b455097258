"""Minutes that were approved, and what opened them again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .meetings import Meeting


class Approval(models.Model):
    """The minutes as they were approved: number 1, and one more for each correction."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="approvals")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()  # see minutes.content_of
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="approval_number_once"),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """What was approved is not rewritten."""
        if self.pk is not None:
            raise TypeError("an approval is not changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("an approval is not deleted")


class Correction(models.Model):
    """That approved minutes were opened again, and why; closed by the approval that followed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approval = models.OneToOneField(
        Approval, null=True, on_delete=models.PROTECT, related_name="correction"
    )

    class Meta:
        ordering = ["meeting", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(approval=None), name="one_open_correction"
            ),
        ]
