"""The Bayesian model: against dense algebra, against simulated truth, and its laws."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.scoring import Rubric, Rules, Score, evaluate
from sheke.calls.scoring.mixed import PRIOR_NOISE, PRIOR_WEIGHT, Equations, Ratios
from sheke.calls.scoring.posterior import posterior
from sheke.calls.scoring.stability import first, ranks, without
from sheke.calls.scoring.tables import read

from .simulation import rank_correlation, world


def equations(scores):
    return Equations(read(scores, Rubric()), 0, 100)


def dense(found: Equations, ratios: Ratios):
    """The same posterior by plain matrices over (μ, r, s): means, covariance by σ², E σ²."""
    table, (rows, r, s) = found.table, (len(found.y), found.size, len(found.n))
    design = np.zeros((rows, 1 + r + s))
    design[:, 0] = design[np.arange(rows), 1 + table.j] = 1
    design[np.arange(rows), 1 + r + table.i] = 1
    prior = np.array([0] + [np.exp(-ratios.reviewers)] * r + [np.exp(-ratios.submissions)] * s)
    covariance = np.linalg.inv(design.T @ design + np.diag(prior))
    mean = covariance @ design.T @ found.y
    rest = found.y @ (found.y - design @ mean)
    return mean, covariance, (PRIOR_WEIGHT * PRIOR_NOISE**2 + rest) / rows


@pytest.mark.parametrize("shape", [(12, 5, 2), (40, 20, 2)])  # dense and sparse
def test_elimination_gives_what_plain_matrices_give(shape):
    found, ratios = equations(world(*shape, seed=3).scores), Ratios(0.7, -0.4)
    r = found.size
    mean, covariance, variance = dense(found, ratios)
    at = found.solve(ratios)
    assert at.x == pytest.approx(mean[: r + 1])
    assert at.s == pytest.approx(mean[r + 1 :])
    assert at.variance == pytest.approx(variance)
    picks = np.zeros((len(found.n), len(mean)))
    picks[:, 0], picks[:, 1 : r + 1], picks[:, r + 1 :] = 1, 1 / r, np.eye(len(found.n))
    value, spread = found.submissions(at)
    assert value == pytest.approx(picks @ mean)
    assert spread == pytest.approx(variance * np.diag(picks @ covariance @ picks.T))
    contrast = np.zeros((r, len(mean)))
    contrast[:, 1 : r + 1] = 1 / r - np.eye(r)
    value, spread = found.reviewers(at)
    assert value == pytest.approx(contrast @ mean)
    assert spread == pytest.approx(variance * np.diag(contrast @ covariance @ contrast.T))


def test_the_height_of_the_ratios_is_that_of_the_marginal_likelihood():
    found = equations(world(12, 5, 2, seed=3).scores)
    table, rows = found.table, len(found.y)

    def plain(ratios):
        same = [np.equal.outer(level, level) for level in (table.i, table.j)]
        v = np.exp(ratios.submissions) * same[0] + np.exp(ratios.reviewers) * same[1]
        inverse = np.linalg.inv(v + np.eye(rows))
        ones = inverse.sum()
        rest = found.y @ inverse @ found.y - (inverse @ found.y).sum() ** 2 / ones
        fit = (PRIOR_WEIGHT + rows - 1) * np.log(PRIOR_WEIGHT * PRIOR_NOISE**2 + rest)
        return ratios.log_prior - (np.log(ones) - np.linalg.slogdet(inverse)[1] + fit) / 2

    one, other = Ratios(0.5, 1.5), Ratios(-2.0, 0.25)
    assert found.log_posterior(one) - found.log_posterior(other) == pytest.approx(
        plain(one) - plain(other)
    )


def test_leaving_a_reviewer_out_is_solving_without():
    scores = world(15, 6, 3, seed=8).scores
    found = equations(scores)
    at = found.solve(Ratios(0.3, 0.9))
    mine = np.flatnonzero(found.table.j == 2)
    name = found.table.reviewers[2]
    fewer = equations([one for one in scores if one.reviewer != name])
    again = fewer.solve(Ratios(0.3, 0.9))
    assert without(found, at, 2, mine) == pytest.approx(again.s)


def test_it_finds_severities_and_ranks_better_than_the_mean():
    sample = world(200, 30, 3, seed=1)
    found = evaluate(sample.scores)
    severity = {one.id: one.severity for one in found.reviewers}
    average = fmean(sample.severity.values())
    off = [severity[name] - (real - average) for name, real in sample.severity.items()]
    assert np.std(off) < 0.3 * np.std(list(sample.severity.values()))
    truth = [sample.quality[one.id] for one in found.submissions]
    by = {m: [getattr(one, m) for one in found.submissions] for m in ("raw", "z", "bayes")}
    assert rank_correlation(truth, by["bayes"]) > rank_correlation(truth, by["raw"]) + 0.05
    assert rank_correlation(truth, by["z"]) > rank_correlation(truth, by["raw"])


@pytest.mark.parametrize(("low", "high"), [(0, 100), (1, 5)])
def test_intervals_hold_the_truth_about_nine_times_in_ten(low, high):
    inside, severities = [], []
    for seed in range(12):
        sample = world(60, 12, 3, seed, low=low, high=high)
        found = evaluate(sample.scores, Rubric(low, high))
        average = fmean(sample.severity.values())
        inside += [
            one.low <= sample.quality[one.id] - average <= one.high for one in found.submissions
        ]
        severities += [
            one.low <= sample.severity[one.id] - average <= one.high for one in found.reviewers
        ]
    assert 0.84 < fmean(inside) < 0.96
    assert 0.80 < fmean(severities) < 0.99


def test_the_probability_to_be_chosen_is_borne_out():
    """Of those said to be chosen with about 60–90 %, about so many belong there in truth."""
    said, true = [], []
    for seed in range(12):
        sample = world(60, 12, 3, seed)
        best = sorted(sample.quality, key=sample.quality.get, reverse=True)[:15]
        for one in evaluate(sample.scores, rules=Rules(within=15)).submissions:
            if 0.6 < one.within < 0.9:
                said.append(one.within)
                true.append(one.id in best)
    assert len(said) > 50
    assert abs(fmean(true) - fmean(said)) < 0.12


@settings(max_examples=15)
@given(shift=st.floats(-20, 20), seed=st.integers(0, 50))
def test_one_reviewers_constant_shift_keeps_the_order_where_all_review_all(shift, seed):
    sample = world(8, 4, 4, seed)
    plain = [replace(one, total=30 + one.total * 0.4) for one in sample.scores]
    moved = [
        replace(one, total=one.total + shift) if one.reviewer == "r1" else one for one in plain
    ]
    before, after = evaluate(plain), evaluate(moved)
    assert [one.id for one in before.submissions] == [one.id for one in after.submissions]
    # z: everybody's z stays; only the common mean and deviation move.
    order = [
        sorted(e.submissions, key=lambda one: (one.ranks["z"], one.id)) for e in (before, after)
    ]
    assert [one.id for one in order[0]] == [one.id for one in order[1]]


def test_order_of_the_input_and_scale_change_nothing():
    scores = world(20, 6, 3, seed=5).scores
    fifths = [Score(one.reviewer, one.submission, total=1 + one.total / 25) for one in scores]
    found, turned = (
        evaluate(scores, rules=Rules(within=5)),
        evaluate(scores[::-1], rules=Rules(within=5)),
    )
    assert found == turned
    scaled = evaluate(fifths, Rubric(1, 5), Rules(within=5))
    assert [one.id for one in scaled.submissions] == [one.id for one in found.submissions]
    assert [1 + one.bayes / 25 for one in found.submissions] == pytest.approx(
        [one.bayes for one in scaled.submissions]
    )


def test_the_lattice_weighs_what_it_keeps():
    found = posterior(equations(world(60, 12, 3, seed=1).scores))
    assert found.weights.sum() == pytest.approx(1)
    assert len(found.solutions) > 3


@given(
    st.lists(st.sampled_from([1.0, 2.0, 2.5, 3.0, 80.0, -1e12]), min_size=1, max_size=12),
    st.integers(1, 12),
)
def test_the_first_are_those_with_the_best_ranks(points, k):
    values, k = np.array(points), min(k, len(points))
    assert first(values, k).tolist() == (ranks(values) <= k).tolist()
