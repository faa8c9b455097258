"""The law of the tree: a path is the parent's path and one's own number, whatever was moved."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.directory import actions
from sheke.directory.models import Organisation, path_range
from sheke.directory.tree import grown
from tests.factories import organisation

pytestmark = pytest.mark.django_db

SIZE = 8
DAY = date(2020, 1, 1)


def make(parents: list[int]) -> list[Organisation]:
    """Organisation n hangs below number parents[n] of those before it, 0 making a root."""
    made: list[Organisation] = []
    for number, choice in enumerate(parents):
        parent = made[(choice - 1) % number] if number and choice else None
        made.append(organisation(parent, valid_from=DAY))
    return made


def check_law() -> None:
    rows = {o.pk: o for o in Organisation.objects.all()}
    for one in rows.values():
        above = rows[one.parent_id].path if one.parent_id else ""
        assert one.path == above + str(one.pk).zfill(6)
        below = {o.pk for o in rows.values() if one.pk in chain(o, rows)}
        assert {o.pk for o in Organisation.objects.below(one)} == below
        assert {o.pk for o in Organisation.objects.above(one)} == set(chain(one, rows))


def chain(one: Organisation, rows: dict[int, Organisation]) -> list[int]:
    """Itself and all above it, by parents; a circle would never end and so fails here."""
    found = [one.pk]
    while parent := rows[found[-1]].parent_id:
        assert parent not in found, "a circle"
        found.append(parent)
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    parents=st.lists(st.integers(0, SIZE), min_size=2, max_size=SIZE),
    moves=st.lists(st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)), max_size=6),
)
def test_paths_hold_after_any_moves(parents, moves):
    with transaction.atomic():
        made = make(parents)
        for which, where in moves:
            parent = made[(where - 1) % len(made)] if where else None
            with suppress(BadInput):
                actions.move_organisation(
                    organisation=made[which % len(made)], parent=parent, since=DAY, reason="x",
                    by=None,
                )  # fmt: skip
        check_law()
        transaction.set_rollback(True)


@given(st.text("0123456789", min_size=6, max_size=24), st.text("0123456789", max_size=12))
def test_a_path_range_holds_what_begins_with_the_path(path, rest):
    if set(path) == {"9"}:
        return
    low, high = path_range(path)
    assert low <= path + rest < high


def test_the_tree_for_reading_groups_by_kind_and_counts():
    root = organisation(kind="federation")
    county = organisation(root, kind="county_federation")
    organisation(county)
    organisation(root)
    (node,) = grown(Organisation.objects.order_by("path"))
    assert [(g.kind, len(g.nodes)) for g in node.groups] == [
        ("county_federation", 1),
        ("society", 1),
    ]
    assert node.size == 3


def test_a_child_without_its_parent_is_a_root_for_reading():
    root = organisation()
    child = organisation(root)
    (node,) = grown([child])
    assert node.organisation == child
