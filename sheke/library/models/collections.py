"""Collections and exhibitions: a saved query or a hand-picked order, with a page of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Organisation
from sheke.ledger.models import StoredFile

from .works import Work


class CollectionQuerySet(models.QuerySet["Collection"]):
    def public(self) -> CollectionQuerySet:
        return self.filter(published_at__isnull=False)


class Collection(models.Model):
    """Works that belong together. With a `query` they are what it finds, else what was placed."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("kept by"),
        on_delete=models.PROTECT,
        related_name="collections",
    )
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    query = models.CharField(_("query"), max_length=500, blank=True)
    cover = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:collection", args=[self.slug])


class Placement(models.Model):
    """A work's place in a hand-picked collection; for a timeline and a map also when and where."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="placements")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="placements")
    position = models.PositiveIntegerField()
    note = models.CharField(_("caption"), max_length=300, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)

    class Meta:
        ordering = ["collection", "position"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "work"], name="placed_once"),
        ]
