#!/usr/bin/env bash
# pygamma-agreement 0.5.9: how far two people agree depends on where in the text the marks stand, and not on how much
# text is left behind them.
#
# One would expect gamma to be the same for the same marks of the same people wherever they stand, or else to know how
# long the text is. What people would agree by chance is found by throwing marks about as far apart as the real ones
# are, and among those distances is that of the first mark from the beginning of the text; that of the last one from its
# end is not, because nobody can tell it how long the text is. So the paragraphs that all left alone make agreement
# better in front of the marks, and behind them they are nothing: the same marks have .74 in the first lines of an
# article and .85 in its last ones. reset_bounds(), by which the continuum begins with its first mark, changes nothing.
#
# It matters for us because spans of attributions are what gamma is for, and a mean of it over articles depends on
# whether they begin with a quotation. Our own alpha for unitizing counts the whole text, and docs/agreement.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pygamma-agreement==0.5.9 numpy==1.26.4 scipy==1.12.0 cvxpy==1.6.7 cvxopt==1.3.2 numba==0.68.1 pyannote.core==5.0.0

cat >"$folder/expected" <<'END'
pygamma-agreement 0.5.9
from 0: gamma 0.74, in 0 to 170; reset: 0.74, in 0 to 170
from 300: gamma 0.83, in 0 to 470; reset: 0.83, in 300 to 470
from 3000: gamma 0.85, in 0 to 3170; reset: 0.85, in 3000 to 3170
END

cat >"$folder/measure.py" <<'END'
from importlib.metadata import version

import numpy
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

print("pygamma-agreement", version("pygamma-agreement"))
MARKS = (
    ("ana", 0, 20, "source"),
    ("ben", 0, 18, "source"),
    ("ana", 30, 44, "cue"),
    ("ben", 33, 44, "cue"),
    ("ana", 50, 130, "content"),
    ("ben", 60, 118, "content"),
    ("ana", 150, 170, "source"),
)


def gamma(shift, *, reset=False):
    continuum = Continuum()
    for name, start, end, label in MARKS:
        continuum.add(name, Segment(shift + start, shift + end), label)
    if reset:
        continuum.reset_bounds()
    numpy.random.seed(4)
    found = continuum.compute_gamma(CombinedCategoricalDissimilarity(), n_samples=100)
    return f"{found.gamma:.2f}, in {continuum.bounds[0]:.0f} to {continuum.bounds[1]:.0f}"


for shift in (0, 300, 3000):
    print(f"from {shift}: gamma {gamma(shift)}; reset: {gamma(shift, reset=True)}")
END

"$folder/venv/bin/python" "$folder/measure.py" 2>"$folder/said" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    cat "$folder/said" >&2
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
