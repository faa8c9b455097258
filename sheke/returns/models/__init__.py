"""Nouns of data returns: series, returns, whom they ask, drafts, answers and what became of them."""

from .answers import Acceptance, Answer, Posting, SendingBack, Upload, Withdrawal
from .requests import Asked, AskedQuerySet, Closure, Draft, Return, ReturnQuerySet, Series

__all__ = [
    "Acceptance", "Answer", "Asked", "AskedQuerySet", "Closure", "Draft", "Posting", "Return",
    "ReturnQuerySet", "SendingBack", "Series", "Upload", "Withdrawal",
]  # fmt: skip
