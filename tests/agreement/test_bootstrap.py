from __future__ import annotations

import random
from collections import Counter
from statistics import mean, pvariance

import pytest

from annotator.agreement.bootstrap import binomial, interval, resampled


@pytest.mark.parametrize(("trials", "chance"), [(40, 0.1), (400, 0.3), (400, 0.7), (20_000, 0.002), (20_000, 0.5)])
def test_binomial_draws_have_the_mean_and_the_variance_of_the_distribution(trials: int, chance: float) -> None:
    draw = random.Random(11)
    drawn = [binomial(draw, trials, chance) for _ in range(4000)]
    assert all(0 <= each <= trials for each in drawn)
    spread = (trials * chance * (1 - chance)) ** 0.5
    assert mean(drawn) == pytest.approx(trials * chance, abs=5 * spread / 4000**0.5)
    assert pvariance(drawn) == pytest.approx(spread**2, rel=0.15)


def test_nothing_and_everything_are_drawn_for_certain() -> None:
    draw = random.Random(1)
    assert (binomial(draw, 50, 0.0), binomial(draw, 50, 1.0)) == (0, 50)


def test_every_resample_has_as_many_clusters_as_there_are() -> None:
    for clusters in ([{"a": 2}, {"b": 1}, {"a": 1, "b": 1}], [{"a": 1}] * 500 + [{"b": 1}] * 300):
        samples = [dict(items) for items in resampled(clusters, lambda letter: {letter: 1, "all": 1}, 50, 3)]
        assert len(samples) == 50
        assert len({sample.get("a", 0) for sample in samples}) > 1
        assert all(sample.get("a", 0) + sample.get("b", 0) == sample["all"] for sample in samples)
    # Where every cluster has one element, their number is that of the clusters.
    assert {sample["all"] for sample in samples} == {800}


def test_many_alike_are_drawn_as_often_as_they_would_be_one_by_one() -> None:
    clusters = [{"a": 1}] * 600 + [{"b": 1}] * 300 + [{"c": 1}] * 100
    samples = [dict(items) for items in resampled(clusters, lambda letter: {letter: 1}, 2000, 5)]
    for letter, number in (("a", 600), ("b", 300), ("c", 100)):
        drawn = [sample.get(letter, 0) for sample in samples]
        assert mean(drawn) == pytest.approx(number, abs=2)
        assert pvariance(drawn) == pytest.approx(number * (1 - number / 1000), rel=0.12)


def test_a_seed_is_a_draw() -> None:
    clusters = [Counter({number: 1}) for number in range(20)]

    def samples(seed: int) -> list[list[tuple[int, int]]]:
        return list(resampled(clusters, lambda number: {number: 1}, 10, seed))

    assert samples(4) == samples(4) != samples(5)


def test_an_interval_leaves_two_and_a_half_per_cent_out_at_each_end() -> None:
    found = interval([*map(float, range(1001)), None, None])
    assert found is not None
    assert (found.low, found.high, found.undefined) == (25.0, 975.0, 2)
    assert interval([None, None]) is None
