"""Which records calls post to the ledger: what the programme's outcome declares for a decision."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.programmes import RecordOf
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account, Organisation
from sheke.ledger.actions import post_records, reverse_record
from sheke.ledger.confirming.actions import confirm_records
from sheke.ledger.content import ContentError, Draft
from sheke.ledger.evidence.actions import attach_stored, store_file
from sheke.ledger.models import Record, Reversal

from .deciding.proposals import level_name, plain
from .models import Award, Call, Output, Posting, Project

KEYED = ("level", "category")  # stand in fields with their keys


@transaction.atomic
def post_awards(
    *, call: Call, awards: Iterable[Award], happened_on: date, evidence: bytes, by: Account | None
) -> list[Record]:
    """Post what the programme declares for a positive decision, confirmed by the office.

    evidence: the decision list as xlsx. Raises BadInput that names the award which the ledger does
    not take.
    """
    return post_outcome(
        call=call, awards=awards, wanted=call.programme.outcome.records, what="decided",
        happened_on=happened_on, evidence=(evidence, _("Decision list") + ".xlsx"), by=by,
    )  # fmt: skip


@transaction.atomic
def post_outcome(
    *, call: Call, awards: Iterable[Award], wanted: Iterable[RecordOf], what: str, happened_on: date,
    evidence: tuple[bytes, str], by: Account | None, words: Mapping[str, str] | None = None,
) -> list[Record]:  # fmt: skip
    """Post records of awards. what: “decided” or “closed”, with the record's place behind it.

    words: more than the award's own for the patterns, such as {result} and {months}.
    """
    pairs = [
        (award, f"{what}.{place}", _draft(call, award, each, happened_on, words or {}))
        for award in awards
        for place, each in enumerate(wanted)
    ]
    return _post(call, pairs, evidence, by)


@transaction.atomic
def post_closing(
    *, project: Project, result: str, months: int, happened_on: date, evidence: tuple[bytes, str],
    by: Account | None,
) -> list[Record]:  # fmt: skip
    """Post what the programme declares for a closing: of the project, and of each work that came out
    of it where a record says of which kinds.
    """
    award = project.award
    call, outputs = award.call, list(project.outputs.all())
    words = {
        "title": project.title, "lead": project.lead_name, "result": result,
        "months": str(months), "outputs": str(len(outputs)),
    }  # fmt: skip
    pairs = []
    for place, wanted in enumerate(call.programme.outcome.closing_records):
        for what, more, day in _wanted(f"closed.{place}", wanted, outputs):
            draft = _draft(call, award, wanted, day or happened_on, words | more)
            pairs.append((award, what, draft))
    return _post(call, pairs, evidence, by)


def _wanted(
    what: str, wanted: RecordOf, outputs: list[Output]
) -> Iterator[tuple[str, dict[str, str], date | None]]:
    """Once for the project, or once for each work of the kinds that the record is of."""
    if not wanted.outputs:
        yield what, {}, None
        return
    for each in outputs:
        if each.kind in wanted.outputs:
            words = {"output": each.title, "author": each.author, "venue": each.venue,
                     "output_level": each.level}  # fmt: skip
            yield f"{what}.{each.pk}", words, each.out_on


def _post(
    call: Call, pairs: list[tuple[Award, str, Draft]], evidence: tuple[bytes, str],
    by: Account | None,
) -> list[Record]:  # fmt: skip
    if not pairs:
        return []
    late = _("Decided in “%(call)s”.") % {"call": call.title}
    records = post_records(drafts=[draft for _a, _w, draft in pairs], by=by, reason=late)
    Posting.objects.bulk_create(
        Posting(award=award, what=place, record=record)
        for (award, place, _draft), record in zip(pairs, records, strict=True)
    )
    data, name = evidence
    stored = store_file(file=io.BytesIO(data), name=name)
    for record in records:
        attach_stored(record=record, stored=stored, name=name, by=by)
    confirm_records(records=records, by=by)
    audit.record("call.post", call, by=by, records=[record.pk for record in records])
    return records


@transaction.atomic
def reverse_postings(*, award: Award, reason: str, by: Account | None) -> int:
    """Take the award's records out of every count. How many."""
    standing = award.postings.exclude(record__in=Reversal.objects.values("record"))
    found = list(standing.select_related("record"))
    for posting in found:
        reverse_record(record=posting.record, reason=reason, by=by)
    return len(found)


def words_of(award: Award) -> dict[str, str]:
    """What stands for the names in patterns, printed."""
    call, submission = award.call, award.submission
    programme = call.programme
    category = programme.used_as("category")
    names = {choice.key: choice.name.zh for choice in category.choices} if category else {}
    return {
        "year": str(call.year), "number": award.number, "title": submission.title,
        "lead": submission.lead_name, "call": call.title, "amount": plain(award.amount),
        "organisation": submission.organisation.name if submission.organisation else "",
        "level": level_name(programme, award.level),
        "category": names.get(submission.category, submission.category),
    }  # fmt: skip


def _draft(call: Call, award: Award, wanted: RecordOf, day: date, more: Mapping[str, str]) -> Draft:
    words = words_of(award) | dict(more)
    keys = words | {"level": award.level, "category": award.submission.category}
    draft = Draft(
        edition=current_edition("record_type", wanted.type),
        organisation=_organisation(call, award, wanted), happened_on=day,
        title=wanted.title.format_map(words)[:300],
        amounts={key: _amount(text.format_map(words)) for key, text in wanted.amounts.items()},
        attributes={
            key: value.format_map(keys) if isinstance(value, str) else value
            for key, value in wanted.fields.items()
        },
        note=_("From “%(call)s”, number %(number)s.") % {"call": call.title, "number": award.number},
    )  # fmt: skip
    try:
        return draft.checked()
    except ContentError as error:
        raise BadInput(
            _("%(number)s “%(title)s”, record “%(type)s”: %(why)s")
            % {"number": award.number, "title": award.submission.title, "type": wanted.type,
               "why": error}
        ) from None  # fmt: skip


def _organisation(call: Call, award: Award, wanted: RecordOf) -> Organisation:
    """Who did it: the one that calls, or the one that applied where there is one."""
    applying = award.submission.organisation
    return applying if wanted.of == "applying" and applying is not None else call.organisation


def _amount(text: str) -> Any:
    """Nothing where the award has no amount."""
    return Decimal(text) if text else None
