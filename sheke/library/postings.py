"""Which records the library posts to the ledger: a work made public, a work taken up by somebody."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account
from sheke.ledger.actions import post_record, reverse_record, revise_record
from sheke.ledger.confirming.actions import confirm_records
from sheke.ledger.content import Draft
from sheke.ledger.evidence.actions import attach_stored
from sheke.ledger.models import Record

from .disciplines import discipline_name
from .models import Adoption, Work

WORK, ADOPTION = "library_work", "adoption"
_KINDS = {
    "article": "article", "newspaper": "article", "conference": "article", "chapter": "article",
    "monograph": "book", "collection": "book", "translation": "book", "thesis": "book",
    "report": "report", "advice": "advice",
}  # fmt: skip


@transaction.atomic
def post_work(*, work: Work, by: Account | None) -> Record:
    """Count a public work, today. Raises BadInput when it has no level; posted twice it counts once."""
    if work.record is not None and not hasattr(work.record, "reversal"):
        return work.record
    if not work.level:
        raise BadInput(
            _("“%(title)s” has no level, by which the ledger counts works.") % {"title": work.title}
        )
    draft = Draft(
        edition=current_edition("record_type", WORK), organisation=work.organisation,
        happened_on=timezone.localdate(), title=work.title[:300], attributes=_attributes(work),
        note=_("From the library, work %(n)s.") % {"n": work.pk},
    )  # fmt: skip
    work.record = post_record(draft=draft, by=by)
    work.save(update_fields=["record"])
    confirm_records(records=[work.record], by=by)
    return work.record


def follow_work(*, work: Work, by: Account | None) -> None:
    """Revise the record of a work whose title, level, kind or discipline was said anew."""
    if work.record is None or hasattr(work.record, "reversal"):
        return
    if not work.level:
        raise BadInput(_("The work counts in the ledger: it needs a level."))
    now = (work.record.title, dict(work.record.attributes))
    if now != (work.title[:300], _attributes(work)):
        revise_record(
            record=work.record, by=by, reason=_("Described anew in the library."),
            title=work.title[:300], attributes=_attributes(work),
        )  # fmt: skip


def take_back(*, record: Record | None, reason: str, by: Account | None) -> None:
    """Reverse what was posted, if it still stands."""
    if record is not None and not hasattr(record, "reversal"):
        reverse_record(record=record, reason=reason, by=by)


@transaction.atomic
def post_adoption(*, adoption: Adoption, by: Account | None, reason: str = "") -> Record:
    """Count that a work was taken up, on its day, with its evidence.

    Raises BadInput in a closed period without a reason.
    """
    work = adoption.work
    draft = Draft(
        edition=current_edition("record_type", ADOPTION), organisation=work.organisation,
        happened_on=adoption.adopted_on, title=_("“%(title)s”: %(adopter)s")
        % {"title": work.title[:200], "adopter": adoption.adopter[:80]},
        attributes={"kind": adoption.kind, "level": adoption.level, "brief": work.title[:200]},
        note=adoption.note,
    )  # fmt: skip
    record = post_record(draft=draft, by=by, reason=reason)
    if adoption.evidence is not None:
        attach_stored(record=record, stored=adoption.evidence, name=adoption.evidence_name, by=by)
    confirm_records(records=[record], by=by)
    return record


def _attributes(work: Work) -> dict[str, str]:
    """The record's fields, in the language of the office whoever is at work."""
    found = {"level": work.level, "kind": _KINDS.get(work.kind, "other")}
    with translation.override(settings.LANGUAGE_CODE):
        return found | ({"discipline": discipline_name(work.discipline)} if work.discipline else {})
