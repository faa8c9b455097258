"""A work: an article, a book, a report, a document; who made it, where it appeared, what came of it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation
from sheke.ledger.models import Record, StoredFile

from .experts import Expert

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


class WorkQuerySet(models.QuerySet["Work"]):
    def public(self) -> WorkQuerySet:
        """What everybody may see: published, and not taken back."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def touch(self) -> None:
        """Something beside them changed that readers see of them: harvesters ask by this time."""
        self.update(changed_at=timezone.now())


class Work(models.Model):
    """One work as the library holds it. Dates may be partial: 2024, 2024-05 or 2024-05-12."""

    class Kind(models.TextChoices):
        ARTICLE = "article", pgettext_lazy("work", "Journal article")
        MONOGRAPH = "monograph", pgettext_lazy("work", "Monograph")
        COLLECTION = "collection", pgettext_lazy("work", "Edited volume")
        CHAPTER = "chapter", pgettext_lazy("work", "Chapter")
        TRANSLATION = "translation", pgettext_lazy("work", "Translation")
        NEWSPAPER = "newspaper", pgettext_lazy("work", "Newspaper article")
        CONFERENCE = "conference", pgettext_lazy("work", "Conference paper")
        THESIS = "thesis", pgettext_lazy("work", "Thesis")
        REPORT = "report", pgettext_lazy("work", "Research report")
        ADVICE = "advice", pgettext_lazy("work", "Decision reference")
        STANDARD = "standard", pgettext_lazy("work", "Standard")
        PERIODICAL = "periodical", pgettext_lazy("work", "Periodical")
        WEB = "web", pgettext_lazy("work", "Web page")
        ARCHIVE = "archive", pgettext_lazy("work", "Archival item")
        DOCUMENT = "document", pgettext_lazy("work", "Document")
        OTHER = "other", pgettext_lazy("work", "Other")

    class Level(models.TextChoices):
        NATIONAL = "national", pgettext_lazy("level", "National")
        PROVINCIAL = "provincial", pgettext_lazy("level", "Provincial")
        MUNICIPAL = "municipal", pgettext_lazy("level", "Municipal")
        COUNTY = "county", pgettext_lazy("level", "County")
        OWN = "own", pgettext_lazy("level", "Own organisation")

    class Language(models.TextChoices):
        SIMPLIFIED = "zh-Hans", _("Chinese, simplified")
        TRADITIONAL = "zh-Hant", _("Chinese, traditional")
        ENGLISH = "en", _("English")
        OTHER = "other", pgettext_lazy("language", "Other")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kept by"), on_delete=models.PROTECT, related_name="works"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=500)
    language = models.CharField(
        _("language"), max_length=10, choices=Language.choices, default=Language.SIMPLIFIED
    )
    issued = models.CharField(
        _("date"), max_length=10, blank=True, validators=[RegexValidator(PARTIAL_DATE)]
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)  # of `issued`
    abstract = models.TextField(_("abstract"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    discipline = models.CharField(_("discipline"), max_length=7, blank=True)  # GB/T 13745
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)

    # Where it appeared, in the words of GB/T 7714.
    container = models.CharField(_("appeared in"), max_length=300, blank=True)
    volume = models.CharField(_("volume"), max_length=30, blank=True)
    issue = models.CharField(_("issue"), max_length=30, blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    edition = models.CharField(pgettext_lazy("book", "edition"), max_length=60, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    accessed_on = models.DateField(_("accessed"), null=True, blank=True)
    note = models.TextField(_("note for the office"), blank=True)  # never public

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True, db_index=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)  # taken back after it was public
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawal_reason = models.CharField(_("reason"), max_length=300, blank=True)
    # The ledger's record of it, once the office says that it counts.
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="works_of"),
            models.Index(fields=["kind", "-year", "-id"], name="works_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="work_withdrawn_was_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **options: object) -> None:
        self.year = int(self.issued[:4]) if self.issued else None
        super().save(*args, **options)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("library:work", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def was_public(self) -> bool:
        return self.published_at is not None


class OtherTitle(models.Model):
    """Another title of a work: its subtitle, a translation, a former or a short one."""

    class Kind(models.TextChoices):
        SUBTITLE = "subtitle", pgettext_lazy("title", "Subtitle")
        TRANSLATED = "translated", pgettext_lazy("title", "Translated title")
        FORMER = "former", pgettext_lazy("title", "Former title")
        SHORT = "short", pgettext_lazy("title", "Short title")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="other_titles")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = models.CharField(_("title"), max_length=500)

    class Meta:
        ordering = ["work", "id"]

    def __str__(self) -> str:
        return self.text


class Contribution(models.Model):
    """Somebody's part in a work, in the order of the title page, with the employer at that time."""

    class Role(models.TextChoices):
        AUTHOR = "author", pgettext_lazy("contribution", "Author")
        EDITOR = "editor", pgettext_lazy("contribution", "Editor")
        TRANSLATOR = "translator", pgettext_lazy("contribution", "Translator")
        ORGANISATION = "organisation", pgettext_lazy("contribution", "Issuing organisation")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="contributions")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(_("part"), max_length=20, choices=Role.choices, default=Role.AUTHOR)
    name = models.CharField(_("name"), max_length=200)  # as printed; Latin: “Family, Given”
    organisation_name = models.CharField(_("organisation at that time"), max_length=200, blank=True)
    expert = models.ForeignKey(
        Expert, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )

    class Meta:
        ordering = ["work", "position"]
        constraints = [
            models.UniqueConstraint(fields=["work", "position"], name="contribution_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number by which the world knows the work, kept in its normal form and checked."""

    class Scheme(models.TextChoices):
        ISBN = "isbn", "ISBN"
        ISSN = "issn", "ISSN"
        DOI = "doi", "DOI"
        CN = "cn", pgettext_lazy("identifier", "CN number")
        OTHER = "other", pgettext_lazy("identifier", "Other number")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme.choices)
    value = models.CharField(_("number"), max_length=200)

    class Meta:
        ordering = ["work", "id"]
        constraints = [
            models.UniqueConstraint(fields=["work", "scheme", "value"], name="identifier_once"),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_value")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Relation(models.Model):
    """How a work belongs to another, or to something outside of the library (`reference`)."""

    class Kind(models.TextChoices):
        VERSION_OF = "version_of", pgettext_lazy("relation", "Version of")
        PART_OF = "part_of", pgettext_lazy("relation", "Part of")
        REVIEWS = "reviews", pgettext_lazy("relation", "Review of")
        CAME_OUT_OF = "came_out_of", pgettext_lazy("relation", "Came out of project")

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    other = models.ForeignKey(
        Work, null=True, blank=True, on_delete=models.PROTECT, related_name="related_from"
    )
    reference = models.CharField(_("title or number"), max_length=300, blank=True)

    class Meta:
        ordering = ["work", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(other=None) & ~Q(reference=""))
                | (Q(other__isnull=False) & Q(reference="")),
                name="relation_has_one_end",
            ),
        ]


class Adoption(models.Model):
    """That a work was taken up: by whom, at what level, when, shown by what."""

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", pgettext_lazy("adoption", "Written instruction")
        ADOPTED = "adopted", pgettext_lazy("adoption", "Adopted")
        REPRINTED = "reprinted", pgettext_lazy("adoption", "Reprinted by a higher bulletin")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="adoptions")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    adopter = models.CharField(_("by whom"), max_length=200)
    level = models.CharField(_("level"), max_length=20, choices=Work.Level.choices)
    adopted_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence_name = models.CharField(max_length=200, blank=True)
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["work", "adopted_on", "id"]
