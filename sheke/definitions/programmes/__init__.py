"""What a programme may say: the form, who may apply, the stages, the rubric, what comes out.

A programme is data; the engine in `sheke.calls` reads it. A call pins the edition that it was opened
with.
"""

from ..schemas import SCHEMAS
from .eligibility import Condition, Eligibility
from .fields import Column, Field, People, PeopleRole, Section
from .outcomes import Certificate, Level, Milestone, Outcome, RecordOf
from .programme import Letter, Programme
from .stages import Criterion, Rubric, Stage

SCHEMAS["programme"] = Programme

__all__ = [
    "Certificate", "Column", "Condition", "Criterion", "Eligibility", "Field", "Letter", "Level",
    "Milestone", "Outcome", "People", "PeopleRole", "Programme", "RecordOf", "Rubric", "Section",
    "Stage",
]  # fmt: skip
