"""Persistent links: a name that is given once, never again, and outlives what it names."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .collections import Collection
from .experts import Expert
from .works import Work


class PersistentLink(models.Model):
    """`/id/<name>`. When its target was withdrawn or merged it says so: a tombstone."""

    name = models.CharField(max_length=32, unique=True)
    work = models.OneToOneField(Work, null=True, on_delete=models.PROTECT, related_name="link")
    expert = models.OneToOneField(Expert, null=True, on_delete=models.PROTECT, related_name="link")
    collection = models.OneToOneField(
        Collection, null=True, on_delete=models.PROTECT, related_name="link"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(work__isnull=False, expert=None, collection=None)
                    | Q(work=None, expert__isnull=False, collection=None)
                    | Q(work=None, expert=None, collection__isnull=False)
                ),
                name="link_names_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name
