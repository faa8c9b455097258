"""Which records this app posts to the ledger: the accepted figures whose question says so."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.definitions.queries import current_edition
from sheke.definitions.return_forms import Posts, Question
from sheke.directory.models import Account
from sheke.ledger.actions import post_records, reverse_record
from sheke.ledger.confirming.actions import confirm_records
from sheke.ledger.content import Draft
from sheke.ledger.evidence.actions import attach_stored, store_file
from sheke.ledger.models import Record, Reversal

from .models import Answer, Posting
from .tables import answer_sheet


@transaction.atomic
def post_figures(*, answer: Answer, before: Answer | None, by: Account | None) -> list[Record]:
    """Post a record for each figure that the form says to post, with the answer's sheet as evidence;
    reverse those of the answer accepted before. Acceptance confirms the records, too.
    """
    form = answer.asked.of.form
    reason = _("Corrected in data return %(key)s.") % {"key": answer.asked.of.key}
    if before is not None:
        _reverse(before, reason, by)
    wanted = [
        (question, question.posts)
        for question in form.figures
        if question.posts and Decimal(answer.values.get(question.key) or 0)
    ]
    if not wanted:
        return []
    late = _("Accepted data return %(key)s.") % {"key": answer.asked.of.key}
    records = post_records(drafts=[_draft(answer, *each) for each in wanted], by=by, reason=late)
    Posting.objects.bulk_create(
        Posting(answer=answer, question=question.key, record=record)
        for (question, _posts), record in zip(wanted, records, strict=True)
    )
    stored = store_file(file=io.BytesIO(answer_sheet(answer)), name="answer.xlsx")
    for record in records:
        attach_stored(record=record, stored=stored, name=f"{answer.asked.of.key}.xlsx", by=by)
    confirm_records(records=records, by=by)
    audit.record("return.post", answer.asked, by=by, records=[record.pk for record in records])
    return records


def _reverse(answer: Answer, reason: str, by: Account | None) -> None:
    standing = answer.postings.exclude(record__in=Reversal.objects.values("record"))
    for posting in standing.select_related("record"):
        reverse_record(record=posting.record, reason=reason, by=by)


def _draft(answer: Answer, question: Question, posts: Posts) -> Draft:
    of = answer.asked.of
    note = _("From data return %(key)s, version %(n)s.") % {"key": of.key, "n": answer.number}
    return Draft(
        edition=current_edition("record_type", posts.type), organisation=answer.asked.organisation,
        happened_on=_day(of.last_day), title=f"{of.title}：{question.name.zh}"[:300],
        amounts={posts.measure: answer.values[question.key]}, attributes=dict(posts.fields),
        note=note,
    )  # fmt: skip


def _day(last: date) -> date:
    """The period's last day, or today while it runs."""
    return min(last, timezone.localdate())
