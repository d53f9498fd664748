"""Fits the weights of check-worthiness, and writes them as the table that the program reads.

Run it with `python -m benchmarks.check_worthiness.fitting CLAIMBUSTER.jsonl[.gz] [-o WEIGHTS.tsv]`; it needs
scikit-learn (the extra `bench`). The file has a sentence a row: {"text": ..., "check_worthy": 0 or 1}. Our own
sentences are added.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from annotator.check_worthiness.assessing import INTERCEPT, THRESHOLD, WEIGHTS, Weights, chance, name_of
from annotator.check_worthiness.reading import Feature, features_of
from benchmarks.check_worthiness.data import Labelled, own_sentences, read_labelled

LEAST_SENTENCES = 12
"""A feature of fewer sentences is left out: no weight is about one text, and the file holds common words alone."""

LEAST_WEIGHT = 0.02
STRENGTH = 0.1
"""scikit-learn's C: the inverse of how hard weights are held near nothing."""

CLASS_SCALE = 2.0
"""Classes of words are held less: what is true of all words of a class is to be its weight, and not each word's."""

OWN_TIMES = 2.0
"""How many sentences of the debates one of our own counts for."""

CUT = -0.4
"""Where the sum of weights says worth: about here the F1 of `python -m benchmarks.worth` is highest."""

_HEAD = """\
# Check-worthiness: what each feature of a sentence adds to its score (reading.py says what features are).
# Fitted by `python -m benchmarks.check_worthiness.fitting` (a logistic regression) on the training part of
# ClaimBuster's sentences of US presidential debates in two classes, and on our own of invented news
# (benchmarks/check_worthiness/news.tsv). ClaimBuster: F. Arslan, N. Hassan, C. Li, M. Tremayne, "A Benchmark Dataset
# of Check-worthy Factual Claims", ICWSM 2020, https://doi.org/10.5281/zenodo.3609356, licensed under Creative Commons
# Attribution 4.0 (CC BY 4.0). None of its sentences is in here: words and pairs of words that fewer than {least} of its
# sentences have are left out, and so are names and figures.
"""


def fitted(debates: Sequence[Labelled], own: Sequence[Labelled]) -> Weights:
    """Weights from ClaimBuster's sentences, both of its classes counting as much, and from our own."""
    found = [features_of(each.text) for each in debates]
    counts = Counter(name for names in found for name in names)
    kept = {name for name, count in counts.items() if count >= LEAST_SENTENCES}
    vectorizer = DictVectorizer()
    every = [*found, *(features_of(each.text) for each in own)]
    matrix = vectorizer.fit_transform([_values(names & kept) for names in every])
    # liblinear takes no wider ones, and DictVectorizer makes them with some versions of SciPy.
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    worth = [each.worth for each in (*debates, *own)]
    positive = sum(each.worth for each in debates)
    shares = {True: len(debates) / 2 / positive, False: len(debates) / 2 / (len(debates) - positive)}
    counted = [*(shares[each.worth] for each in debates), *(OWN_TIMES for _ in own)]
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=1000, intercept_scaling=10.0)
    model.fit(matrix, worth, sample_weight=counted)
    weights = dict(zip(map(_feature, vectorizer.feature_names_), model.coef_[0], strict=True))
    rounded = {name: round(float(weight) * _scale(name), 3) for name, weight in weights.items()}
    told = {name: weight for name, weight in rounded.items() if abs(weight) >= LEAST_WEIGHT}
    return Weights(told, round(float(model.intercept_[0]), 3), round(chance(CUT), 2))


def total(weights: Weights, text: str) -> float:
    """The sum of the weights of what is found in a sentence."""
    return weights.intercept + sum(weights.of.get(name, 0.0) for name in features_of(text))


def _scale(feature: Feature) -> float:
    return (
        CLASS_SCALE if isinstance(feature, str) and feature.startswith(("[", "words>", "numbers>", "names>")) else 1.0
    )


def _values(names: Iterable[Feature]) -> dict[str, float]:
    return {name_of(name): _scale(name) for name in names}


def _feature(name: str) -> Feature:
    first, blank, second = name.partition(" ")
    return (first, second) if blank else name


def written(weights: Weights) -> str:
    """The table, the heaviest first."""
    rows = sorted(
        ((weight, name_of(name)) for name, weight in weights.of.items()), key=lambda row: (-abs(row[0]), row[1])
    )
    head = _HEAD.format(least=LEAST_SENTENCES)
    return head + "".join(
        f"{weight:g}\t{name}\n"
        for weight, name in [(weights.threshold, THRESHOLD), (weights.intercept, INTERCEPT), *rows]
    )


def main() -> None:
    """Write the table, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="ClaimBuster's sentences")
    parser.add_argument(
        "-o", "--output", type=Path, default=WEIGHTS, help="where to write (default: the program's own)"
    )
    options = parser.parse_args()
    weights = fitted(read_labelled(options.data), own_sentences()[0])
    table = written(weights)
    options.output.write_text(table, encoding="utf-8")
    print(f"{options.output}: {len(weights.of)} weights, {len(table.encode())} bytes")


if __name__ == "__main__":
    main()
