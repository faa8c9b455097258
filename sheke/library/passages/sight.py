"""Who may see which checks, and what of the sources: of what is not public the passages alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Check, CheckPassage, CheckSource
from ..queries import files_read_by, kept_organisations, works_seen_by
from .painting import veiled
from .subjects import subject_of


def checks_seen_by(account: Any) -> QuerySet[Check]:
    """Checks of the organisations that the account acts for; not those of other parts' texts."""
    kept = kept_organisations(account).order_by().values("pk")
    return Check.objects.filter(subject="", organisation__in=kept)


def may_see(account: Any, check: Check) -> bool:
    """Whether the account may see the check; of another part's text that part says it."""
    if check.subject:
        subject, pk = subject_of(check.subject)
        return subject is not None and subject.may_see(account, pk)
    return checks_seen_by(account).filter(pk=check.pk).exists()


@dataclass(frozen=True)
class SeenSource:
    """A source as somebody may see it. known: title and authors; readable: its text, too."""

    row: CheckSource
    known: bool
    readable: bool
    passages: int
    near: int

    @property
    def label(self) -> str:
        if not self.known:
            return _("A text of the library that is not public")
        return self.row.label or _("A text of the library")

    @property
    def detail(self) -> str:
        return self.row.detail if self.known else ""

    @property
    def url(self) -> str:
        """Where it can be read, or nothing."""
        if self.row.file_id is None:
            subject, pk = subject_of(self.row.subject)
            return subject.url(pk) if subject else ""
        work = self.row.file.work_id if self.row.file else None
        if self.readable:
            return reverse("library:reader", args=[self.row.file_id])
        return reverse("library:work", args=[work]) if self.known and work else ""


def words_of(check: Check, passage: CheckPassage, *, readable: bool) -> str:
    """A passage as it stands in its source; of a source that may not be read only what is in the text, too."""
    if readable or not passage.near:
        return passage.text
    return veiled(check.text[passage.start : passage.end], passage.text)


def seen_sources(check: Check, account: Any) -> list[SeenSource]:
    """The sources of a check as the account may see them. Three queries."""
    rows = (
        check.sources.select_related("file")
        .annotate(
            stretches=Count("passages"), near=Count("passages", filter=Q(passages__near=True))
        )
        .order_by("position")
    )
    return list(_seen(list(rows), account))


def _seen(rows: list[Any], account: Any) -> Iterable[SeenSource]:
    files = [row.file_id for row in rows if row.file_id is not None]
    works = [row.file.work_id for row in rows if row.file is not None and row.file.work_id]
    readable = set(files_read_by(account).filter(pk__in=files).values_list("pk", flat=True))
    known = set(works_seen_by(account).filter(pk__in=works).values_list("pk", flat=True))
    for row in rows:
        outside = row.subject != ""
        yield SeenSource(
            row=row,
            known=outside or (row.file is not None and row.file.work_id in known),
            readable=row.file_id in readable,
            passages=row.stretches,
            near=row.near,
        )
