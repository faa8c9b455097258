"""What waits for somebody in the library, with the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Expert, Item
from .queries import kept_organisations, works_kept_by


@dataclass(frozen=True)
class Waits:
    """One line: what is to be done, where."""

    text: str
    url: str
    icon: str


def library_lines(account: Any) -> list[Waits]:
    """Drafts, files to be decided about or not taken in, one's own profile. Four queries."""
    return [*_kept(account), *_own(account)]


def _kept(account: Any) -> Iterator[Waits]:
    drafts = works_kept_by(account).filter(published_at=None).count()
    if drafts:
        text = ngettext(
            "%(n)s draft to describe and publish", "%(n)s drafts to describe and publish", drafts
        )
        yield Waits(text % {"n": drafts}, reverse("library:works") + "?state=draft", "pencil-line")
    kept = kept_organisations(account).order_by().values("pk")
    items = Item.objects.filter(batch__organisation__in=kept, decided_at=None).aggregate(
        questions=Count("pk", filter=Q(state=Item.State.QUESTION)),
        failed=Count("pk", filter=Q(state=Item.State.FAILED)),
    )
    if items["questions"]:
        text = ngettext(
            "%(n)s file that may be here already", "%(n)s files that may be here already",
            items["questions"],
        )  # fmt: skip
        yield Waits(text % {"n": items["questions"]}, reverse("library:intake"), "copy")
    if items["failed"]:
        text = ngettext(
            "%(n)s file was not taken in", "%(n)s files were not taken in", items["failed"]
        )
        yield Waits(text % {"n": items["failed"]}, reverse("library:intake"), "circle-alert")


def _own(account: Any) -> Iterator[Waits]:
    if account.person_id is None:
        return
    mine = Expert.objects.standing().filter(person=account.person_id, agreed_at=None).first()
    if mine is not None:
        yield Waits(
            _("Say what everybody may see of your profile"),
            reverse("library:expert_agreement", args=[mine.pk]), "id-card",
        )  # fmt: skip
