"""A meeting, that it was convened, and who attends."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account, Organisation, Person
from sheke.directory.queries import reachable_organisations


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, account: Account) -> MeetingQuerySet:
        """Those of the organisations that the account acts for, and those it was convened to."""
        reach = reachable_organisations(account).order_by().values("pk")
        seen = Q(organisation__in=reach)
        if account.is_active and account.person_id:
            mine = Attendance.objects.filter(person=account.person_id).values("meeting_id")
            seen |= Q(pk__in=mine) & Q(pk__in=Convening.objects.values("meeting_id"))
        return self.filter(seen)


class Meeting(models.Model):
    """A meeting of an organisation's board or office."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("General assembly")
        COUNCIL = "council", _("Council")
        STANDING = "standing", _("Standing committee")
        LEADERS = "leaders", _("Leaders' meeting")
        OFFICE = "office", _("Office meeting")
        OTHER = "other", pgettext_lazy("meeting", "Other meeting")

    class Quorum(models.TextChoices):
        NONE = "none", pgettext_lazy("quorum", "None")
        HALF = "half", _("More than half")
        TWO_THIRDS = "two_thirds", _("Two thirds")

    QUORUMS = {Kind.ASSEMBLY: Quorum.TWO_THIRDS, Kind.COUNCIL: Quorum.TWO_THIRDS,
               Kind.STANDING: Quorum.TWO_THIRDS, Kind.LEADERS: Quorum.HALF}  # fmt: skip

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="meetings",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)  # 第N次
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    quorum = models.CharField(
        _("quorum"), max_length=10, choices=Quorum.choices, default=Quorum.NONE
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["organisation", "-starts_at"], name="meetings_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Convening(models.Model):
    """That the attendees were told of the meeting, as it stood then."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="convenings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "-id"]


class Attendance(models.Model):
    """Somebody's part in a meeting: a person of the directory, or a guest by name."""

    class Part(models.TextChoices):
        CHAIR = "chair", _("Chair")
        MEMBER = "member", pgettext_lazy("meeting", "Member")
        RECORDER = "recorder", _("Recorder")
        GUEST = "guest", _("Guest")

    class Presence(models.TextChoices):
        EXPECTED = "expected", pgettext_lazy("meeting", "Expected")
        PRESENT = "present", pgettext_lazy("meeting", "Present")
        LEAVE = "leave", pgettext_lazy("meeting", "On leave")
        ABSENT = "absent", pgettext_lazy("meeting", "Absent")

    VOTING = (Part.CHAIR, Part.MEMBER)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    name = models.CharField(_("name"), max_length=100)  # as it was when the person was invited
    post = models.CharField(_("post"), max_length=160, blank=True)
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.MEMBER)
    presence = models.CharField(
        _("presence"), max_length=10, choices=Presence.choices, default=Presence.EXPECTED
    )

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False),
                name="attends_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
