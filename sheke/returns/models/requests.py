"""What is asked of whom: a return, its series, the organisations asked, their unfinished answers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.definitions.models import Definition, Edition
from sheke.definitions.return_forms import ReturnForm
from sheke.directory.models import Organisation


class Series(models.Model):
    """A return that opens by itself for every period of its form."""

    form = models.ForeignKey(
        Definition, verbose_name=_("return form"), on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("asking organisation"), on_delete=models.PROTECT,
        related_name="return_series",
    )  # fmt: skip
    audience = models.JSONField(default=dict)  # {"kinds": [], "below": code, "codes": []}
    note = models.TextField(_("note"), blank=True)
    due_days = models.PositiveSmallIntegerField(_("days after the end of the period"))
    remind = models.JSONField(default=list)  # days from the due day: [-3, 1]
    since = models.DateField(_("first period from"))
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["form", "id"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return str(self.form)


class ReturnQuerySet(models.QuerySet["Return"]):
    def open(self) -> ReturnQuerySet:
        return self.filter(closure=None)


class Return(models.Model):
    """One request: a form, pinned to its edition, for a period, by a day. Who is asked is fixed at opening."""

    key = models.SlugField(_("key"), max_length=90, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("asking organisation"), on_delete=models.PROTECT,
        related_name="returns",
    )  # fmt: skip
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="returns")
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    due_on = models.DateField(_("due"))
    remind = models.JSONField(default=list)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-id"]
        indexes = [models.Index(fields=["organisation", "-due_on"], name="returns_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="return_period_runs_forward"
            ),
            models.UniqueConstraint(
                fields=["series", "first_day"], condition=Q(series__isnull=False),
                name="series_opens_once_a_period",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def form(self) -> ReturnForm:
        return self.edition.return_form

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()


class Closure(models.Model):
    """That a return takes no more answers: who said so, and why."""

    of = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="closure")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )


class AskedQuerySet(models.QuerySet["Asked"]):
    def with_state(self) -> AskedQuerySet:
        """With what `state` looks at, in one query."""
        return self.select_related(
            "of", "organisation", "draft", "latest__acceptance", "latest__sending_back",
            "latest__withdrawal", "of__closure",
        )  # fmt: skip

    def unanswered(self) -> AskedQuerySet:
        """Nothing sent, or what was sent came back or was withdrawn."""
        none = Q(latest=None) | Q(latest__sending_back__isnull=False)
        return self.filter(none | Q(latest__withdrawal__isnull=False))

    def sent(self) -> AskedQuerySet:
        """Sent and neither accepted, sent back nor withdrawn."""
        return self.filter(
            latest__isnull=False, latest__acceptance=None, latest__sending_back=None,
            latest__withdrawal=None,
        )  # fmt: skip

    def late(self, today: date | None = None) -> AskedQuerySet:
        """Due before today, nothing accepted and nothing to look at."""
        due = Q(of__due_on__lt=today or timezone.localdate(), of__closure=None)
        return self.unanswered().filter(due, accepted=None)


class Asked(models.Model):
    """One organisation that a return asks. `latest` and `accepted` point into its answers."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("return", "Not begun")
        DRAFT = "draft", pgettext_lazy("return", "Begun")
        LATE = "late", pgettext_lazy("return", "Late")
        SENT = "sent", pgettext_lazy("return", "Sent in")
        BACK = "back", pgettext_lazy("return", "Sent back")
        ACCEPTED = "accepted", pgettext_lazy("return", "Accepted")

    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="asked")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asked")
    latest = models.OneToOneField(
        "returns.Answer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted = models.OneToOneField(
        "returns.Answer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    first_sent_on = models.DateField(null=True)  # for timeliness: the first that was not withdrawn
    added_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of a late addition

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["of", "organisation__path"]
        verbose_name_plural = "asked"
        constraints = [
            models.UniqueConstraint(fields=["of", "organisation"], name="asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of} · {self.organisation.label}"

    @property
    def state(self) -> str:
        """One of State; use `with_state` for lists."""
        latest, state = self.latest, self.State
        if latest is None or hasattr(latest, "withdrawal"):
            if self.accepted_id:
                return state.ACCEPTED
            late = self.of.is_overdue and not self.is_closed
            return state.LATE if late else state.DRAFT if hasattr(self, "draft") else state.OPEN
        if hasattr(latest, "acceptance"):
            return state.ACCEPTED
        return state.BACK if hasattr(latest, "sending_back") else state.SENT

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    @property
    def is_closed(self) -> bool:
        return hasattr(self.of, "closure")

    @property
    def on_time(self) -> bool | None:
        """Whether it was first sent by the due day; None while it may still be."""
        if self.first_sent_on is not None:
            return self.first_sent_on <= self.of.due_on
        return False if self.of.is_overdue else None


class Draft(models.Model):
    """An answer being written. `revision` tells two browser windows apart."""

    asked = models.OneToOneField(Asked, on_delete=models.CASCADE, related_name="draft")
    values = models.JSONField(default=dict)  # as typed: {question: text or list}
    remarks = models.JSONField(default=dict)  # {question: text}
    reason = models.CharField(max_length=300, blank=True)  # of a correction
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
