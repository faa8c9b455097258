"""Collections: placed by hand and ordered, on a timeline and a map."""

from __future__ import annotations

import pytest

from sheke.core.errors import BadInput
from sheke.library.actions import collections as actions
from sheke.library.exhibiting import exhibits_of, map_of, timeline_of

from . import factories


class Nobody:
    is_authenticated = False


def titles(exhibits):
    return [each.work.title for each in exhibits]


def test_works_stand_in_their_order_and_only_public_ones_are_shown(city, staff):
    works = [factories.work(city, t, public=t != "三") for t in "一二三"]
    made = factories.collection(city, "river", *works)
    actions.order_works(collection=made, numbers=[works[2].pk, works[1].pk, 999], by=None)
    assert titles(exhibits_of(made, staff)) == ["三", "二", "一"]
    assert titles(exhibits_of(made, Nobody())) == ["二", "一"]
    assert actions.place_works(collection=made, works=works, by=None) == 0
    actions.remove_work(placement=made.placements.get(work=works[1]), by=None)
    assert titles(exhibits_of(made, staff)) == ["三", "一"]


def test_a_saved_query_takes_nothing_by_hand(city):
    made = factories.collection(city, query="茶馆")
    with pytest.raises(BadInput):
        actions.place_works(collection=made, works=[factories.work(city)], by=None)
    with pytest.raises(BadInput):
        factories.collection(city)


def test_timeline_and_map_come_from_dates_and_places(city, staff):
    works = [
        factories.work(city, title, issued=issued)
        for title, issued in (("甲", "1936"), ("乙", "1948-05"), ("丙", ""))
    ]
    made = factories.collection(city, "river", *works)
    for work, (x, y) in zip(works, ((113.0, 27.0), (114.0, 28.0)), strict=False):
        actions.describe_placement(
            placement=made.placements.get(work=work), note="", longitude=x, latitude=y, by=None
        )
    shown = exhibits_of(made, staff)
    assert [(year, titles(there)) for year, there in timeline_of(shown)] == [
        (1936, ["甲"]),
        (1948, ["乙"]),
    ]
    first, second = map_of(shown)
    assert first.x < second.x and first.y > second.y  # north is up
    assert {first.y, second.y} == {30, 330}
    assert map_of([]) == [] and timeline_of(shown[:1]) == []


@pytest.mark.parametrize(("x", "y"), [(181.0, 0.0), (0.0, -91.0), (None, 1.0)])
def test_a_place_is_whole_and_on_the_globe(city, x, y):
    made = factories.collection(city, "river", factories.work(city))
    with pytest.raises(BadInput):
        actions.describe_placement(
            placement=made.placements.get(), note="", longitude=x, latitude=y, by=None
        )


def test_the_list_of_collections_counts_what_is_public(client, city, society):
    public, draft = factories.work(society, public=True), factories.work(society, "草稿")
    factories.collection(city, "river", public, draft, public=True)
    (shown,) = client.get("/library/collections/").context["page"].object_list
    assert shown.count == 1
