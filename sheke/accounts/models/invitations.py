"""Invitations, and what became of them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account, Organisation, Person, Tenure

FORGOTTEN = timedelta(days=90)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def with_state(self) -> InvitationQuerySet:
        """With what `state` looks at, in the same query."""
        return self.select_related("acceptance__account__person", "withdrawal")

    def closed(self) -> InvitationQuerySet:
        """Accepted, withdrawn, or expired so long ago that it will not be sent again."""
        return self.filter(
            Q(acceptance__isnull=False) | Q(withdrawal__isnull=False)
            | Q(expires_at__lte=timezone.now() - FORGOTTEN)
        )  # fmt: skip


class Invitation(models.Model):
    """Somebody is asked to take a role in an organisation, with an account if they have none.

    The link is known to whoever was given it; here stands only a digest of its secret part.
    """

    class Channel(models.TextChoices):
        LINK = "", pgettext_lazy("accounts", "by a link")
        MAIL = "mail", pgettext_lazy("accounts", "by mail")
        SMS = "sms", pgettext_lazy("accounts", "by text message")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("invitation", "open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
        EXPIRED = "expired", pgettext_lazy("invitation", "expired")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE,
        related_name="invitations",
    )  # fmt: skip
    role = models.CharField(pgettext_lazy("directory", "role"), max_length=20)
    post = models.CharField(pgettext_lazy("directory", "post"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=100)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    mail = models.EmailField(_("mail"), blank=True)
    # Somebody of the directory who has no account yet.
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="invitations",
    )  # fmt: skip
    channel = models.CharField(
        pgettext_lazy("invitation", "sent"), max_length=10, choices=Channel.choices, blank=True
    )
    by = models.ForeignKey(
        Account, verbose_name=_("invited by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="invitations",
    )  # fmt: skip
    made_at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64)
    sendings = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField(_("expires"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} · {self.organisation.label}"

    @property
    def state(self) -> State:
        if hasattr(self, "acceptance"):
            return self.State.ACCEPTED
        if hasattr(self, "withdrawal"):
            return self.State.WITHDRAWN
        return self.State.EXPIRED if self.expires_at <= timezone.now() else self.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def role_label(self) -> str:
        return str(dict(Tenure.Role.choices).get(self.role, self.role))


class Acceptance(models.Model):
    """The invitation was accepted, once and by one account."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="acceptances")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.invitation)


class Withdrawal(models.Model):
    """The invitation was taken back."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.invitation)
