"""The law of a ballot: quorum and majority, exactly, in whole numbers.

quorum    at least this share of the members; who is absent for the item is not counted among them
majority  of those present: one half means more than a half, every other share means at least it

Who is present and abstains, or does not vote, counts as present. A tie is not carried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

NO, ABSTAIN, YES = "no", "abstain", "yes"
PLAIN = (NO, ABSTAIN)  # options that carry nothing
HALF = Fraction(1, 2)
_FINEST = 100  # shares are hundredths or simple fractions; 0.6667 means two thirds


@dataclass(frozen=True)
class Result:
    """A ballot that was counted.

    members   who belongs to the panel for this item   present  those of them who are there
    voters    how many voted                           votes    {option: how many}
    needed    votes that carry                         carried  the option that has them, or None
    quorate   whether enough were present: without that nothing was decided
    """

    members: int
    present: int
    voters: int
    votes: dict[str, int]
    needed: int
    quorate: bool
    carried: str | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def share(value: float) -> Fraction:
    """The exact share that a declared number means: 0.6667 is two thirds."""
    return Fraction(value).limit_denominator(_FINEST)


def present_needed(members: int, quorum: float) -> int:
    """How many of the members must be present: at least one."""
    wanted = share(quorum)
    return max(1, -(-wanted.numerator * members // wanted.denominator))


def votes_needed(present: int, majority: float) -> int:
    """How many votes carry: more than a half, or at least the share; at least one."""
    wanted = share(majority)
    if wanted == HALF:
        return present // 2 + 1
    return max(1, -(-wanted.numerator * present // wanted.denominator))


def count(
    votes: Mapping[str, int], options: Sequence[str], *, members: int, present: int,
    quorum: float, majority: float,
) -> Result:  # fmt: skip
    """Count a ballot. `present` holds everybody who voted. Raises ValueError for impossible numbers."""
    counted = {option: votes.get(option, 0) for option in options}
    voters = sum(counted.values())
    if set(votes) - set(options) or not 0 <= voters <= present <= members:
        raise ValueError(f"{dict(votes)}: {present} of {members} present")
    needed = votes_needed(present, majority)
    quorate = present >= present_needed(members, quorum)
    enough = [key for key, n in counted.items() if key not in PLAIN and n >= needed]
    carried = enough[0] if quorate and len(enough) == 1 else None
    return Result(members, present, voters, counted, needed, quorate, carried)
