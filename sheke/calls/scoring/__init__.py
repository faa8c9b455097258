"""What reviewers' scores say of submissions, by four methods side by side; no database.

`evaluate(scores, rubric, rules)` gives an `Evaluation`. numpy is imported only when it is called.
"""

from .evaluation import evaluate
from .results import (
    Disagreement,
    Evaluation,
    Exchange,
    LeftOut,
    Note,
    ReviewerResult,
    Spreads,
    SubmissionResult,
)
from .scores import Criterion, Rubric, Rules, Score

__all__ = [
    "Criterion", "Disagreement", "Evaluation", "Exchange", "LeftOut", "Note", "ReviewerResult",
    "Rubric", "Rules", "Score", "Spreads", "SubmissionResult", "evaluate",
]  # fmt: skip
