"""Named reads of the ledger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from sheke.core.databases import reading_connection
from sheke.directory.models import STEP, Account, Organisation
from sheke.directory.queries import acting_paths, reachable_organisations

from .content import Draft
from .models import Closing, Heading, Participation, Record, RecordQuerySet

NUMBERS = re.compile(r"\d+|第[零〇一二三四五六七八九十百两]+")
SIMILAR = 82  # rapidfuzz score from which two titles are pointed out


def draft_of(record: Record) -> Draft:
    """The current version as a draft, for revising it."""
    parts = list(record.participations.select_related("organisation"))
    role = Participation.Role
    return Draft(
        edition=record.edition,
        organisation=record.organisation,
        happened_on=record.happened_on,
        ended_on=record.ended_on,
        title=record.title,
        amounts=record.amounts,
        attributes=record.attributes,
        note=record.note,
        heading=record.heading,
        cohosts=tuple(p.organisation for p in parts if p.role == role.COHOST),
        supporters=tuple(p.organisation for p in parts if p.role == role.SUPPORT),
    ).checked()


def closings_over(drafts: Sequence[Draft]) -> list[Closing | None]:
    """For each draft the closing whose period and organisation cover it, in one query."""
    if not drafts:
        return []
    days = [draft.happened_on for draft in drafts]
    # Plain rows: this runs with every post, and building the model's query costs more than the rest.
    with reading_connection(Closing).cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.first_day, c.last_day, o.path FROM ledger_closing c"
            " JOIN directory_organisation o ON o.id = c.organisation_id"
            " WHERE c.first_day <= %s AND c.last_day >= %s",
            [max(days).isoformat(), min(days).isoformat()],
        )
        rows = cursor.fetchall()
    if not rows:
        return [None] * len(drafts)
    closings = Closing.objects.in_bulk([row[0] for row in rows])
    return [_covering(draft, rows, closings) for draft in drafts]


def _covering(
    draft: Draft, rows: Sequence[tuple[int, object, object, str]], closings: dict[int, Closing]
) -> Closing | None:
    for pk, _first, _last, path in rows:
        closing = closings[pk]
        in_period = closing.first_day <= draft.happened_on <= closing.last_day
        if in_period and draft.organisation.path.startswith(path):
            return closing
    return None


def likely_duplicates(
    *, type_id: int, organisation: Organisation, happened_on: date, title: str,
    exclude: int | None = None, days: int = 1,
) -> list[Record]:  # fmt: skip
    """Standing records of the organisation within `days` of the date with a similar title, best first."""
    near: RecordQuerySet = (
        Record.objects.standing()
        .within(organisation)
        .filter(type_id=type_id)
        .filter(
            happened_on__range=(
                happened_on - timedelta(days=days),
                happened_on + timedelta(days=days),
            )
        )
        .select_related("organisation")
    )
    if exclude:
        near = near.exclude(pk=exclude)
    scored = [(similarity(title, record.title), record) for record in near[:500]]
    scored = [(score, record) for score, record in scored if score >= SIMILAR]
    return [record for _score, record in sorted(scored, key=lambda pair: -pair[0])]


def similarity(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100. The third and the fourth session are not alike."""
    if one == other:
        return 100.0
    if NUMBERS.findall(one) != NUMBERS.findall(other):
        return 0.0
    return fuzz.ratio(_letters(one), _letters(other))


def _letters(title: str) -> str:
    """Without the signs and spaces that people write differently."""
    return "".join(c for c in unicodedata.normalize("NFKC", title).lower() if c.isalnum())


def headings_for(account: Account) -> QuerySet[Heading]:
    """What the account may file records under: plan items of the organisations that it acts for, of
    those below them, and of those above, whose plans they carry out.
    """
    paths = acting_paths(account)
    above = {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}
    reach = Q(organisation__in=reachable_organisations(account)) | Q(organisation__path__in=above)
    return Heading.objects.filter(reach, retired_at=None)


def recent_types(account: Account, limit: int = 6) -> list[str]:
    """The keys of the record types that the account used last, latest first. One query."""
    used = Record.objects.filter(posted_by=account).order_by("-id")
    keys = used.values_list("type__key", flat=True)[:200]
    return list(dict.fromkeys(keys))[:limit]


def closings_for(account: Account) -> QuerySet[Closing]:
    """Closings that concern the account: of what it acts for, of what lies below, and of what is above."""
    paths = acting_paths(account)
    above = {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}
    reach = Q(organisation__in=reachable_organisations(account)) | Q(organisation__path__in=above)
    return Closing.objects.filter(reach)
