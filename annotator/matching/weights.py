"""The weights of the ranking: a readable data file, fitted by `python -m benchmarks matching --fit`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts, and where and how steeply the sum of them becomes a score between 0 and 1."""

    features: Mapping[str, float]
    middle: float
    slope: float


@cache
def weights(name: str) -> Weights:
    """The weights for a ranking by "words", or by words and "embeddings"."""
    found = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))[name]
    return Weights(found["features"], found["middle"], found["slope"])
