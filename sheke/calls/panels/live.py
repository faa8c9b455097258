"""What the pages of a sitting show: each item with its state, for those who may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sheke.directory.models import Account

from ..models import Absence, Ballot, Call, Panel, PanelItem, PanelMember, Voter
from .counting import present_needed
from .minutes import option_name, verdict
from .results import Outcome, outcome_of
from .sight import Seen, seen


@dataclass
class Row:
    """An item on a page. Without `seen` the reader leaves the room for it and learns nothing."""

    place: int
    item: PanelItem | None = None
    seen: Seen | None = None
    ballot: Ballot | None = None
    voted: int = 0
    entitled: int = 0
    present: int = 0
    needed: int = 0
    absent: int = 0
    outcome: Outcome | None = None
    verdict: str = ""
    votes: tuple[tuple[str, int], ...] = ()
    mine: bool = False  # the reader has voted

    @property
    def is_open(self) -> bool:
        return self.ballot is not None and self.ballot.closed_at is None

    @property
    def annulled(self) -> str:
        result = (self.ballot.result if self.ballot else None) or {}
        return str(result.get("annulled", ""))

    @property
    def quorate(self) -> bool:
        return self.present >= self.needed

    @property
    def left(self) -> int:
        """Who is present and has not voted."""
        return max(0, self.present - self.voted)


def rows_of(panel: Panel, account: Account) -> list[Row]:
    """The agenda for an account. The number of queries does not grow with it."""
    items = list(_items(panel))
    members = list(panel.members.all())
    me = next((m.pk for m in members if account.person_id and m.person_id == account.person_id), 0)
    absent = set(
        Absence.objects.filter(item__panel=panel, lifted_at=None).values_list(
            "item_id", "member_id"
        )
    )
    ballots = {b.item_id: b for b in Ballot.objects.filter(item__panel=panel).order_by("round")}
    votes = _voters(ballots.values())
    rows = []
    for place, item in enumerate(items, start=1):
        if (item.pk, me) in absent:
            rows.append(Row(place))
            continue
        item.panel = panel
        item.submission.call = panel.call
        ballot = ballots.get(item.pk)
        voters = votes.get(ballot.pk, set()) if ballot else set()
        rows.append(_row(place, item, ballot, members, absent, voters, me))
    return rows


def row_of(item: PanelItem, account: Account) -> Row | None:
    """The row of one item."""
    rows = rows_of(item.panel, account)
    return next((row for row in rows if row.item is not None and row.item.pk == item.pk), None)


def _items(panel: Panel) -> QuerySet[PanelItem]:
    return panel.items.select_related(
        "submission__edition__definition", "submission__organisation", "submission__blind"
    )


def _voters(ballots: Iterable[Ballot]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    pairs = Voter.objects.filter(ballot__in=list(ballots)).values_list("ballot_id", "member_id")
    for ballot, member in pairs:
        found.setdefault(ballot, set()).add(member)
    return found


def _row(
    place: int, item: PanelItem, ballot: Ballot | None, members: list[PanelMember],
    absent: set[tuple[int, int]], voters: set[int], me: int,
) -> Row:  # fmt: skip
    entitled = [m for m in members if (item.pk, m.pk) not in absent]
    is_open = ballot is not None and ballot.closed_at is None
    there = [m for m in entitled if m.present_at is not None or (is_open and m.pk in voters)]
    row = Row(
        place, item, seen(item), ballot, len(voters), len(entitled), len(there),
        present_needed(len(entitled), item.panel.quorum), len(members) - len(entitled),
        mine=me in voters,
    )  # fmt: skip
    if ballot is not None and not is_open and not row.annulled:
        row.outcome = outcome_of(ballot)
        row.verdict = verdict(row.outcome, item.panel.call)
        row.votes = votes_in_words(ballot, row.outcome, item.panel.call)
    return row


def votes_in_words(ballot: Ballot, outcome: Outcome, call: Call) -> tuple[tuple[str, int], ...]:
    """The options by name with their votes."""
    return tuple((option_name(each, call), outcome.votes[each["key"]]) for each in ballot.options)


def states(panels: Iterable[Panel]) -> dict[int, Counter[str]]:
    """For lists of sittings: how many members and items each has."""
    found: dict[int, Counter[str]] = {}
    rows = Panel.objects.filter(pk__in=[panel.pk for panel in panels]).annotate(
        people=Count("members", distinct=True), points=Count("items", distinct=True)
    )
    for pk, people, points in rows.values_list("pk", "people", "points"):
        found[pk] = Counter(members=people, items=points)
    return found
