#!/usr/bin/env bash
# nervaluate 1.2.1: the score of the same spans depends on the order in which they are listed.
#
# One would expect a span that is marked exactly alike in both lists to be correct, and the score to be one of two sets
# of spans. But the predicted spans are taken in the order of the list, and one that only overlaps a true span uses it
# up: the span that is exactly right, and comes later, finds nothing left and is spurious. With one nested span too many
# the strict F1 is .8 if it is listed last and .4 if it is listed first, and recall falls to one half although every
# true span was found. And in the lists of spans that it calls Prodigy's, the end is taken to be inside the span, which
# it is not in Prodigy: a content that begins where the cue ends overlaps it.
#
# It matters for us because attributions are nested, and one reviewer's spans are listed in another order than
# another's. Our span scores count equal spans, in whatever order they come (annotator/agreement/span_scores.py), and
# docs/export.md says what to heed with Prodigy's lists.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nervaluate==1.2.1

cat >"$folder/expected" <<'END'
nervaluate 1.2.1
nested span last: correct 2, incorrect 0, missed 0, spurious 1, recall 1.0, F1 0.8
nested span first: correct 1, incorrect 1, missed 0, spurious 1, recall 0.5, F1 0.4
cue [0, 5), content [5, 9): correct 0, incorrect 1, missed 0, spurious 0, recall 0.0, F1 0
cue [0, 5), content [6, 9): correct 0, incorrect 0, missed 1, spurious 1, recall 0.0, F1 0
END

cat >"$folder/score.py" <<'END'
from importlib.metadata import version

from nervaluate import Evaluator

print("nervaluate", version("nervaluate"))


def span(label, start, end):
    return {"label": label, "start": start, "end": end}


def scored(what, true, predicted):
    strict = Evaluator([true], [predicted], tags=["CUE", "CONTENT", "SOURCE"], loader="dict").evaluate()["overall"]["strict"]
    counts = ", ".join(f"{name} {getattr(strict, name)}" for name in ("correct", "incorrect", "missed", "spurious"))
    print(f"{what}: {counts}, recall {strict.recall}, F1 {strict.f1:.2g}")


true = [span("CONTENT", 0, 40), span("SOURCE", 50, 60)]
nested = span("CONTENT", 10, 20)
scored("nested span last", true, [*true, nested])
scored("nested span first", true, [nested, *true])
scored("cue [0, 5), content [5, 9)", [span("CUE", 0, 5)], [span("CONTENT", 5, 9)])
scored("cue [0, 5), content [6, 9)", [span("CUE", 0, 5)], [span("CONTENT", 6, 9)])
END

"$folder/venv/bin/python" "$folder/score.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
