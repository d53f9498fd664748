"""The weights of the ranking: a readable data file, fitted by `python -m benchmarks matching --fit`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from math import exp, fsum
from pathlib import Path

from annotator.model.late import dataclass

SUM = "sum"
"""The name that the sum of the order has among the figures of the score."""

SCORED = (SUM, "both_covered", "query_covered", "claim_covered", "title_covered", "phrasing", "rarest")
"""By which figures a match is told from the best of a collection that has none; those of an embedding go with them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts in the order, and what counts (besides that sum) for a score between 0 and 1."""

    order: Mapping[str, float]
    score: Mapping[str, float]
    bias: float

    def sum(self, figures: Mapping[str, float]) -> float:
        """What candidates are put in order by."""
        return fsum([weight * figures[name] for name, weight in self.order.items()])

    def chance(self, figures: Mapping[str, float], total: float) -> float:
        """How sure it is that a first match with these figures and this sum is right."""
        known = {**figures, SUM: total}
        logit = self.bias + fsum([weight * known[name] for name, weight in self.score.items()])
        return 1 / (1 + exp(-max(min(logit, 500.0), -500.0)))


@cache
def weights(name: str) -> Weights:
    """The weights for a ranking by "words", or by words and "embeddings"."""
    found = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))[name]
    return Weights(found["order"], found["score"], found["bias"])
