"""Experts of the demonstration: who reviews in its calls and sits in its panels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from sheke.calls.actions.reviewers import (
    add_reviewers,
    answer_invitation,
    change_reviewer,
    invite_reviewers,
)
from sheke.calls.models import Call
from sheke.core import audit
from sheke.directory.models import Account, Tenure

from .organisations import Tree
from .source import dice

EXPERTS = 13  # beside the one whose account is printed
DISCIPLINES = 3  # of each


def make_experts(tree: Tree, known: Account) -> list[Account]:
    """The known reviewer and leaders of societies, each of another employer. They sign in with no
    password: the demonstration acts in their names.
    """
    societies = [one.pk for one in tree.of_kind("society") if one.valid_to is None]
    held = Tenure.objects.filter(organisation__in=societies, role=Tenure.Role.LEADER)
    found = (
        held.filter(person__account=None).select_related("person").order_by("organisation__code")
    )
    made = [known]
    for number, tenure in enumerate(found[: EXPERTS * 7 : 7], start=1):
        account = Account(username=f"zhuanjia{number:02}", person=tenure.person)
        account.set_unusable_password()
        account.save()
        audit.record("account.create", account, by=None)
        made.append(account)
    return made


def ask_experts(call: Call, experts: Sequence[Account], words: Sequence[str], by: Account) -> None:
    """Invite them with what they know; all accept but the last one."""
    random = dice("experts", call.key)
    people = [one.person for one in experts if one.person is not None]
    made = add_reviewers(call=call, people=people, by=by)
    asked = call.programme.used_as("discipline")
    keys = [choice.key for choice in asked.choices] if asked else []
    for reviewer in made:
        change_reviewer(
            reviewer=reviewer, disciplines=random.sample(keys, min(DISCIPLINES, len(keys))),
            words=random.sample(list(words), 3), load_least=None, load_most=None, by=by,
        )  # fmt: skip
    due: date = timezone.localdate() + timedelta(days=3)
    invite_reviewers(call=call, reviewers=made, due_on=due, by=by)
    accounts = {one.person_id: one for one in experts}
    for reviewer in made:
        last = reviewer == made[-1]
        answer_invitation(
            reviewer=reviewer, accepted=not last, reason="近期出差，时间排不开。" if last else "",
            by=accounts[reviewer.person_id],
        )  # fmt: skip
