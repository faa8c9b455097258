"""Whether enough of those who vote are there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Attendance, Meeting


@dataclass(frozen=True)
class Count:
    """Voting members, those present of them, and how many are needed (0: no quorum asked for)."""

    members: int
    present: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.present >= self.needed


def needed(quorum: str, members: int) -> int:
    """How many must be present: two thirds rounded up, or one more than half."""
    if quorum == Meeting.Quorum.TWO_THIRDS:
        return -(-2 * members // 3)
    return members // 2 + 1 if quorum == Meeting.Quorum.HALF and members else 0


def count(meeting: Meeting, attendances: Iterable[Attendance]) -> Count:
    voting = [one for one in attendances if one.part in Attendance.VOTING]
    present = sum(one.presence == Attendance.Presence.PRESENT for one in voting)
    return Count(len(voting), present, needed(meeting.quorum, len(voting)))
