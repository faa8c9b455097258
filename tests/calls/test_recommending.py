"""Organisations rank and recommend within their quota."""

from __future__ import annotations

import pytest

from sheke.calls.actions import phases
from sheke.calls.actions import recommending as actions
from sheke.calls.models import Step, Submission
from sheke.core.errors import BadInput
from tests.factories import organisation

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return factories.call(begun=("recommend",))


@pytest.fixture
def unit(call):
    unit = organisation(call.organisation)
    factories.seats(call, unit, 2)
    return unit


def three(call, unit) -> list[Submission]:
    return [factories.submission(call, unit, stage="recommend") for _n in range(3)]


def order(call) -> list[int | None]:
    return list(call.seats.order_by("rank").values_list("submission_id", flat=True))


def test_there_are_no_more_places_than_the_quota(call, unit):
    first, second, third = three(call, unit)
    assert actions.recommend(submission=first, reason="基础好", by=None).rank == 1
    assert actions.recommend(submission=second, by=None).rank == 2
    with pytest.raises(BadInput, match="2"):
        actions.recommend(submission=third, by=None)
    with pytest.raises(BadInput):
        actions.recommend(submission=first, by=None)
    assert order(call) == [first.pk, second.pk]


def test_what_is_taken_back_frees_its_place_and_the_others_move_up(call, unit):
    first, second, third = three(call, unit)
    for one in (first, second):
        actions.recommend(submission=one, by=None)
    actions.take_back(submission=first, reason="本人放弃", by=None)
    assert order(call) == [second.pk, None]
    actions.recommend(submission=third, by=None)
    assert order(call) == [second.pk, third.pk]
    assert first.steps.filter(act=Step.Act.UNRECOMMENDED).get().reason == "本人放弃"


def test_the_order_is_of_just_those_that_are_recommended(call, unit):
    first, second, third = three(call, unit)
    for one in (first, second):
        actions.recommend(submission=one, reason=one.title, by=None)
    actions.rank(call=call, organisation=unit, order=[second.pk, first.pk], by=None)
    assert order(call) == [second.pk, first.pk]
    assert call.seats.get(rank=1).reason == second.title
    for wrong in ([second.pk], [third.pk, first.pk], [first.pk, first.pk]):
        with pytest.raises(BadInput):
            actions.rank(call=call, organisation=unit, order=wrong, by=None)


def test_an_organisation_without_places_recommends_nothing(call, unit):
    other = organisation(call.organisation)
    with pytest.raises(BadInput):
        actions.recommend(submission=factories.submission(call, other, stage="recommend"), by=None)


def test_without_a_quota_everybody_recommends_as_many_as_they_like():
    call = factories.call(factories.programme(quota=None), begun=("recommend",))
    unit = organisation(call.organisation)
    for one in three(call, unit):
        actions.recommend(submission=one, by=None)
    assert [seat.added for seat in call.seats.all()] == [True] * 3


def test_a_full_quota_stays_full_where_the_programme_has_none():
    call = factories.call(factories.programme(quota=None), begun=("recommend",))
    unit = organisation(call.organisation)
    factories.seats(call, unit, 1)
    first, second, _third = three(call, unit)
    actions.recommend(submission=first, by=None)
    with pytest.raises(BadInput):
        actions.recommend(submission=second, by=None)


def test_recommending_waits_for_its_stage():
    call = factories.call()
    unit = organisation(call.organisation)
    factories.seats(call, unit, 1)
    with pytest.raises(BadInput):
        actions.recommend(submission=factories.submission(call, unit, stage="recommend"), by=None)


def test_the_end_of_the_stage_passes_what_has_a_place_and_refuses_the_rest(call, unit):
    first, second, _third = three(call, unit)
    actions.recommend(submission=first, by=None)
    actions.hand_back(submission=second, reason="请补材料", by=None)
    phase = call.phases.get(stage="recommend")
    with pytest.raises(BadInput):  # one is being corrected
        phases.end_phase(phase=phase, by=None)
    factories.send(second)
    phases.end_phase(phase=phase, by=None)
    states = list(Submission.objects.order_by("pk").values_list("stage", "state"))
    assert states == [("check", "in"), ("recommend", "refused"), ("recommend", "refused")]


def test_what_is_recommended_is_not_passed_back(call, unit):
    first, _second, _third = three(call, unit)
    actions.recommend(submission=first, by=None)
    with pytest.raises(BadInput):
        actions.hand_back(submission=first, reason="改", by=None)
