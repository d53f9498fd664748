#!/usr/bin/env bash
# text2num 3.1.0 and number-parser 0.3.2 (Python), words-to-numbers 1.5.1 (npm): a claim whose number words are turned
# into figures says another amount.
#
# One would expect that writing "two to three hundred" in figures makes 200 to 300 of it, or leaves it alone. All three
# take each number by itself: it is "2 to 300" then, or "Two to 300", and "between four and five million" is "between 4
# and 5000000". "Half a million" becomes "half a 1000000", and "several hundred" "several 100". "One point two million"
# is "1.2 1000000", "1 point 2000000" and, with words-to-numbers, NaN, "not a number", in the middle of the sentence.
# That one also adds up across whatever divides numbers: of "two hundred, and one of them a child, came" it makes 201,
# and of "twenty; three left" 23, without the comma or the semicolon. What comes out is a sentence like any other, and
# nothing says what has been changed in it.
#
# It matters for us because claims are looked up, and compared, by their figures, and whoever makes number words into
# figures first has claims that nobody made. Our matching reads small number words beside the figures and leaves the
# text alone. docs/checks.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check text2num==3.1.0 number-parser==0.3.2
npm install --silent --no-audit --no-fund --prefix "$folder" words-to-numbers@1.5.1

cat >"$folder/expected" <<'END'
text2num 3.1.0, number-parser 0.3.2
One hundred and two came.
  text2num: 102 came.
  number-parser: 102 came.
Two to three hundred came.
  text2num: Two to 300 came.
  number-parser: 2 to 300 came.
Between four and five million voted.
  text2num: Between 4 and 5000000 voted.
  number-parser: Between 4 and 5000000 voted.
It took two or three hundred days.
  text2num: It took two or 300 days.
  number-parser: It took 2 or 300 days.
Half a million came.
  text2num: Half a 1000000 came.
  number-parser: Half a 1000000 came.
Several hundred came.
  text2num: Several 100 came.
  number-parser: Several 100 came.
It cost one point two million.
  text2num: It cost 1.2 1000000.
  number-parser: It cost 1 point 2000000.
Two hundred, and one of them a child, came.
  text2num: 200, and 1 of them a child, came.
  number-parser: 200, and 1 of them a child, came.
He invited twenty; three left.
  text2num: He invited 20; 3 left.
  number-parser: He invited 20 ; 3 left.
words-to-numbers 1.5.1
One hundred and two came.
  words-to-numbers: 102 came.
Two to three hundred came.
  words-to-numbers: 2 to 300 came.
Between four and five million voted.
  words-to-numbers: Between 4 and 5000000 voted.
It took two or three hundred days.
  words-to-numbers: It took 2 or 300 days.
Half a million came.
  words-to-numbers: Half 1000000 came.
Several hundred came.
  words-to-numbers: Several 100 came.
It cost one point two million.
  words-to-numbers: It cost NaN.
Two hundred, and one of them a child, came.
  words-to-numbers: 201 of them 1 child, came.
He invited twenty; three left.
  words-to-numbers: He invited 23 left.
END

cat >"$folder/claims.json" <<'END'
[
  "One hundred and two came.",
  "Two to three hundred came.",
  "Between four and five million voted.",
  "It took two or three hundred days.",
  "Half a million came.",
  "Several hundred came.",
  "It cost one point two million.",
  "Two hundred, and one of them a child, came.",
  "He invited twenty; three left."
]
END

cat >"$folder/read.py" <<'END'
import json
import sys
from importlib.metadata import version

from number_parser import parse
from text_to_num import alpha2digit

print(", ".join(f"{name} {version(name)}" for name in ("text2num", "number-parser")))
for claim in json.load(open(sys.argv[1], encoding="utf-8")):
    print(f"{claim}\n  text2num: {alpha2digit(claim, 'en')}\n  number-parser: {parse(claim, language='en')}")
END

cat >"$folder/read.cjs" <<'END'
const fs = require("fs");
const { wordsToNumbers } = require("words-to-numbers");
const { version } = JSON.parse(fs.readFileSync("node_modules/words-to-numbers/package.json", "utf8"));
console.log("words-to-numbers", version);
for (const claim of JSON.parse(fs.readFileSync("claims.json", "utf8"))) {
  console.log(`${claim}\n  words-to-numbers: ${wordsToNumbers(claim)}`);
}
END

{ "$folder/venv/bin/python" "$folder/read.py" "$folder/claims.json" && (cd "$folder" && node read.cjs); } |
    tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
