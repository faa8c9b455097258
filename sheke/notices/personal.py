"""What notices hold of a person: what they were told and how, what they wrote, texts that name them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .conversations import SUBJECTS
from .models import Choice, Comment, Feed, Message, Notice, Preference


def _notices(person: Person) -> Rows:
    told = Notice.objects.filter(account__person=person)
    return [{"at": n.at, "kind": str(n.label), "note": n.text} for n in told.iterator()]


def _forget_notices(person: Person) -> int:
    """Notices, messages, preferences and calendar links; also messages to their addresses."""
    for model in (Preference, Choice, Feed):
        model._default_manager.filter(account__person=person).delete()
    theirs = Q(account__person=person)
    addresses = [address for address in (person.email, person.phone) if address]
    Message.objects.filter(theirs | Q(address__in=addresses)).delete()
    deleted, _kinds = Notice.objects.filter(account__person=person).delete()
    return deleted


def _feeds(person: Person) -> Rows:
    made = Feed.objects.filter(account__person=person).select_related("organisation")
    return [
        {"organisation": f.organisation.name if f.organisation else "", "since": f.made_at,
         "until": f.ended_at}
        for f in made
    ]  # fmt: skip


def _comments(person: Person) -> Rows:
    """With withdrawn ones and what a comment said before: all of it is kept."""
    written = Comment.objects.filter(author__person=person).select_related("withdrawal")
    return [
        {"at": c.at, "kind": c.subject_type, "number": c.subject_id, "note": text}
        for c in written.prefetch_related("versions")
        for text in (*(version.text for version in c.versions.all()), c.text)
    ]


def _mentions(person: Person) -> Iterator[Mention]:
    for comment in Comment.objects.filter(text__contains=person.name, withdrawal=None):
        subject = SUBJECTS.get(comment.subject_type)
        found = subject and subject.model._default_manager.filter(pk=comment.subject_id).first()
        if subject and found:
            url = f"{subject.url(found)}#comment-{comment.pk}"
            yield Mention(str(found)[:120], pgettext("mention", "comment"), url)


register(
    Holding(
        "notices.notices", gettext_lazy("What they were told"), _notices, erase=_forget_notices
    ),
    Holding("notices.feeds", gettext_lazy("Calendar links"), _feeds),
    Holding(
        "notices.comments", gettext_lazy("Comments that they wrote"), _comments, mention=_mentions,
        kept=gettext_lazy("Part of the conversation; it shows the number instead of the name."),
    ),
)  # fmt: skip
