#!/usr/bin/env bash
# dateparser 1.5.0 and parsedatetime 2.6 (Python), chrono-node 2.10.3 (npm): votes, shares and verbs of a claim are days
# on which something happened.
#
# One would expect a search for dates in a text to find what is written as one: a month's name, a weekday, figures in
# the order of a calendar. Where the mayor sat down, though, it was a Saturday to all three, and who may resign does it
# in May to the first two. To dateparser "two of nine cables" is 9 February, and 12 of 36 votes are a day in 2036; a
# ruling by 5 to 4 is 4 May, to parsedatetime as well, which also takes section 3.2 for 2 March of next year, and a
# turnout of 60.5 percent for a day in 1960. To chrono-node "3 to 1" is a span of hours, in its strict form as well. And
# "in 1998" is today to parsedatetime, and nothing to chrono-node. Nothing tells these from the days that somebody
# named; dateparser's manual warns that its search is limited. datefinder 1.0.0 finds the year and the one date, and
# nothing else.
#
# It matters for us because the day of a claim decides which fact-check it is compared with, and such a search is how
# one gives claims a date. Our import takes dates from fields alone, and says which it could not read. docs/checks.md
# says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    datefinder==1.0.0 dateparser==1.5.0 parsedatetime==2.6
npm install --silent --no-audit --no-fund --prefix "$folder" chrono-node@2.10.3

cat >"$folder/expected" <<'END'
datefinder 1.0.0, dateparser 1.5.0, parsedatetime 2.6
She said so on 10 March 2026.
  datefinder: "10 March 2026" 2026-03-10
  dateparser: "on 10 March 2026" 2026-03-10
  parsedatetime: "on 10 March 2026" 2026-03-10
The bridge opened in 1998.
  datefinder: "in 1998" 1998-03-12
  dateparser: "in 1998" 1998-03-12
  parsedatetime: "in 1998" 2026-03-12
The mayor sat down.
  datefinder: -
  dateparser: "sat" 2026-03-07
  parsedatetime: "sat" 2026-03-14
She may resign.
  datefinder: -
  dateparser: "may" 2026-05-12
  parsedatetime: "may" 2026-05-01
They wed in secret.
  datefinder: -
  dateparser: "wed in" 2026-03-11
  parsedatetime: "wed" 2026-03-18
Two of nine cables broke.
  datefinder: -
  dateparser: "Two of nine" 2026-02-09
  parsedatetime: -
He won 12 of 36 votes.
  datefinder: -
  dateparser: "12 of 36" 2036-12-12
  parsedatetime: -
Turnout was 60.5 percent.
  datefinder: -
  dateparser: -
  parsedatetime: "60.5" 1960-05-12
It was a 5-4 ruling.
  datefinder: -
  dateparser: "5-4" 2026-05-04
  parsedatetime: "5-4" 2026-05-04
He won 3 to 1.
  datefinder: -
  dateparser: -
  parsedatetime: -
See section 3.2.
  datefinder: -
  dateparser: -
  parsedatetime: "3.2" 2027-03-02
chrono-node 2.10.3
She said so on 10 March 2026.
  parse: "on 10 March 2026" 2026-03-10
  strict.parse: "on 10 March 2026" 2026-03-10
The bridge opened in 1998.
  parse: -
  strict.parse: -
The mayor sat down.
  parse: "sat" 2026-03-14
  strict.parse: -
She may resign.
  parse: -
  strict.parse: -
They wed in secret.
  parse: "wed" 2026-03-11
  strict.parse: -
Two of nine cables broke.
  parse: -
  strict.parse: -
He won 12 of 36 votes.
  parse: -
  strict.parse: -
Turnout was 60.5 percent.
  parse: -
  strict.parse: -
It was a 5-4 ruling.
  parse: -
  strict.parse: -
He won 3 to 1.
  parse: "3 to 1" 2026-03-12
  strict.parse: "3 to 1" 2026-03-12
See section 3.2.
  parse: -
  strict.parse: -
END

cat >"$folder/claims.json" <<'END'
[
  "She said so on 10 March 2026.",
  "The bridge opened in 1998.",
  "The mayor sat down.",
  "She may resign.",
  "They wed in secret.",
  "Two of nine cables broke.",
  "He won 12 of 36 votes.",
  "Turnout was 60.5 percent.",
  "It was a 5-4 ruling.",
  "He won 3 to 1.",
  "See section 3.2."
]
END

cat >"$folder/search.py" <<'END'
"""All as on Thursday, 12 March 2026."""

import json
import sys
from datetime import datetime
from importlib.metadata import version

import datefinder
import parsedatetime
from dateparser.search import search_dates

TODAY = datetime(2026, 3, 12, 12)
print(", ".join(f"{name} {version(name)}" for name in ("datefinder", "dateparser", "parsedatetime")))
for claim in json.load(open(sys.argv[1], encoding="utf-8")):
    print(claim)
    found = {
        "datefinder": [(words, day) for day, words in datefinder.find_dates(claim, source=True, base_date=TODAY)],
        "dateparser": search_dates(claim, languages=["en"], settings={"RELATIVE_BASE": TODAY}) or [],
        "parsedatetime": [(each[4], each[0]) for each in parsedatetime.Calendar().nlp(claim, sourceTime=TODAY) or []],
    }
    for name, days in found.items():
        print(f"  {name}:", "; ".join(f'"{words.strip()}" {day:%Y-%m-%d}' for words, day in days) or "-")
END

cat >"$folder/search.mjs" <<'END'
import { readFileSync } from "node:fs";
import * as chrono from "chrono-node";

const today = new Date(2026, 2, 12, 12);
const shown = (results) => results.map((each) => `"${each.text}" ${each.start.date().toISOString().slice(0, 10)}`).join("; ") || "-";
console.log("chrono-node", JSON.parse(readFileSync("node_modules/chrono-node/package.json", "utf8")).version);
for (const claim of JSON.parse(readFileSync("claims.json", "utf8"))) {
  console.log(`${claim}\n  parse: ${shown(chrono.parse(claim, today))}\n  strict.parse: ${shown(chrono.strict.parse(claim, today))}`);
}
END

export TZ=UTC
{ "$folder/venv/bin/python" -W ignore "$folder/search.py" "$folder/claims.json" && (cd "$folder" && node search.mjs); } |
    tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
