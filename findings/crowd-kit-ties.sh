#!/usr/bin/env bash
# crowd-kit 1.4.2: where reviewers are divided, the vote is won by the label that comes first in the alphabet.
#
# One would expect a tie to be said (snorkel abstains), to be drawn by lot, or to be left to somebody. MajorityVote takes
# the first of the labels with most votes, and its columns are in alphabetical order: of "supported" against "refuted" it
# is always "refuted", and with two reviewers that is each of their differences. The share of claims that are refuted is
# then whatever the names make it: under "true" and "false" the same votes are all false, under "bestätigt" and
# "widerlegt" they are all true. Nothing in what comes back tells a tie from a vote that was unanimous. GLAD, which begins
# from the same vote, answers alike with so little to learn from.
#
# It matters for us because most articles have two reviewers, and whoever aggregates our `decisions` gets such a column
# of verdicts. `annotator adjudicate` has somebody settle every difference, and docs/export.md says what to heed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check crowd-kit==1.4.2 pandas==2.3.3 numpy==1.26.4

cat >"$folder/expected" <<'END'
crowd-kit 1.4.2
MajorityVote, supported and refuted: refuted refuted refuted supported
MajorityVote, true and false: false false false true
MajorityVote, bestätigt and widerlegt: bestätigt bestätigt bestätigt bestätigt
GLAD, supported and refuted: refuted refuted refuted supported
END

cat >"$folder/vote.py" <<'END'
import os
from importlib.metadata import version

import pandas
from crowdkit.aggregation import GLAD, MajorityVote

os.environ["TQDM_DISABLE"] = "1"
print("crowd-kit", version("crowd-kit"))


def aggregated(way, yes, no):
    """Three claims on which two reviewers differ, this way and that, and one on which they agree."""
    votes = [(yes, no), (no, yes), (yes, no), (yes, yes)]
    rows = [(claim, name, label) for claim, pair in enumerate(votes) for name, label in zip(("ana", "ben"), pair)]
    labels = way().fit_predict(pandas.DataFrame(rows, columns=["task", "worker", "label"]))
    print(f"{way.__name__}, {yes} and {no}:", *labels.sort_index())


for yes, no in (("supported", "refuted"), ("true", "false"), ("bestätigt", "widerlegt")):
    aggregated(MajorityVote, yes, no)
aggregated(GLAD, "supported", "refuted")
END

"$folder/venv/bin/python" "$folder/vote.py" 2>"$folder/said" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    cat "$folder/said" >&2
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
