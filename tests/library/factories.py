"""Works, files with text, experts and collections for tests."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone

from sheke.directory.models import Account, Organisation
from sheke.library import actions
from sheke.library.actions import collections as collecting
from sheke.library.actions import experts as knowing
from sheke.library.describing import Author, Description
from sheke.library.intake.storing import keep
from sheke.library.models import Collection, Expert, File, Page, Work
from tests import factories


def description(title: str = "河街的茶馆", **said: Any) -> Description:
    """What may be published as it is."""
    said = {"kind": "article", "issued": "2024-05", "authors": (Author("林溪"),)} | said
    return Description(title=title, **said)


def work(
    organisation: Organisation | None = None, title: str = "河街的茶馆", *, public: bool = False,
    by: Account | None = None, text: str = "", access: str = "office", **said: Any,
) -> Work:  # fmt: skip
    """A draft, or a public work; with `text` also a file of one page."""
    made = actions.create_work(
        organisation=organisation or factories.organisation(), by=by,
        description=description(title, **said),
    )  # fmt: skip
    if text:
        file(made, text, access=access)
    if public:
        actions.publish_works(works=[made], by=by, counted=False)
        made.refresh_from_db()
    return made


def file(of: Work | None, *pages: str, access: str = "office", name: str = "正文.txt") -> File:
    """A text file with its pages."""
    content = "\f".join(pages).encode() or b"text"
    stored = keep(io.BytesIO(content), name)
    made = File.objects.create(work=of, stored=stored, name=name, kind="txt", access=access)
    Page.objects.bulk_create(Page(file=made, number=n, text=t) for n, t in enumerate(pages, 1))
    return made


def expert(
    organisation: Organisation | None = None, name: str = "林溪", *, public: bool = False,
    shown: tuple[str, ...] = ("employer", "works"), **fields: Any,
) -> Expert:  # fmt: skip
    made = knowing.create_expert(
        organisation=organisation or factories.organisation(), name=name, by=None, **fields
    )
    if public:
        knowing.agree(expert=made, shown=shown, note="书面同意", by=None)
        knowing.publish_expert(expert=made, by=None)
        made.refresh_from_db()
    return made


def collection(
    organisation: Organisation | None = None, slug: str = "river", *works: Work,
    public: bool = False, query: str = "",
) -> Collection:  # fmt: skip
    made = collecting.create_collection(
        organisation=organisation or factories.organisation(), slug=slug, title="河街文库", query=query,
        by=None,
    )  # fmt: skip
    if works:
        collecting.place_works(collection=made, works=works, by=None)
    if public:
        made.published_at = timezone.now()
        made.save()
    return made
