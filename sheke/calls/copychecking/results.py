"""What the library found in what was sent in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from sheke.library.models import Check, CheckPassage, CheckSource
from sheke.library.passages.sight import words_of

from ..copycheck import Likeness, Passage, register
from ..models import Version
from .subjects import VERSION

SHOWN = 100  # passages of one version


def checks_of(kind: str, numbers: Iterable[int]) -> dict[int, Check]:
    """The latest check of each, by primary key; it may still be under way. One query."""
    subjects = {f"{kind}:{number}": number for number in numbers}
    found = Check.objects.filter(subject__in=list(subjects)).defer("text", "marks").order_by("pk")
    return {subjects[check.subject]: check for check in found}


class Library:
    """The library as the service that compares texts."""

    def likeness(self, versions: Sequence[Version]) -> dict[int, Likeness]:
        """Of the versions whose check is done: percent to be explained, and the passages of others."""
        done = {
            pk: c for pk, c in checks_of(VERSION, [v.pk for v in versions]).items() if c.is_done
        }
        return {
            pk: Likeness(
                Decimal(str(round(check.share(check.to_explain) * 100, 2))),
                [
                    Passage("", words_of(check, passage, readable=False), _label(passage.source))
                    for passage in _passages(check)
                ],
            )
            for pk, check in done.items()
        }


def _label(source: CheckSource) -> str:
    """Reviewers are not told of works that are not public."""
    work = source.file.work if source.file is not None else None
    if source.file_id is None or (work is not None and work.is_public):
        return source.label
    return _("A text of the library that is not public")


def _passages(check: Check) -> list[CheckPassage]:
    found = CheckPassage.objects.filter(source__check_of=check, source__own=False, common=False)
    return list(
        found.select_related("source__file__work").order_by("source__position", "start")[:SHOWN]
    )


register(Library())
