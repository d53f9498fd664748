#!/usr/bin/env bash
# simhash 2.1.2: to a search for near copies, the report with 1.5 million and the one with 15 million are one text.
#
# One would expect two texts at distance 0 to be the same but for what nobody reads, and another figure to be some
# distance, as another word is. Of a text, simhash takes the runs of four letters or digits with all else left out:
# decimal points, minus signs, strokes and per cent are gone before anything is compared, and what stands around them is
# one. "1.5" is "15", "-5" is "5", "1/2" is "12", and "now here" is "nowhere". The distance is 0 and SimhashIndex calls the
# one a copy of the other, whatever the threshold. A figure with another digit, 1.6 for 1.5, is some bits away.
#
# It matters for us because a corrected report is a near copy of the one before, and the correction is what a
# fact-checker needs to see: whoever leaves out copies in this way before an import leaves out corrections. Ours tells
# 1.5 from 15, and lists near copies without dropping any. docs/importing.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check simhash==2.1.2

cat >"$folder/expected" <<'END'
simhash 2.1.2
The repairs will cost 1.5 million. The repairs will cost 15 million.
  distance 0, copies ['first']
It was -5 degrees at noon. It was 5 degrees at noon.
  distance 0, copies ['first']
The motion had 1/2 of the votes. The motion had 12 of the votes.
  distance 0, copies ['first']
Profit rose by 3% 4 times. Profit rose by 34 times.
  distance 0, copies ['first']
The mayor is now here. The mayor is nowhere.
  distance 0, copies ['first']
The repairs will cost 1.5 million. The repairs will cost 1.6 million.
  distance 16, copies []
END

cat >"$folder/compare.py" <<'END'
from importlib.metadata import version

from simhash import Simhash, SimhashIndex

print("simhash", version("simhash"))
for first, second in (
    ("The repairs will cost 1.5 million.", "The repairs will cost 15 million."),
    ("It was -5 degrees at noon.", "It was 5 degrees at noon."),
    ("The motion had 1/2 of the votes.", "The motion had 12 of the votes."),
    ("Profit rose by 3% 4 times.", "Profit rose by 34 times."),
    ("The mayor is now here.", "The mayor is nowhere."),
    ("The repairs will cost 1.5 million.", "The repairs will cost 1.6 million."),
):
    index = SimhashIndex([("first", Simhash(first))], k=1)
    copies = index.get_near_dups(Simhash(second))
    print(f"{first} {second}\n  distance {Simhash(first).distance(Simhash(second))}, copies {copies}")
END

"$folder/venv/bin/python" "$folder/compare.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
