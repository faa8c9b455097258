"""A change of term in a society: the old board stands in its history."""

from __future__ import annotations

from datetime import date

from sheke.directory.actions import change_term
from sheke.directory.boards import Entry, standing_board
from sheke.directory.models import Account, Person, Tenure

from .clock import clock
from .organisations import Tree
from .people import names
from .source import dice

DAY = date(2025, 5, 20)
Role = Tenure.Role


def change_boards(tree: Tree, administrator: Account, today: date) -> None:
    """The historians elect a new president and council; their secretary stays."""
    society, day = tree.by_name["云川市历史学会"], min(DAY, today)
    fresh = names(dice("boards"), set(Person.objects.values_list("name", flat=True)))
    old = standing_board(society, day)
    stays = [
        Entry(t.person.name, t.role, t.post, t.person) for t in old if t.role == Role.SECRETARY
    ]
    elected = [
        Entry(next(fresh), role, post)
        for role, post in (
            (Role.LEADER, "会长"), (Role.LEADER, "副会长"), (Role.MEMBER, "理事"),
            (Role.MEMBER, "理事"), (Role.MEMBER, "监事"),
        )
    ]  # fmt: skip
    with clock(day):
        change_term(
            organisation=society, entries=elected + stays, since=day, label="第七届",
            resolution="云史学〔2025〕3号", by=administrator,
        )  # fmt: skip
