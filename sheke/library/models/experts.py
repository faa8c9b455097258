"""Experts and people of note: a profile that the person agreed to, its names, merges that can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation, Person
from sheke.ledger.models import StoredFile


class ExpertQuerySet(models.QuerySet["Expert"]):
    def standing(self) -> ExpertQuerySet:
        """Without those who were merged into another."""
        return self.filter(merged_into=None)

    def with_merged(self) -> ExpertQuerySet:
        """And the profiles that were merged into them, or into one of those."""
        found: set[int] = set()
        last = set(self.values_list("pk", flat=True))
        while last:
            found |= last
            last = set(Expert.objects.filter(merged_into__in=last).values_list("pk", flat=True))
        return Expert.objects.filter(pk__in=found)

    def public(self) -> ExpertQuerySet:
        """Who agreed to be shown and did not take it back, as published by the office."""
        return self.standing().filter(published_at__isnull=False, agreed_at__isnull=False)


class Expert(models.Model):
    """A profile. `shown` names the fields that everybody may see; nothing is shown without agreement."""

    class Kind(models.TextChoices):
        EXPERT = "expert", pgettext_lazy("profile", "Expert")
        NOTABLE = "notable", pgettext_lazy("profile", "Person of note")
        AUTHOR = "author", pgettext_lazy("profile", "Author")

    # Which fields a person may show one by one.
    FIELDS = ("employer", "post", "disciplines", "topics", "biography", "photo", "orcid", "email",
              "works", "projects", "service", "network")  # fmt: skip
    CAREER = frozenset({"employer", "post"})  # where they worked tells both, before and now

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kept by"), on_delete=models.PROTECT, related_name="experts"
    )
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="expert"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.EXPERT)
    name = models.CharField(_("name"), max_length=100)
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    post = models.CharField(_("post and academic title"), max_length=200, blank=True)
    disciplines = models.JSONField(_("disciplines"), default=list, blank=True)  # GB/T 13745 codes
    biography = models.TextField(_("biography"), blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True)
    email = models.EmailField(_("mail"), blank=True)
    photo = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shown = models.JSONField(default=list)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(  # the person; or who holds their written agreement
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    agreement_note = models.CharField(_("how they agreed"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="expert_is_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                fields=["orcid"], condition=~Q(orcid="") & Q(merged_into=None),
                name="orcid_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        """What the audit log calls them: what it keeps it keeps for good."""
        return f"#{self.pk}"

    @property
    def is_public(self) -> bool:
        return bool(self.published_at and self.agreed_at and self.merged_into_id is None)


class NameVariant(models.Model):
    """Another way in which a person's name is written: traditional, pinyin, a pen name."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ["expert", "id"]
        constraints = [models.UniqueConstraint(fields=["expert", "name"], name="variant_once")]

    def __str__(self) -> str:
        return self.name


class Career(models.Model):
    """Where somebody worked from–to, as years."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="careers")
    employer = models.CharField(_("employer"), max_length=200)
    post = models.CharField(_("post"), max_length=200, blank=True)
    since = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    until = models.PositiveSmallIntegerField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["expert", "-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="career_ends_after_it_begins",
            ),
        ]


class Merge(models.Model):
    """Two profiles that were one person. What moved is kept, so that it can be undone."""

    kept = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="merges")
    dropped = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    # {"contributions": [[work, name as printed]…], "variants": [name…], "person": pk}: not by the numbers
    # of the rows, which are written anew whenever a work or a profile is described.
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]


class Distinction(models.Model):
    """That two profiles with one name are two people: they are not proposed for a merge again."""

    first = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinction_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="distinction_once"),
        ]
