"""What people agreed to show, that they ask to be erased, and that they were."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .accounts import Account
from .people import Person


class Consent(models.Model):
    """To whom a person agreed to show one field, from a moment on. The latest one holds; none is changed."""

    class Field(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("Mail")
        TITLE = "title", _("Academic title")
        POSTS = "posts", _("Posts")

    class Audience(models.TextChoices):
        NOBODY = "nobody", _("Only those who need it")
        FEDERATION = "federation", _("Everyone who signs in")
        PUBLIC = "public", pgettext_lazy("audience", "Everyone")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    field = models.CharField(max_length=10, choices=Field.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["person", "-id"]
        indexes = [models.Index(fields=["person", "field", "-id"], name="consent_latest")]


class ErasureRequest(models.Model):
    """That a person asks to be erased; open until they take it back or are erased."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="erasure_request")
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)


class Erasure(models.Model):
    """That what named a person is gone: who did it, when, on what ground. It is for good."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="erasure")
    reason = models.CharField(_("reason"), max_length=300)
    # [[kind, number, place, address]] of texts that name the person, for somebody to decide about
    mentions = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
