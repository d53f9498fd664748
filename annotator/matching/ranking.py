"""The ranking: which of some checks are most likely about the same as what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from annotator.matching.explaining import explain
from annotator.matching.features import RELATED_FROM, Prepared, Query, Read, Skimmed, bm25, features, related_words
from annotator.matching.rarity import Rarity
from annotator.matching.reading import read, read_sought, stemming_language, words_in
from annotator.matching.weights import weights
from annotator.model.check import Check, Match, Sought
from annotator.model.dates import day_number
from annotator.model.late import dataclass

MOST_WEIGHED = 60
"""So many checks, the best by BM25, are compared in all features: more find less than they cost."""

_ONE_WORD = 0.4


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate with all its figures."""

    check: Check
    prepared: Prepared
    figures: Mapping[str, float]


Counts = Callable[[frozenset[str]], Mapping[str, int]]
"""Asked for words, says in how many checks each stands."""


def rank(
    sought: Sought,
    candidates: Sequence[Check],
    *,
    counts: Counts,
    checks: int,
    average: float,
    most: int,
    likeness: Mapping[str, tuple[float, float]] | None = None,
    near: Container[str] = (),
) -> list[Match]:
    """The best `most` of the candidates, best first; the same input gives the same order.

    `counts` and `checks` are of the whole collection, `average` is the usual number of words of a check's claim and
    title. `likeness` is what a sentence-embedding model says of each candidate by id: the cosine of the query with its
    claim and with its title; with it other weights are used, and those that are `near` by it are weighed in any case.
    """
    found, query, rarity = weigh(
        sought, candidates, counts=counts, checks=checks, average=average, likeness=likeness, near=near
    )
    chosen = weights("words" if likeness is None else "embeddings")
    scored = sorted(((chosen.sum(each.figures), each) for each in found), key=lambda pair: (-pair[0], pair[1].check.id))
    return [
        Match(
            each.check,
            round(min(chosen.chance(each.figures, total), _most(query, each)), 4),
            tuple(explain(query, each.prepared, each.check, rarity, dict(each.figures))),
        )
        for total, each in scored[:most]
    ]


def _most(query: Query, each: Weighed) -> float:
    """The highest score that a candidate may have: one shared word proves nothing, however rare it is."""
    return 1.0 if len(each.prepared.read.words & set(query.telling)) > 1 else _ONE_WORD


def weigh(
    sought: Sought,
    candidates: Sequence[Check],
    *,
    counts: Counts,
    checks: int,
    average: float,
    likeness: Mapping[str, tuple[float, float]] | None = None,
    near: Container[str] = (),
) -> tuple[list[Weighed], Query, Rarity]:
    """The candidates that are worth weighing with all their figures: what the weights are fitted to."""
    language = stemming_language(sought.language)
    reading, sought = read_sought(sought, language)
    skimmed = [(check, _skimmed(check)) for check in candidates]
    words = reading.distinct.union(*[made.words for _, made in skimmed])
    rarity = Rarity.among(counts(words), max(checks, 1))
    query = Query.of(reading, read(sought.speaker, language), day_number(sought.date), rarity)
    kept = [
        (score, check, Read.of(made, stemming_language(check.language)))
        for score, check, made in _by_bm25(query, skimmed, rarity, average, near)
    ]
    best = kept[0][0] if kept else 1.0
    related = related_words(query, [made for _, _, made in kept], [score for score, _, _ in kept], rarity)
    found = []
    for at, (score, check, made) in enumerate(kept):
        share = score / (best or 1.0)
        speaker = read(check.speaker, stemming_language(check.language))
        prepared = Prepared.of(made, speaker, day_number(check.date), rarity)
        own = share**2 if at < RELATED_FROM else 0.0
        figures = features(query, prepared, rarity, share=share, related=related, own=own)
        if likeness is not None:
            figures |= _likeness_figures(likeness.get(check.id))
        found.append(Weighed(check, prepared, figures))
    return found, query, rarity


def _by_bm25(
    query: Query, checks: Sequence[tuple[Check, Skimmed]], rarity: Rarity, average: float, near: Container[str]
) -> list[tuple[float, Check, Skimmed]]:
    """The best by BM25 with their scores, and behind them the others that a model finds alike."""
    ordered = sorted(
        ((bm25(query, made, rarity, average), check, made) for check, made in checks),
        key=lambda row: (-row[0], row[1].id),
    )
    return ordered[:MOST_WEIGHED] + [row for row in ordered[MOST_WEIGHED:] if row[1].id in near]


def _skimmed(check: Check) -> Skimmed:
    language = stemming_language(check.language)
    return Skimmed.of(words_in(check.claim, language), words_in(check.title, language))


def _likeness_figures(cosines: tuple[float, float] | None) -> dict[str, float]:
    claim, title = cosines or (0.0, 0.0)
    return {"claim_likeness": claim, "title_likeness": title, "best_likeness": max(claim, title)}
