#!/usr/bin/env bash
# quantulum3 0.10.0: half a million euros are 1,500,000, and turnout that fell from 60 to 55 percent is no amount at all.
#
# One would expect the two amounts of a change to be two, as those of "5 or 6 hours" are, and amounts of money to be
# amounts of money. "From 2 to 3 euros" is taken for a span of values, though, so what rose or fell has one value that
# nobody said, 2.5 (the half of the difference is called its uncertainty); where the second figure is the lower one,
# what stands in front of the unit is left out, both figures, and the votes of "2-1" as well. "Half a million" is a half
# and a million. "$3 to $4 million" is 2,000,001.5, for the "million" is the second figure's alone. And the letters
# with which newspapers shorten millions and billions are units: "€3m" are euro metres, and "$2.5bn" dollar bit newtons.
# The value is a number, the unit has a name, and nothing tells these from what was read rightly.
#
# It matters for us because figures are what most claims are checked for, and quantulum3 is what one takes to find
# amounts in a column of claims. Our own matching compares figures as they are written. docs/checks.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check quantulum3==0.10.0

cat >"$folder/expected" <<'END'
quantulum3 0.10.0
It took 5 or 6 hours. 5.0 ± 0 hour; 6.0 ± 0 hour
It cost 2.5 billion dollars. 2,500,000,000.0 ± 0 dollar
The fare rose from 2 to 3 euros. 2.5 ± 0.5 euro
Turnout fell from 60 percent to 55 percent. 57.5 ± 2.5 percentage
Turnout fell from 60 to 55 percent. nothing
It was a 2-1 vote. nothing
It cost half a million euros. 1,500,000.0 ± 0 euro
Repairs will take $3 to $4 million. 2,000,001.5 ± 1,999,998.5 dollar
Two to three hundred people came. 151.0 ± 149.0 dimensionless
It cost €3m. 3.0 ± 0 euro metre
It was the $2.5bn bridge. 2.5 ± 0 dollar bit newton
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

from quantulum3 import parser

print("quantulum3", version("quantulum3"))
for claim in (
    "It took 5 or 6 hours.",
    "It cost 2.5 billion dollars.",
    "The fare rose from 2 to 3 euros.",
    "Turnout fell from 60 percent to 55 percent.",
    "Turnout fell from 60 to 55 percent.",
    "It was a 2-1 vote.",
    "It cost half a million euros.",
    "Repairs will take $3 to $4 million.",
    "Two to three hundred people came.",
    "It cost €3m.",
    "It was the $2.5bn bridge.",
):
    found = (f"{each.value:,} ± {each.uncertainty or 0:,} {each.unit.name}" for each in parser.parse(claim))
    print(f"{claim} {'; '.join(found) or 'nothing'}")
END

"$folder/venv/bin/python" -W ignore "$folder/read.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
