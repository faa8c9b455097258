"""Secret links to calendars."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sheke.directory.models import Account, Organisation


class Feed(models.Model):
    """A link by which a calendar program reads deadlines without signing in.

    Only the SHA-256 of its token is kept. With `organisation` it shows that organisation's
    deadlines, as long as the account acts for it.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="feeds")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(organisation=None, ended_at=None),
                name="one_feed_of_ones_own",
            ),
            models.UniqueConstraint(
                fields=["account", "organisation"], condition=Q(ended_at=None),
                name="one_feed_of_an_organisation",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.account} · {self.organisation.label}"
            if self.organisation
            else str(self.account)
        )
