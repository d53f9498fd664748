#!/usr/bin/env bash
# nereval 0.2.5: one span over the whole article has a precision of 450 percent, and beats six of nine that are right.
#
# One would expect precision to be at most 1, since it is the share of the marks that are right, and one mark over the
# whole text to be of little use. A mark counts as right by its type where it overlaps one of the gold of that type, and
# once more for each that it overlaps, while it is one mark among those that were made. So the longer a mark the better:
# against n sources a mark over all of the text has a precision of n/2 and an F1 of n/(n+1), which is .9 of nine, where
# six of the nine, marked to the letter, have .8. The manual speaks of correct predictions and warns that the measure is
# not symmetric, not that one prediction can be several correct ones; in MUC, which it names, a mark is matched once.
# nervaluate 1.2.1, which counts so, has at most .2 for the article.
#
# It matters for us because contents go over sentences and paragraphs, and whoever marks a paragraph instead of three
# statements overlaps all of them; so does a program that suggests too much. docs/export.md says so. In `annotator report
# agreement` exact spans, tokens and overlaps are three figures, none above 1: a test holds that for one long span.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nereval==0.2.5 nervaluate==1.2.1

cat >"$folder/expected" <<'END'
nereval 0.2.5, nervaluate 1.2.1, 9 sources
all of them: precision 1.00, recall 1.00, F1 1.00; nervaluate strict 1.00 ent_type 1.00
six of them: precision 1.00, recall 0.67, F1 0.80; nervaluate strict 0.80 ent_type 0.80
one span over the article: precision 4.50, recall 0.50, F1 0.90; nervaluate strict 0.00 ent_type 0.20
END

cat >"$folder/score.py" <<'END'
import re
from importlib.metadata import version

import nereval
from nereval import Entity
from nervaluate import Evaluator

TEXT = "Ana said so. Rui said no. Eva left. Leo came. Ida went. Kim sat. Tom ate. Max sang. Joe slept."
NAMES = [match.group() for match in re.finditer(r"\b[A-Z]\w+", TEXT)]
GOLD = [Entity(name, "Source", TEXT.index(name)) for name in NAMES]
print(f"nereval {version('nereval')}, nervaluate {version('nervaluate')}, {len(GOLD)} sources")


def spans(entities):
    return [[{"label": entity.type, "start": entity.start, "end": entity.start + len(entity.text) - 1} for entity in entities]]


CASES = {
    "all of them": GOLD,
    "six of them": GOLD[:6],
    "one span over the article": [Entity(TEXT, "Source", 0)],
}
for case, marked in CASES.items():
    right = sum(nereval.count_correct(GOLD, marked))
    precision, recall = nereval.precision(right, 2 * len(marked)), nereval.recall(right, 2 * len(GOLD))
    f1 = nereval.evaluate([GOLD], [marked])
    other = Evaluator(spans(GOLD), spans(marked), tags=["Source"], loader="dict").evaluate()["overall"]
    print(f"{case}: precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}; nervaluate", *(f"{name} {other[name].f1:.2f}" for name in ("strict", "ent_type")))
END

"$folder/venv/bin/python" "$folder/score.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
