"""Comments: written, changed, withdrawn. Earlier words are kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..conversations import mentioned, subject_of
from ..models import Comment, CommentVersion, CommentWithdrawal, Mention
from .telling import tell

QUOTED = 80  # characters of a comment in a notice


@transaction.atomic
def write_comment(*, subject: Model, text: str, by: Account, chosen: Iterable[int] = ()) -> Comment:
    """Add to the conversation about `subject`; who is mentioned or wrote there before is told.

    chosen: accounts picked for “@” (see `mentioned`). Raises BadInput for an empty comment.
    """
    text = _checked(text)
    people = mentioned(text, subject, chosen=chosen)
    comment = Comment.objects.create(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, author=by, text=text
    )
    _tell_mentioned(comment, subject, people, by)
    _tell_others(comment, subject, people, by)
    audit.record("comment.write", subject, by=by, comment=comment.pk)
    return comment


@transaction.atomic
def change_comment(
    *, comment: Comment, subject: Model, text: str, by: Account, chosen: Iterable[int] = ()
) -> None:
    """New words for a comment of one's own; the old ones are kept. Fresh mentions are told."""
    _check_own(comment, by)
    text = _checked(text)
    if text == comment.text:
        return
    people = mentioned(text, subject, chosen=chosen)
    CommentVersion.objects.create(comment=comment, text=comment.text)
    comment.text = text
    comment.save(update_fields=["text"])
    _tell_mentioned(comment, subject, people, by)
    audit.record("comment.change", subject, by=by, comment=comment.pk)


@transaction.atomic
def withdraw_comment(*, comment: Comment, subject: Model, by: Account) -> None:
    """Show a comment of one's own no more."""
    _check_own(comment, by)
    CommentWithdrawal.objects.create(comment=comment, by=by)
    audit.record("comment.withdraw", subject, by=by, comment=comment.pk)


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise BadInput(_("Write something first."))
    if len(text) > 5000:
        raise BadInput(_("A comment has at most 5,000 characters."))
    return text


def _check_own(comment: Comment, by: Account) -> None:
    if comment.author_id != by.pk:
        raise BadInput(_("Only who wrote a comment may change or withdraw it."))
    if CommentWithdrawal.objects.filter(comment=comment).exists():
        raise BadInput(_("This comment was withdrawn."))


def _tell_mentioned(comment: Comment, subject: Model, people: list[Account], by: Account) -> None:
    held = set(comment.mentions.values_list("account", flat=True))
    fresh = [account for account in people if account.pk not in held]
    Mention.objects.bulk_create(Mention(comment=comment, account=one) for one in fresh)
    tell(
        kind="notices.mention", to=fresh, by=by, url=_url(subject, comment),
        **_data(comment, subject, by),
    )  # fmt: skip


def _tell_others(comment: Comment, subject: Model, people: list[Account], by: Account) -> None:
    """Those who wrote here before and still may see the thing."""
    authors = Comment.objects.about(subject).order_by().values("author")
    named = {account.pk for account in people}
    sees = subject_of(subject).sees
    others = Account.objects.filter(pk__in=authors, is_active=True).exclude(pk__in=named)
    tell(
        kind="notices.reply",
        to=[one for one in others if one.pk != by.pk and sees(one, subject)],
        by=by, url=_url(subject, comment), **_data(comment, subject, by),
    )  # fmt: skip


def _url(subject: Model, comment: Comment) -> str:
    return f"{subject_of(subject).url(subject)}#comment-{comment.pk}"


def _data(comment: Comment, subject: Model, by: Account) -> dict[str, str]:
    text = " ".join(comment.text.split())
    quoted = text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
    return {"who": str(by), "subject": str(subject)[:100], "text": quoted}
