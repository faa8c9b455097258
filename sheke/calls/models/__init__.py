"""Nouns of calls, in the order of their way: call, submission, review, panel, decision, project."""

from .calls import Call, CallClosure, CallFile, Charge, Phase, Seat, Step, Topic
from .decisions import (
    Award,
    Certificate,
    Objection,
    ObjectionAnswer,
    Posting,
    Proposed,
    PublicNotice,
    SpecialDay,
)
from .exports import Export
from .packets import Packet, PacketFile
from .panels import Absence, Ballot, Panel, PanelItem, PanelMember, Vote, Voter
from .projects import (
    Change,
    Closing,
    Delivery,
    DeliveryFile,
    Milestone,
    Output,
    Payment,
    Project,
)
from .reviewing import (
    Assignment,
    AssignmentPlan,
    Conflict,
    Example,
    ExtraReview,
    PairRule,
    Review,
    Reviewer,
)
from .submissions import Agreement, Member, Submission, Upload, Version

__all__ = [
    "Absence", "Agreement", "Assignment", "AssignmentPlan", "Award", "Ballot", "Call",
    "CallClosure", "CallFile", "Certificate", "Change", "Charge", "Closing", "Conflict", "Delivery",
    "DeliveryFile", "Example", "Export", "ExtraReview", "Member", "Milestone", "Objection", "ObjectionAnswer",
    "Output", "Packet", "PacketFile", "PairRule", "Panel", "PanelItem", "PanelMember", "Payment", "Phase", "Posting", "Project", "Proposed", "PublicNotice",
    "Review", "Reviewer", "Seat", "SpecialDay", "Step", "Submission", "Topic", "Upload", "Version", "Vote", "Voter",
]  # fmt: skip
