#!/usr/bin/env bash
# krippendorff-unitized-alpha 0.1.0: two people whose spans go differently far agree wholly, since what nobody marked is not
# counted, or not all of it.
#
# One would expect alpha for unitizing, from the paper that the module names, to count the stretches that somebody left
# unmarked, as the paper does: otherwise nobody can disagree about how far a span goes. They count only where they are
# given as spans of their own, "_empty". Without them a content of 94 characters and one of 4 that begin alike agree by 1
# (it is -.195), and where there is one label alpha is not a number. The module has a function that puts them in; but that
# one takes a span's end to lie inside the span, while its length is counted without the end. So what it puts in is short
# at its edges, and of [2, 6) and [2, 5) the one character that two people differ on is missing: alpha is 1 instead
# of .801. The package says neither. With gaps that are put in by hand all values are right.
#
# It matters for us because contents differ most in how far they go. docs/agreement.md says so; our own unitized alpha counts
# what nobody marked, and tests hold it to both values, worked out by hand.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check krippendorff-unitized-alpha==0.1.0 numpy==1.26.4

cat >"$folder/expected" <<'END'
krippendorff-unitized-alpha 0.1.0
one content, of [2, 6) and of [2, 5): as marked nan, its gaps 1.000, all gaps 0.801
a cue, and a content of 94 and of 4: as marked 1.000, its gaps -0.198, all gaps -0.195
END

cat >"$folder/alpha.py" <<'END'
import warnings
from importlib.metadata import version

from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import EMPTY_TAG, KrippendorffUnitizedAlpha, Segment, impute_empty_segments

warnings.simplefilter("ignore")
print("krippendorff-unitized-alpha", version("krippendorff-unitized-alpha"))


def all_gaps(segments, length):
    """The segments, and what lies between them, each to where the next one begins."""
    filled, at = [], 0
    for segment in [*segments, None]:
        start = length if segment is None else segment.start
        if start > at:
            filled.append(Segment(EMPTY_TAG, at, start))
        if segment is not None:
            filled.append(segment)
            at = segment.end
    return filled


CASES = {
    "one content, of [2, 6) and of [2, 5)": (10, [Segment("content", 2, 6)], [Segment("content", 2, 5)]),
    "a cue, and a content of 94 and of 4": (
        120,
        [Segment("cue", 0, 5), Segment("content", 6, 100)],
        [Segment("cue", 0, 5), Segment("content", 6, 10)],
    ),
}
WAYS = {"as marked": lambda segments, _: segments, "its gaps": impute_empty_segments, "all gaps": all_gaps}
for case, (length, ana, rui) in CASES.items():
    values = []
    for way, filled in WAYS.items():
        value = KrippendorffUnitizedAlpha({"ana": filled(ana, length), "rui": filled(rui, length)}).result
        values.append(f"{way} {value:.3f}")
    print(f"{case}: {', '.join(values)}")
END

"$folder/venv/bin/python" "$folder/alpha.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
