"""How far a sentence is worth checking, and why: a sum of weights of what is found in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from math import exp
from pathlib import Path

from annotator.check_worthiness.reading import Feature, Reader, listed
from annotator.check_worthiness.summing import THOUSAND, Summer
from annotator.model.late import dataclass

INTERCEPT, THRESHOLD = "(intercept)", "(threshold)"
WEIGHTS = Path(__file__).with_name("weights.tsv")

# A weight below this says so little that it is no reason to tell anybody.
_TELLING = 0.1
_MOST_REASONS = 4
_BY_WORDING = "its wording alone"
# A sum of weights further than this from nothing is as sure as can be.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Worthiness:
    """What the model makes of a sentence.

    `score` is the chance, from 0 to 1, that it is worth checking, where half of all sentences are; `worth` is whether
    that reaches the model's threshold; `reasons` are what was found in it that speaks for a check or against one,
    the weightiest first.
    """

    score: float
    worth: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: a weight for each feature, what is added to their sum, and from which score on it says worth."""

    of: dict[Feature, float]
    intercept: float
    threshold: float


def assess(text: str) -> Worthiness:
    """Score one English sentence; of a text with no word in it nothing is found, and it is not worth checking."""
    total = _summer().thousandths(text)
    if total is None:
        return Worthiness(0.0, worth=False, reasons=())
    score = _score(total)
    return Worthiness(score, score >= default_weights().threshold, _reasons(_reader().features_of(text)))


def score_of(text: str) -> float | None:
    """The score alone of a sentence that is worth checking, and None of one that is not: `assess` without reasons."""
    total = _summer().thousandths(text)
    return _score(total) if total is not None and total >= _least() else None


def _score(total: int) -> float:
    """The score of a sentence in which features of so many thousandths are found."""
    return round(chance(default_weights().intercept + total / THOUSAND), 4)


@cache
def _least() -> int:
    """The least sum of weights, in thousandths, of what is worth checking."""
    sums = range(-_MOST * THOUSAND, _MOST * THOUSAND)
    return sums[bisect_left(sums, default_weights().threshold, key=_score)]


@lru_cache(maxsize=64)
def reasons_of(text: str) -> tuple[str, ...]:
    """The reasons alone, kept for the last sentences that were asked about: a screen asks at every key."""
    return assess(text).reasons


def chance(total: float) -> float:
    """The logistic function."""
    return 1 / (1 + exp(-max(min(total, _MOST), -_MOST)))


@cache
def _summer() -> Summer:
    return Summer(default_weights().of)


@cache
def _reader() -> Reader:
    """Reads for what is told as a reason."""
    return Reader(frozenset(_telling()))


@cache
def default_weights() -> Weights:
    """The weights that come with the program, read once."""
    return read_weights(WEIGHTS.read_text(encoding="utf-8").splitlines())


def read_weights(lines: Iterable[str]) -> Weights:
    """The rows of weights.tsv, a weight and a name each; lines that begin with # are for people."""
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    named = {name: float(weight) for weight, name in rows}
    intercept, threshold = named.pop(INTERCEPT), named.pop(THRESHOLD)
    return Weights({feature_named(name): weight for name, weight in named.items()}, intercept, threshold)


def feature_named(name: str) -> Feature:
    """A feature by its name in the file: a blank stands between two neighbours."""
    first, blank, second = name.partition(" ")
    return (first, second) if blank else name


def name_of(feature: Feature) -> str:
    """The name of a feature in the file."""
    return feature if isinstance(feature, str) else " ".join(feature)


def _reasons(found: set[Feature]) -> tuple[str, ...]:
    strengths: dict[str, float] = {}
    known = _telling()
    for name in known.keys() & found:
        reason, strength = known[name]
        if strength > strengths.get(reason, 0.0):
            strengths[reason] = strength
    ordered = sorted(strengths, key=lambda reason: (-strengths[reason], reason))
    return tuple(ordered[:_MOST_REASONS]) or (_BY_WORDING,)


@cache
def _telling() -> dict[Feature, tuple[str, float]]:
    """The features that are told as reasons, each with its reason and how much it weighs in the reason's direction."""
    of = default_weights().of
    entries = listed()
    pairs = entries["pairs"]
    directions = {
        str(entry["reason"]): -1 if entry.get("against") else 1 for entry in entries.values() if "reason" in entry
    }
    reasons: dict[Feature, str] = {
        f"[{name}]": str(entry["reason"]) for name, entry in entries.items() if "reason" in entry
    }
    reasons |= {feature_named(pair): str(reason) for pair, reason in pairs.items()}
    weighed = {name: (reason, directions[reason] * of.get(name, 0.0)) for name, reason in reasons.items()}
    return {name: told for name, told in weighed.items() if told[1] >= _TELLING}
