from __future__ import annotations

from annotator.agreement import Level, Rating, measured
from annotator.agreement.ratings import Ratings, ratings_of


def two_articles(*, level: Level = Level.NOMINAL) -> Ratings:
    """Two reviewers on eight claims of two articles; they differ twice, both times in the second."""
    given = []
    for number, (ana, ben) in enumerate(zip("12121212", "12122112", strict=True)):
        cluster = "one" if number < 4 else "two"
        given += [Rating(str(number), "ana", ana, cluster), Rating(str(number), "ben", ben, cluster)]
    return ratings_of(given, level=level)


def test_everything_is_measured_with_its_units_and_reviewers() -> None:
    made = measured(two_articles(level=Level.ORDINAL), resamples=50)
    found = {(each.coefficient, each.reviewers): each for each in made}
    both = ("ana", "ben")
    assert {name for name, _ in found} == {
        "percent_agreement",
        "krippendorff_alpha_nominal",
        "krippendorff_alpha_ordinal",
        "fleiss_kappa",
        "gwet_ac1",
        "cohen_kappa",
        "weighted_kappa",
    }
    kappa = found["cohen_kappa", both]
    assert (kappa.value, kappa.units, kappa.pairable, kappa.undefined) == (0.5, 8, 16, "")


def test_intervals_are_drawn_by_article_and_repeatable() -> None:
    (percent, *_) = measured(two_articles(), resamples=200, seed=7)
    assert percent.value == 0.75
    assert percent.interval is not None
    # Both articles, or one of them twice: nothing else can be drawn.
    assert (percent.interval.low, percent.interval.high) == (0.5, 1.0)
    assert measured(two_articles(), resamples=200, seed=7) == measured(two_articles(), resamples=200, seed=7)
    assert measured(two_articles(), resamples=0)[0].interval is None


def test_resamples_without_a_value_are_counted() -> None:
    given = [Rating(str(unit), name, value, str(unit)) for unit, value in enumerate("1122") for name in ("ana", "ben")]
    alpha = measured(ratings_of(given), resamples=300)[1]
    assert alpha.value == 1
    assert alpha.interval is not None
    # Four articles drawn of which all say the same: two of sixteen.
    assert 15 < alpha.interval.undefined < 65


def test_what_is_undefined_says_why() -> None:
    given = [Rating(str(unit), name, "1", str(unit)) for unit in range(3) for name in ("ana", "ben")]
    alpha = measured(ratings_of(given), resamples=5)[1]
    assert (alpha.value, alpha.undefined, alpha.interval) == (None, "all values alike", None)
