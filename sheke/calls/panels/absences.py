"""For which items members must leave the room, by what the records and reviewers say."""

from __future__ import annotations

from collections.abc import Collection

from ..models import Conflict, PanelItem, PanelMember, Reviewer
from ..reviewing.finding import find_conflicts

Pair = tuple[int, int]  # member, submission


def find_absences(
    members: Collection[PanelMember], items: Collection[PanelItem]
) -> dict[Pair, str]:
    """{(member, submission): why}, from pinned conflicts and from the records, as for reviewers.

    What the office lifted for a reviewer is lifted for the same person in a panel.
    """
    if not members or not items:
        return {}
    call = next(iter(items)).panel.call
    submissions = {item.submission_id: item.submission for item in items}
    by_person = {member.person_id: member.pk for member in members}
    pinned = Conflict.objects.filter(
        call=call, submission__in=submissions, reviewer__person__in=by_person
    ).select_related("reviewer")
    found: dict[Pair, str] = {}
    lifted = set()
    for one in pinned:
        pair = by_person[one.reviewer.person_id], one.submission_id
        if one.lifted_at is None:
            found[pair] = _reason(one.kind, one.note)
        else:
            lifted.add((*pair, one.kind))
    stand_ins = [Reviewer(pk=m.pk, call=call, person=m.person) for m in members]
    for each in find_conflicts(stand_ins, list(submissions.values())):
        if (each.reviewer, each.submission, each.kind) not in lifted:
            found.setdefault((each.reviewer, each.submission), _reason(each.kind, each.note))
    return found


def _reason(kind: str, note: str) -> str:
    label = str(Conflict.Kind(kind).label)
    return (f"{label}：{note}" if note else label)[:300]
