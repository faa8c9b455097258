"""Organisations in a tree, and the states that each had."""

from __future__ import annotations

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STEP = 6  # digits of a path per level


def path_range(path: str) -> tuple[str, str]:
    """The half-open range of paths at and below `path`: `low <= p < high`.

    Paths are digits of fixed width only, so the range is the same under every collation.
    """
    return path, str(int(path) + 1).zfill(len(path))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def below(self, organisation: Organisation) -> OrganisationQuerySet:
        """The organisation itself and all that lies below it."""
        low, high = path_range(organisation.path)
        return self.filter(path__gte=low, path__lt=high)

    def above(self, organisation: Organisation) -> OrganisationQuerySet:
        """The organisation itself and all above it, from the root."""
        path = organisation.path
        return self.filter(path__in=[path[:end] for end in range(STEP, len(path) + 1, STEP)])

    def at(self, day: date) -> OrganisationQuerySet:
        """Those that existed on `day`."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Organisation(models.Model):
    """A unit in the tree. `path` is derived from `parent`: six digits of the number per level."""

    class Kind(models.TextChoices):
        FEDERATION = "federation", _("Federation")
        COUNTY_FEDERATION = "county_federation", _("County federation")
        UNIVERSITY_FEDERATION = "university_federation", _("University federation")
        SOCIETY = "society", _("Society")
        RESEARCH_BASE = "research_base", _("Research base")
        POPULARISATION_BASE = "popularisation_base", _("Popularisation base")
        OFFICE = "office", _("Office")
        OTHER = "other", _("Other")

    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="children",
    )  # fmt: skip
    path = models.CharField(max_length=STEP * 12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    code = models.CharField(
        pgettext_lazy("directory", "code"), max_length=40, unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")],
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    # Not kept: whether a reader administers it; see queries.held_organisations.
    administered = False

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // STEP - 1

    def contains(self, other: Organisation) -> bool:
        return other.path.startswith(self.path)


class OrganisationChange(models.Model):
    """One state that an organisation had: its name and place from `since` until the next change."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="changes")
    since = models.DateField(_("since"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    parent = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organisation", "since", "id"]
