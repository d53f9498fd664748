#!/usr/bin/env bash
# bm25s 0.3.16: to a search among claims, "He did not resign" and "He did resign" are one, and so are 3 and 8 percent.
#
# One would expect a search by words to know the words that a claim turns on. bm25s.tokenize, with which its manual
# begins, leaves out "not", "no" and "nor" as stop words unless it is told otherwise (in German "nicht", "kein"), and
# whatever has one character: the figure of "8 percent", every single letter. What is left of two claims that say the
# opposite is the same, their scores are equal, and which of them comes first has nothing to do with the words. And
# retrieve() always has k answers: where the collection has no word of the query they are its last ones, with the score
# 0 and a rank like any other.
#
# It matters for us because whoever looks for a claim among our exported ones, or among published fact-checks, with such
# an index gets the one that was checked to the contrary. Our matching compares negation and numbers by themselves
# (annotator/matching/features.py); docs/checks.md says what bm25s has to be told.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check bm25s==0.3.16 numpy==2.4.6

cat >"$folder/expected" <<'END'
bm25s 0.3.16
as it is:
  He did not resign: He did not resign (1.204), He did resign (1.204)
  Prices rose by 8 percent: Prices rose by 3 percent (1.204), Prices rose by 8 percent (1.204)
  Zebras crossed: Rates went up (0.000), The quay was closed (0.000)
no stop words, every word:
  He did not resign: He did not resign (1.852), He did resign (1.392)
  Prices rose by 8 percent: Prices rose by 8 percent (2.035), Prices rose by 3 percent (1.481)
  Zebras crossed: Rates went up (0.000), The quay was closed (0.000)
END

cat >"$folder/search.py" <<'END'
from importlib.metadata import version

import bm25s

print("bm25s", version("bm25s"))
CHECKS = (
    "He did resign",
    "He did not resign",
    "Prices rose by 3 percent",
    "Prices rose by 8 percent",
    "The quay was closed",
    "Rates went up",
)
QUERIES = ("He did not resign", "Prices rose by 8 percent", "Zebras crossed")


def found(**choices):
    index = bm25s.BM25()
    index.index(bm25s.tokenize(CHECKS, show_progress=False, **choices), show_progress=False)
    for query in QUERIES:
        words = bm25s.tokenize([query], show_progress=False, **choices)
        places, scores = index.retrieve(words, k=2, show_progress=False)
        answers = ", ".join(f"{CHECKS[place]} ({score:.3f})" for place, score in zip(places[0], scores[0]))
        print(f"  {query}: {answers}")


print("as it is:")
found()
print("no stop words, every word:")
found(stopwords=None, token_pattern=r"(?u)\b\w+\b")
END

"$folder/venv/bin/python" "$folder/search.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
