"""The calls beside the first two: earlier ones that were decided, one under review, a next edition."""

from __future__ import annotations

from datetime import date, timedelta

from sheke.directory.models import Account

from .earlier_calls import make_award, make_grant
from .experts import make_experts
from .organisations import Tree
from .projects import make_projects
from .reviewed_calls import make_next_edition, make_reviewed

REACH = timedelta(days=700)  # so far back the earlier calls lie


def make_more_calls(tree: Tree, accounts: dict[str, Account], today: date, since: date) -> None:
    """Earlier calls only where the office was at work long enough before `today`."""
    office, applicant = accounts["kezhang"], accounts["jiaoshi"]
    experts = make_experts(tree, accounts["zhuanjia"])
    if today - REACH >= since:
        make_award(tree, office, experts, applicant, today)
        grant = make_grant(tree, office, experts, applicant, today)
        make_projects(grant, office, applicant, today)
    make_reviewed(tree, office, experts, today)
    make_next_edition(tree, office, accounts["guanli"], today)
