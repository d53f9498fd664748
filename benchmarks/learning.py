"""Whether suggestions get better by what one reviewer has decided: they must, or nothing is learned.

Run it with `python -m benchmarks.learning [--worth CLAIMBUSTER.jsonl[.gz]] [--attributions GOLD.jsonl[.gz]]`; it needs
scikit-learn (the extra `bench`). Gold annotations are played in order, as the decisions of one reviewer; after some
hundreds of them something is learned from these alone, and the average precision is taken over all that comes after,
with what is suggested as it was and as it is then.

Check-worthiness: rows {"id": ..., "text": ..., "check_worthy": 0 or 1}, in the order of their ids, which is that of the
debates. The program's kind of weights is fitted on one half and the other is played; what is learned is a shift of the
weights of the classes of words, or of all words and pairs (a logistic regression beside the score as it was, held near
nothing). Then the halves change places: what would be chosen on one has to hold on the other. Without a file our own
sentences are played, too few to tell anything.

Attributions: annotated articles as `benchmarks/keystroke/gold.py` reads them (without a file: two of our seeds). A
proposal is taken where the gold has its very source and some of its content; what is learned is how often each rule was
right, beginning from the confidence that it has.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.metrics import average_precision_score

from annotator.check_worthiness.assessing import Weights
from annotator.check_worthiness.reading import Feature, features_of
from annotator.model.rule_record import BEGUN, ENOUGH, learned_confidence, rule_record
from annotator.segmentation import split
from annotator.suggesters import suggest
from benchmarks.apparatus.table import print_table
from benchmarks.check_worthiness.data import Labelled, own_sentences
from benchmarks.check_worthiness.fitting import fitted, total
from benchmarks.keystroke.gold import Gold, Marked, marked, read_gold
from benchmarks.keystrokes import SEEDS

AFTER = (300, 1000, 2000)
"""Decisions after which is learned."""

RULES_AFTER = (ENOUGH, *AFTER)
"""The same for the rules of attribution: from the first on the program learns of them."""

HELD = (30.0, 100.0, 300.0)
"""How hard the shift is held near nothing: what one decision against it weighs."""

TRIED = (5.0, 20.0, BEGUN)
"""How many decisions a rule's own confidence counts for: twice less, and as the program has it."""

_STEPS = 100
_HARDLY = 0.1
_TWICE = 2


def _classes(names: set[Feature]) -> list[Feature]:
    return [name for name in names if isinstance(name, str) and (name.startswith("[") or ">" in name)]


LEARNED: tuple[tuple[str, Callable[[set[Feature]], list[Feature]]], ...] = (
    ("classes of words", _classes),
    ("all words and pairs", list),
)
"""The features whose weights are shifted."""


def shift(seen: Any, worth: Any, score: Any, held: float) -> Any:
    """The shift that says best what was decided: a weight a column, the last one held by nothing but a little."""
    holding = np.full(seen.shape[1], held)
    holding[-1] = _HARDLY

    def loss(weights: Any) -> tuple[float, Any]:
        sums = score + seen @ weights
        chances = 1 / (1 + np.exp(-sums))
        wrong = float((np.logaddexp(0, sums) - worth * sums).sum() + 0.5 * (holding * weights) @ weights)
        return wrong, seen.T @ (chances - worth) + holding * weights

    return minimize(loss, np.zeros(seen.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x


def played(name: str, weights: Weights, decided: Sequence[Labelled], after: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows of the table for one half."""
    found = [features_of(each.text) for each in decided]
    score = np.array([total(weights, each.text) for each in decided])
    worth = np.array([float(each.worth) for each in decided])
    rows = []
    for what, chosen in LEARNED:
        told = [chosen(features) for features in found]
        for number in after:
            seen = _columns(told, number)
            before = average_precision_score(worth[number:], score[number:])
            learned = [shift(seen[:number], worth[:number], score[:number], held) for held in HELD]
            now = [average_precision_score(worth[number:], score[number:] + seen[number:] @ each) for each in learned]
            rows.append((f"{name}, {what}", str(number), f"{before:.4f}", *(f"{each:.4f}" for each in now)))
    return rows


def _columns(told: Sequence[Sequence[Feature]], number: int) -> Any:
    """A row a sentence: which of the features it has that were seen twice in the first `number`, and a one.

    The one is for what the reviewer finds worth checking more or less than others, whatever the claim.
    """
    counts = Counter(feature for features in told[:number] for feature in features)
    at = {feature: place for place, feature in enumerate(each for each, count in counts.items() if count >= _TWICE)}
    places = [(row, at[each]) for row, features in enumerate(told) for each in features if each in at]
    places += [(row, len(at)) for row in range(len(told))]
    rows, columns = zip(*places, strict=True)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(told), len(at) + 1))


def rules_played(articles: Iterable[Gold], after: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows of the table for the rules of attribution."""
    decided = [each for gold in articles for each in _decided(gold)]
    rows = []
    for number in [each for each in after if each < len(decided)] or [len(decided) // 2]:
        told = rule_record((rule, right) for rule, _, right in decided[:number])
        rest = decided[number:]
        truth = [right for _, _, right in rest]
        before = average_precision_score(truth, [confidence for _, confidence, _ in rest])
        now = [
            average_precision_score(
                truth, [learned_confidence(confidence, *told.of(rule), begun) for rule, confidence, _ in rest]
            )
            for begun in TRIED
        ]
        rows.append((str(number), f"{before:.4f}", *(f"{each:.4f}" for each in now)))
    return rows


def _decided(gold: Gold) -> list[tuple[str, float, bool]]:
    """The rule of each proposal for an article, its confidence, and whether the gold has it."""
    text = gold.article.text
    proposed = suggest(text, split(text), publisher=gold.article.publication.publisher)
    return [(made.rule, made.confidence, _is_right(marked(made.attribution), gold)) for made in proposed.attributions]


def _is_right(proposed: Marked, gold: Gold) -> bool:
    return any(
        known.source == proposed.source and any(proposed.covers(part) for part in known.content)
        for known in gold.attributions
    )


def in_order(path: Path) -> list[Labelled]:
    """The sentences of a file in the order of their ids."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        rows = sorted((json.loads(line) for line in lines if line.strip()), key=lambda row: row["id"])
    return [Labelled(row["text"], bool(row["check_worthy"])) for row in rows]


def main() -> None:
    """Print one line a half and number of decisions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worth", type=Path, help="ClaimBuster's training part")
    parser.add_argument("--attributions", type=Path, help="annotated articles")
    parser.add_argument("--articles", type=int, default=360, help="how many of them are played (default: 360)")
    parser.add_argument("--quick", action="store_true", help="learn once")
    options = parser.parse_args()
    own, held_back = own_sentences()
    data = in_order(options.worth) if options.worth else [*own, *held_back]
    half = len(data) // 2
    after = [number for number in AFTER if number < half] or [half // 2]
    after = after[:1] if options.quick else after
    early, late = data[:half], data[half:]
    rows = played("the later half", fitted(early, own), late, after)
    rows += played("the earlier half", fitted(late, own), early, after)
    head = ("played", "decisions", "average precision after", *(f"with a shift held by {held:g}" for held in HELD))
    print_table("Check-worthiness: learning from one reviewer's decisions", head, rows)
    gold = islice(read_gold(options.attributions or SEEDS), options.articles)
    rows = rules_played(gold, RULES_AFTER[:1] if options.quick else RULES_AFTER)
    head = ("proposals decided", "average precision after", *(f"learned, begun with {begun:g}" for begun in TRIED))
    print_table("Attributions: learning how often each rule is right", head, rows)


if __name__ == "__main__":
    main()
