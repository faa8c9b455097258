"""A call under review in which a demonstration's account has a queue, and a programme's next edition."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sheke.calls.actions import calls as calling
from sheke.calls.actions import quotas
from sheke.calls.actions.importing import import_submissions
from sheke.calls.actions.reviews import save_review, set_example
from sheke.calls.models import Assignment, Call
from sheke.definitions.actions import publish_edition
from sheke.directory.models import Account

from . import call_stages
from .call_making import edition_of, entries_of, open_call, plan, units_of
from .calls import GRANT
from .clock import clock
from .earlier_calls import quality
from .experts import ask_experts
from .organisations import Tree
from .source import dice, read

COMMISSIONED = "commissioned_topic"


def make_reviewed(tree: Tree, office: Account, experts: Sequence[Account], today: date) -> Call:
    """Commissioned topics under review: the first expert sent one review, began another, has more to do."""
    words, random = read("calls")["commissioned"], dice("commissioned")
    began = today - timedelta(days=24)
    with clock(began):
        call = open_call(edition_of(COMMISSIONED), tree.root, office, began, 15, words)
        plan(call, began, office)
        call = calling.announce_call(call=call, by=office)
    with clock(today - timedelta(days=11)):
        entries = entries_of(call, units_of(tree), words, count=12, seed="commissioned")
        import_submissions(call=call, entries=list(entries), by=None)
    with clock(today - timedelta(days=8)):
        call_stages.turn(call, "collect", "check", office)
        call_stages.pass_but(call, 0, "", office)
        ask_experts(call, experts[:9], words["keywords"], office)
        example = words["example"]
        scores = {key: str(value) for key, value in example["scores"].items()}
        set_example(
            call=call, title=example["title"], text=example["text"], scores=scores,
            explanation=example["why"], by=office,
        )  # fmt: skip
    with clock(today - timedelta(days=5)):
        call_stages.turn(call, "check", "review", office)
        call_stages.release(call, office)
        call_stages.assign(call, 2026, office)
    with clock(today - timedelta(days=2)):
        _some_reviews(call, experts, words, random)
    return call


def _some_reviews(call: Call, experts: Sequence[Account], words: Any, random: Random) -> None:
    """Half of the others' reviews are in; of the known expert's one is in and one begun."""
    found = Assignment.objects.in_force().filter(call=call).order_by("pk")
    there = list(found.select_related("call__edition__definition", "reviewer"))
    mine = [each for each in there if each.reviewer.person_id == experts[0].person_id]
    others = [each for each in there if each not in mine]
    by = {one.person_id or 0: one for one in experts}
    judged = quality(call, random)
    call_stages.write_reviews(
        [*mine[:1], *others[: len(others) // 2]], judged, words["comments"], random, by=by
    )
    if len(mine) > 1:
        rubric = mine[1].call.programme.rubric
        first = {rubric.criteria[0].key: "82"} if rubric else {}
        save_review(
            assignment=mine[1], scores=first, comment="", private="", revision=0, by=experts[0]
        )


def make_next_edition(tree: Tree, office: Account, publisher: Account, today: date) -> Call:
    """The programme of the grant in its check gets a new edition, and a call of it opens beside."""
    words = read("calls")["next_grant"]
    with clock(today - timedelta(days=7)):
        held = edition_of(GRANT)
        data = copy.deepcopy(held.data)
        category = next(
            field for section in data["sections"] for field in section["fields"]
            if field["key"] == "category"
        )  # fmt: skip
        category["choices"].insert(3, words["choice"])
        data["quota"] = 6
        edition = publish_edition(
            kind="programme", key=GRANT, data=data, note=words["note"], by=publisher
        )
    with clock(today - timedelta(days=4)):
        call = open_call(edition, tree.root, office, today - timedelta(days=4), 35, words)
        quotas.set_quotas(call=call, places=dict.fromkeys(units_of(tree), 6), by=office)
        plan(call, today - timedelta(days=4), office)
        call = calling.announce_call(call=call, by=office)
    with clock(today - timedelta(days=1)):
        entries = entries_of(call, units_of(tree), words, count=5, seed="next grant")
        import_submissions(call=call, entries=list(entries), by=None)
    return call
