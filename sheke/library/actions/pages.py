"""Verbs upon the text of pages: correct one, replace throughout a file, go back to what stood before."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..intake.wholes import seen_as, text_digest
from ..models import File, Page, PageVersion
from ..passages.holdings import take_in

LONGEST = 5_000_000  # characters of one page


@transaction.atomic
def correct_page(*, page: Page, text: str, seen: str, by: Account | None) -> Page:
    """Write the text of a page anew. Unchanged, nothing is written.

    seen: `seen_as` of the text that was corrected. Raises BadInput when somebody else changed it since.
    """
    page = _locked(page)
    text = _tidy(text)
    if text == page.text:
        return page
    if seen != seen_as(page.text):
        raise BadInput(
            _(
                "Somebody else changed this page meanwhile. Your text is below; the page shows theirs when you load it anew."
            )
        )
    if len(text) > LONGEST:
        raise BadInput(_("One page has at most %(n)s characters.") % {"n": LONGEST})
    _write(page, text, Page.Source.CORRECTED, by)
    audit.record("file.correct", page.file, by=by, pages=[page.number])
    _follow(page.file)
    return page


@transaction.atomic
def replace_in_file(
    *, file: File, find: str, replacement: str, by: Account | None, page: Page | None = None
) -> int:
    """Replace every `find` on a page, or throughout the file; how many places. Each page can be undone."""
    find, replacement = _plain(find), _plain(replacement)
    if not find:
        raise BadInput(_("Say what is to be replaced."))
    pages = file.pages.select_for_update().filter(text__contains=find).order_by("number")
    if page is not None:
        pages = pages.filter(pk=page.pk)
    count, numbers = 0, []
    for each in pages:
        found = each.text.count(find)  # a database may find without regard to case
        if found and find != replacement:
            _write(each, each.text.replace(find, replacement), Page.Source.CORRECTED, by)
            count += found
            numbers.append(each.number)
    if count:
        audit.record("file.correct", file, by=by, pages=numbers[:500], places=count)
        _follow(file)
    return count


@transaction.atomic
def restore_version(*, version: PageVersion, by: Account | None) -> Page:
    """Put back what stood on a page before; what stands there now is kept as a version, too."""
    page = _locked(version.page)
    if page.text != version.text:
        _write(page, version.text, version.source, by)
        audit.record("file.restore", page.file, by=by, pages=[page.number], version=version.pk)
        _follow(page.file)
    return page


def _write(page: Page, text: str, source: str, by: Account | None) -> None:
    PageVersion.objects.create(page=page, text=page.text, source=page.source, replaced_by=by)
    page.text, page.source = text, source
    page.save(update_fields=["text", "source"])


def _follow(file: File) -> None:
    """The file as a whole has another text now: its digest, and its fingerprints."""
    whole = "\n".join(file.pages.order_by("number").values_list("text", flat=True))
    file.text_sha256 = text_digest(whole)
    file.save(update_fields=["text_sha256"])
    take_in(file)


def _locked(page: Page) -> Page:
    return Page.objects.select_for_update(of=("self",)).select_related("file").get(pk=page.pk)


def _tidy(text: str) -> str:
    """As a browser sends it: lines ended by two characters."""
    return _plain(text).rstrip()


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
