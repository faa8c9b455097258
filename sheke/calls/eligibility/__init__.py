"""Who may apply: what is known (`Facts`), and what a programme's conditions say to it (`Verdict`)."""

from .facts import Facts, Taker, facts_before, facts_of
from .judging import FAILS, HOLDS, OPEN, Verdict, judge

__all__ = [
    "FAILS", "HOLDS", "OPEN", "Facts", "Taker", "Verdict", "facts_before", "facts_of", "judge",
]  # fmt: skip
