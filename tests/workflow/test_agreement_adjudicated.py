"""Each reviewer with the adjudicated layer, beside other programs that read the same pairs of values."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping

import pytest

from annotator.agreement import Level
from annotator.model.article import Claim
from annotator.model.facets import SOURCE, VERDICT, WORTH
from annotator.model.first_decisions import FirstDecision
from annotator.model.judgement import Judgement
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.workflow.agreement.adjudicated import LayerAgreement
from annotator.workflow.agreement.facets import MEASURED, Categories
from annotator.workflow.agreement.first_decisions import Decided

FACETS = {WORTH: ["0", "1", "2"], VERDICT: ["supported", "refuted", "conflicting"], SOURCE: ["s1", "s2", "s3", "s4"]}
REVIEWERS = ("ana", "ben")
Values = Mapping[str, str]
Pairs = dict[tuple[str, str], list[tuple[str, str]]]


def said(draw: random.Random, right: Values) -> Values:
    """What a reviewer says of a claim: mostly what is right, and nothing at all of some facets."""
    own = {facet: draw.choice(values) for facet, values in FACETS.items() if draw.random() < 0.9}
    return {facet: right.get(facet, value) if draw.random() < 0.6 else value for facet, value in own.items()}


def article(draw: random.Random, number: int) -> tuple[dict[str, list[Decided]], dict[str, Values]]:
    """Twelve claims by two reviewers, of which values and whole claims are missing, and what the layer says of them."""
    units: dict[str, list[Decided]] = {}
    settled: dict[str, Values] = {}
    for at in range(12):
        claim = Claim(f"{number:064x}", Span(at, at + 1))
        right = {facet: draw.choice(values) for facet, values in FACETS.items() if draw.random() < 0.9}
        first = FirstDecision(claim, Judgement(), None, (), {}, "1", "", (at, "", ""))
        there = [place for place in range(len(REVIEWERS)) if draw.random() < 0.8]
        units[claim.id] = [Decided(place, first, said(draw, right)) for place in there]
        if draw.random() < 0.8:
            settled[claim.id] = right
    return units, settled


def played(seed: int) -> tuple[LayerAgreement, Pairs]:
    """Five articles, and the pairs of values in them that can be compared."""
    draw, scheme = random.Random(seed), default_scheme()
    layer = LayerAgreement([Categories.of(facet, scheme) for facet in MEASURED if facet.id in FACETS])
    pairs: Pairs = defaultdict(list)
    for number in range(5):
        units, settled = article(draw, number)
        layer.add(units, settled, REVIEWERS)
        for claim_id, right in settled.items():
            for each in units[claim_id]:
                for facet in each.values.keys() & right.keys():
                    pairs[facet, REVIEWERS[each.place]].append((each.values[facet], right[facet]))
    return layer, pairs


@pytest.mark.extra("krippendorff", "numpy", "sklearn")
@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_scikit_learn_and_krippendorff(seed: int) -> None:
    import krippendorff
    from sklearn.metrics import cohen_kappa_score

    layer, pairs = played(seed)
    found = {(row.facet, row.coefficient, row.reviewers[0]): row for row in layer.rows(0, 0)}
    assert {(facet, name) for facet, _, name in found} == pairs.keys()
    for (facet, name), both in pairs.items():
        hers, layers = zip(*both, strict=True)
        agreed = found[facet, "percent_agreement", name]
        assert (agreed.units, agreed.pairable) == (len(both), 2 * len(both))
        assert agreed.value == pytest.approx(sum(one == other for one, other in both) / len(both), abs=1e-12)
        kappa = cohen_kappa_score(hers, layers, labels=FACETS[facet])
        assert found[facet, "cohen_kappa", name].value == pytest.approx(kappa, abs=1e-12)
        if facet == WORTH:
            weighted = cohen_kappa_score(hers, layers, labels=FACETS[facet], weights="quadratic")
            assert found[facet, "weighted_kappa", name].value == pytest.approx(weighted, abs=1e-12)
            numbers = [[int(value) for value in each] for each in (hers, layers)]
            alpha = krippendorff.alpha(reliability_data=numbers, level_of_measurement=Level.INTERVAL.value)
            assert found[facet, "krippendorff_alpha_interval", name].value == pytest.approx(alpha, abs=1e-12)


def test_intervals_are_drawn_over_articles_and_the_same_for_a_seed() -> None:
    drawn = list(played(1)[0].rows(200, 3))
    assert drawn == list(played(1)[0].rows(200, 3))
    for row in drawn:
        assert row.low is not None
        assert row.high is not None
        assert row.low <= (row.value or 0.0) <= row.high
