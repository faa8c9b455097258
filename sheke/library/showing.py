"""What one reader sees of a work: public, or by the tenure of those who keep it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from .links import address_of
from .models import Adoption, Collection, Contribution, File, Relation, Work
from .queries import collections_seen_by, files_read_by, works_kept_by, works_seen_by


@dataclass(frozen=True)
class ShownFile:
    """A file in the list; `readable` now by this reader, else only that it will be, from `opens` on."""

    file: File
    readable: bool
    pages: int
    opens: date | None = None


@dataclass(frozen=True)
class Shown:
    """A work's page for one reader. Lists hold only what this reader may see."""

    work: Work
    kept: bool  # the reader describes it
    authors: list[Contribution]
    files: list[ShownFile]
    adoptions: list[Adoption]
    relations: list[Relation]
    related_from: list[Relation]
    collections: list[Collection]
    address: str = ""  # the lasting one
    numbers: list[tuple[str, str, str]] = field(default_factory=list)  # (scheme, number, address)

    @property
    def first_file(self) -> ShownFile | None:
        """The one to read first: the first readable one with text or pictures of its pages."""
        return next((each for each in self.files if each.readable and each.pages), None)


def shown_work(work: Work, account: Any, address: str = "") -> Shown:
    """Eight queries, and those of the reader's tenures. `work` must be one that the account sees."""
    kept = account.is_authenticated and works_kept_by(account).filter(pk=work.pk).exists()
    seen = works_seen_by(account).values("pk")
    relations = work.relations.filter(Q(other=None) | Q(other__in=seen)).select_related("other")
    back = work.related_from.filter(work__in=seen).select_related("work")
    collections = collections_seen_by(account).filter(placements__work=work).order_by("title")
    return Shown(
        work, kept,
        authors=list(work.contributions.select_related("expert")),
        files=_files(work, account, kept=kept),
        adoptions=list(work.adoptions.filter(withdrawn_at=None).order_by("-adopted_on", "pk")),
        relations=list(relations), related_from=list(back), collections=list(collections),
        address=address, numbers=[_number(one) for one in work.identifiers.all()],
    )  # fmt: skip


def _files(work: Work, account: Any, *, kept: bool) -> list[ShownFile]:
    """For those who keep it all; for everybody else what is open, and what will be when its day comes.

    That there are other files is nobody else's to know.
    """
    readable = set(files_read_by(account).filter(work=work).values_list("pk", flat=True))
    files = work.files.select_related("stored").annotate(page_count=Count("pages"))
    today = timezone.localdate()
    found = []
    for file in files:
        waits = file.embargo_until if file.embargo_until and file.embargo_until > today else None
        to_come = waits is not None and file.access == File.Access.PUBLIC
        if kept or file.pk in readable or to_come:
            found.append(ShownFile(file, file.pk in readable, file.page_count, waits))
    return found


def _number(one: Any) -> tuple[str, str, str]:
    address = f"https://doi.org/{one.value}" if one.scheme == "doi" else ""
    return str(one.get_scheme_display()), one.value, address


def lasting_address(work: Work, request: Any) -> str:
    """Of a work that was made public once; else empty."""
    link = getattr(work, "link", None)
    return address_of(link.name, request) if link is not None else ""
