"""What people say to one another about a thing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account


class CommentQuerySet(models.QuerySet["Comment"]):
    def about(self, subject: models.Model) -> CommentQuerySet:
        """The conversation about `subject`, the first comment first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class Comment(models.Model):
    """One contribution to the conversation about a thing, which is named as in the audit log.

    Not by foreign key: the things lie in apps above this one.
    """

    subject_type = models.CharField(max_length=60)  # “ledger.record”
    subject_id = models.BigIntegerField()
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    text = models.TextField(_("comment"), max_length=5000)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="conversation")]

    def __str__(self) -> str:
        return self.text[:60]


class CommentVersion(models.Model):
    """What a comment said before it was changed at `at`."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]


class CommentWithdrawal(models.Model):
    """A comment that its author took back: its words are shown no more, but kept."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="withdrawal")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Mention(models.Model):
    """Somebody who is named in a comment and was told."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "account"], name="mentioned_once")
        ]
