"""Nouns of the directory: organisations in a tree, people, tenures, accounts."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .managers import AccountManager

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


class Person(models.Model):
    """A human. Only what the office needs to work with them."""

    name = models.CharField(_("name"), max_length=100)
    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("mail"), blank=True)
    title = models.CharField(_("academic title"), max_length=60, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class TenureQuerySet(models.QuerySet["Tenure"]):
    def at(self, day: date) -> TenureQuerySet:
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))

    def acting(self) -> TenureQuerySet:
        """Those that let the person write for the organisation."""
        return self.filter(role__in=Tenure.ACTING)


class Tenure(models.Model):
    """The holding of an office or a membership, from–to."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        LEADER = "leader", _("Leader")
        STAFF = "staff", _("Staff")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    ACTING = (Role.ADMINISTRATOR, Role.LEADER, Role.STAFF, Role.SECRETARY)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tenures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tenures")
    role = models.CharField(pgettext_lazy("directory", "role"), max_length=20, choices=Role.choices)
    post = models.CharField(pgettext_lazy("directory", "post"), max_length=100, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "person"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="tenure_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation.label}"

    def clean(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The end lies before the beginning.")})


class Account(AbstractBaseUser, PermissionsMixin):
    """A sign-in. What it may do follows from its person's tenures; `is_superuser` runs the machine."""

    username = models.CharField(
        _("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    person = models.OneToOneField(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="account",
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.person.name if self.person_id and self.person else self.username
