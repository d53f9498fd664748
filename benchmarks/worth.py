"""How well sentences that are worth checking are told from others, beside a TF-IDF regression, and how fast.

Run it with `python -m benchmarks.worth [CLAIMBUSTER.jsonl[.gz]] [--draws N] [--quick]`; it needs scikit-learn (the
extra `bench`). Always: the program's own weights on the third of our sentences of news that they were not fitted on,
beside a regression over TF-IDF of words that is fitted on the other two thirds; and the speed, in sentences a second of
processor time. With ClaimBuster's training part, in rows of {"text": ..., "check_worthy": 0 or 1}: repeated draws of
351 sentences of each class, weights and regression fitted on all that is left, and measured on the same draws. The
balance is that of the draws: F1 would be another where fewer sentences are worth it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from annotator.check_worthiness import assess
from annotator.check_worthiness.assessing import chance
from annotator.exporters.row import json_text
from benchmarks.apparatus.table import print_table
from benchmarks.check_worthiness.data import Labelled, own_sentences, read_labelled
from benchmarks.check_worthiness.fitting import fitted, total

DRAWN = 351
"""Sentences of each class in a draw."""

_HEAD = ("", "average precision", "F1", "F1 at its best cut")

Figures = tuple[float, float, float]


def figures(truth: Sequence[bool], scores: Sequence[float], cut: float) -> Figures:
    """Average precision, F1 at the cut, and F1 at the best cut there is for these very sentences."""
    cuts = sorted(scores)[:: max(1, len(scores) // 200)]
    best = max(f1_score(truth, [score >= at for score in scores]) for at in cuts)
    at_cut = f1_score(truth, [score >= cut for score in scores])
    return float(average_precision_score(truth, scores)), float(at_cut), float(best)


def by_tfidf(fit: Sequence[Labelled], shown: Sequence[Labelled], words: int) -> list[float]:
    """What a logistic regression says over TF-IDF of up to so many neighbours, both classes counting as much."""
    vectorizer = TfidfVectorizer(ngram_range=(1, words))
    matrix = vectorizer.fit_transform([each.text for each in fit])
    model = LogisticRegression(class_weight="balanced", max_iter=2000).fit(matrix, [each.worth for each in fit])
    made = model.predict_proba(vectorizer.transform([each.text for each in shown]))[:, 1]
    return [float(score) for score in made]


def draws(data: Sequence[Labelled], number: int) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """Balanced draws from a fixed seed: what is left to fit on, and what was drawn."""
    drawing = random.Random(0)
    classes = [[at for at, each in enumerate(data) if each.worth is value] for value in (True, False)]
    for _ in range(number):
        drawn = {at for places in classes for at in drawing.sample(places, min(DRAWN, len(places) // 2))}
        yield [each for at, each in enumerate(data) if at not in drawn], [data[at] for at in sorted(drawn)]


def cross_validated(data: Sequence[Labelled], number: int) -> list[tuple[str, ...]]:
    """The rows of the table: means over the draws, and how far the draws lie apart."""
    made: dict[str, list[Figures]] = {}
    for fit, shown in draws(data, number):
        truth = [each.worth for each in shown]
        weights = fitted(fit, own_sentences()[0])
        ours = [chance(total(weights, each.text)) for each in shown]
        made.setdefault("our weights", []).append(figures(truth, ours, weights.threshold))
        for words, name in ((1, "TF-IDF of words"), (2, "TF-IDF of words and pairs")):
            made.setdefault(name, []).append(figures(truth, by_tfidf(fit, shown, words), 0.5))
    return [
        (name, *(_spread([each[column] for each in values]) for column in range(3))) for name, values in made.items()
    ]


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.mean(values):.3f} (sd {statistics.pstdev(values):.3f})"


def on_our_own() -> list[tuple[str, ...]]:
    """The rows of the table for the held-back third of our own sentences."""
    fit, shown = own_sentences()
    truth = [each.worth for each in shown]
    made = [assess(each.text) for each in shown]
    ours = figures(truth, [each.score for each in made], min((each.score for each in made if each.worth), default=1.0))
    tfidf = figures(truth, by_tfidf(fit, shown, 1), 0.5)
    return [
        (name, *(f"{value:.3f}" for value in row)) for name, row in (("our weights", ours), ("TF-IDF of words", tfidf))
    ]


def speed(texts: Sequence[str], repeat: int) -> list[tuple[str, str]]:
    """Sentences a second of processor time, best of the repeats: scoring alone, and with a row of JSON in and out."""
    rows = [json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)]

    def through(row: str) -> str:
        given = json.loads(row)
        made = assess(given["text"])
        return json_text({"id": given["id"], "score": made.score, "worth": made.worth, "reasons": made.reasons})

    made = []
    for name, work, given in (("scored", assess, texts), ("a row in, a row out", through, rows)):
        best = float("inf")
        for _ in range(repeat):
            started = time.process_time()
            for each in given:
                work(each)
            best = min(best, time.process_time() - started)
        made.append((name, f"{len(given) / best:,.0f}"))
    return made


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", help="ClaimBuster's training part")
    parser.add_argument("--draws", type=int, default=10, help="how often sentences are drawn (default: 10)")
    parser.add_argument("--quick", action="store_true", help="one draw, one repeat")
    options = parser.parse_args()
    fit, shown = own_sentences()
    print_table(f"Our own news, {len(shown)} sentences that nothing was fitted on", _HEAD, on_our_own())
    data = read_labelled(options.data) if options.data else []
    if data:
        number = 1 if options.quick else options.draws
        title = f"ClaimBuster, {number} draws of {DRAWN} sentences of each class"
        print_table(title, _HEAD, cross_validated(data, number))
    texts = [each.text for each in data or [*fit, *shown] * 20]
    print_table(f"Speed, {len(texts)} sentences", ("", "sentences a second"), speed(texts, 1 if options.quick else 7))


if __name__ == "__main__":
    main()
