"""Nouns of meetings: a meeting, who attends, its agenda with minutes, decisions, approvals."""

from .agenda import AgendaItem, Paper
from .decisions import Decision, DecisionDuty, Settlement
from .meetings import Attendance, Convening, Meeting, MeetingQuerySet
from .minutes import Approval, Correction

__all__ = [
    "AgendaItem", "Approval", "Attendance", "Convening", "Correction", "Decision", "DecisionDuty",
    "Meeting", "MeetingQuerySet", "Paper", "Settlement",
]  # fmt: skip
