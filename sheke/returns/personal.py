"""What data returns hold of a person: answers they sent or judged, texts that name them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .models import Acceptance, Answer, Asked, Draft, SendingBack, Upload

KEPT = gettext_lazy("The organisation's data; they show the number instead of the name.")


def _sent(person: Person) -> Rows:
    mine = Answer.objects.filter(sent_by__person=person)
    return [
        {"title": a.asked.of.title, "organisation": a.asked.organisation.name,
         "version": a.number, "reason": a.reason, "at": a.sent_at}
        for a in mine.select_related("asked__of", "asked__organisation")
    ]  # fmt: skip


def _judged(person: Person) -> Rows:
    return [
        {"title": one.answer.asked.of.title, "organisation": one.answer.asked.organisation.name,
         "act": str(word), "reason": getattr(one, "reason", ""), "at": one.at}
        for model, word in ((Acceptance, pgettext("mention", "accepted")), (SendingBack, pgettext("mention", "sent back")))
        for one in model._default_manager.filter(by__person=person).select_related(
            "answer__asked__of", "answer__asked__organisation"
        )
    ]  # fmt: skip


def _uploads(person: Person) -> Rows:
    added = Upload.objects.filter(added_by__person=person).select_related("asked__of")
    return [{"title": u.asked.of.title, "name": u.name, "at": u.added_at} for u in added]


def _mentions(person: Person) -> Iterator[Mention]:
    """Answers, remarks and drafts, the office's reasons, and files by their name."""
    name = person.name
    # SQLite keeps JSON with \\u escapes, PostgreSQL without: the name is looked for in both forms.
    said = Q()
    for form in (name, json.dumps(name)[1:-1]):
        said |= Q(values__icontains=form) | Q(remarks__icontains=form)
    texts = {
        pgettext("mention", "answer"): Answer.objects.filter(said).values("asked_id"),
        pgettext("mention", "draft"): Draft.objects.filter(said).values("asked_id"),
        pgettext("mention", "reason"): SendingBack.objects.filter(reason__contains=name).values(
            "answer__asked_id"
        ),
        pgettext("mention", "file"): Upload.objects.filter(name__contains=name).values("asked_id"),
    }
    for place, numbers in texts.items():
        for asked in Asked.objects.filter(pk__in=numbers).select_related("of", "organisation"):
            title = f"{asked.of.title} · {asked.organisation.label}"
            yield Mention(title, place, reverse("returns:answer", args=[asked.pk]))


register(
    Holding(
        "returns.sent", gettext_lazy("Data returns that they sent"), _sent, kept=KEPT,
        mention=_mentions,
    ),
    Holding("returns.judged", gettext_lazy("Data returns that they judged"), _judged, kept=KEPT),
    Holding("returns.uploads", gettext_lazy("Files for data returns"), _uploads, kept=KEPT),
)  # fmt: skip
