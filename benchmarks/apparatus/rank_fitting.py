"""Fitting the weights of the match ranking: a conditional logit over the candidates of each query, and its calibration.

Needs numpy and scipy (scikit-learn of the extra `bench` brings them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from scipy.optimize import minimize

FOLDS = 5
_PENALTY = 15.0
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A query: the ids of its candidates with their features, and which ids are relevant."""

    set: str
    relevant: frozenset[str]
    ids: Sequence[str]
    figures: Sequence[Mapping[str, float]]


def average_precision(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """The average precision among the first five, as CLEF CheckThat! 2022 counts it."""
    hits, total = 0, 0.0
    for place, name in enumerate(ranked[:_DEPTH], 1):
        if name in relevant:
            hits += 1
            total += hits / place
    return total / min(len(relevant), _DEPTH)


def matrix(query: Query, names: Sequence[str]) -> Any:
    """The candidates' features, a row a candidate."""
    return np.array([[figures[name] for name in names] for figures in query.figures]).reshape(-1, len(names))


def fitted(queries: Sequence[Query], names: Sequence[str]) -> Any:
    """The weights under which the relevant candidates are likeliest to be chosen, large ones penalised."""
    chosen = [query for query in queries if query.relevant & set(query.ids)]
    rows = np.vstack([matrix(query, names) for query in chosen])
    right = np.array([float(id_ in query.relevant) for query in chosen for id_ in query.ids])
    counts = [len(query.ids) for query in chosen]
    starts, of = np.r_[0, np.cumsum(counts)[:-1]], np.repeat(np.arange(len(counts)), counts)
    spread = rows.std(0) + 1e-9
    scaled = (rows - rows.mean(0)) / spread

    def loss(weights: Any) -> tuple[float, Any]:
        sums = scaled @ weights
        powers = np.exp(sums - np.maximum.reduceat(sums, starts)[of])
        everything, relevant = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts)
        gradient = scaled.T @ (powers / everything[of] - powers * right / relevant[of])
        penalty = 0.5 * _PENALTY * float(weights @ weights)
        return float(np.log(everything / relevant).sum()) + penalty, gradient + _PENALTY * weights

    return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x / spread


def cross_validated(queries: Sequence[Query], names: Sequence[str]) -> list[list[str]]:
    """Each query's candidates, best first, by weights that were fitted to the queries of the other folds.

    Queries that share a relevant check are in one fold.
    """
    folds = _folds(queries)
    ranked: list[list[str]] = [[] for _ in queries]
    for fold in range(FOLDS):
        weights = fitted([query for query, of in zip(queries, folds, strict=True) if of != fold], names)
        for at, query in enumerate(queries):
            if folds[at] == fold and query.ids:
                sums = matrix(query, names) @ weights
                ranked[at] = [query.ids[i] for i in np.argsort(-sums, kind="stable")]
    return ranked


def _folds(queries: Sequence[Query]) -> list[int]:
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for query in queries:
        first, *others = sorted(query.relevant)
        for other in others:
            parent[root(other)] = root(first)
    return [crc32(root(min(query.relevant)).encode()) % FOLDS for query in queries]


def calibrated(matching: Sequence[tuple[float, ...]], right: Sequence[bool]) -> Any:
    """The weights of a logistic regression from a first match to whether it is right; the last is the bias."""
    rows = np.c_[np.array(matching), np.ones(len(matching))]
    signs = 2 * np.array(right, dtype=float) - 1

    def loss(weights: Any) -> float:
        return float(np.logaddexp(0, -signs * (rows @ weights)).mean() + 1e-4 * (weights[:-1] @ weights[:-1]))

    return minimize(loss, np.zeros(rows.shape[1]), method="L-BFGS-B").x
