#!/usr/bin/env bash
# krippendorff 0.1.0 (npm): alpha depends on which reviewer stands first, and null is a rating.
#
# One would expect alpha to be the same in whatever order the reviewers are listed. Its README has a shorter row for a
# reviewer who left the last claims out. But how many claims there are is taken from the first row: where hers is the
# short one, all that others said of the claims behind it does not count, and nothing says so. The same three
# reviewers have .417 or .375. What is missing has to be undefined, which JSON does not have: null, as a table read
# from JSON holds, and an empty text are taken for a value on which those who left a claim out agree. krippendorff
# 0.9.0 of Python, given the same table with nan, has the first figure in any order.
#
# It matters for us because a table of reviewers and claims made from our JSON Lines or decisions has null or empty
# cells wherever somebody did not get to the end. docs/export.md says what to give it; `annotator report agreement`
# counts a claim by who rated it, in any order.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check krippendorff==0.9.0 numpy==2.4.6
npm install --silent --no-audit --no-fund --prefix "$folder" krippendorff@0.1.0

cat >"$folder/expected" <<'END'
krippendorff 0.1.0 (npm)
the short row last: 0.417
the short row first: 0.375
undefined: 0.417
undefined, first: 0.417
null: 0.200
null, by way of JSON: 0.200
an empty text: 0.200
krippendorff 0.9.0 (PyPI)
nan last: 0.417
nan first: 0.417
END

cat >"$folder/alpha.mjs" <<'END'
import { readFileSync } from "node:fs";
import { alpha } from "krippendorff";

console.log(`krippendorff ${JSON.parse(readFileSync("node_modules/krippendorff/package.json", "utf8")).version} (npm)`);
const [ana, ben, cleo] = [["s", "r", "s"], ["s", "s", "s"], ["s", "r"]];
const shown = (name, table) => console.log(`${name}: ${alpha(table).toFixed(3)}`);
shown("the short row last", [ana, ben, cleo]);
shown("the short row first", [cleo, ana, ben]);
const filled = (missing) => [ana, ben, [...cleo, missing]];
shown("undefined", filled(undefined));
shown("undefined, first", filled(undefined).reverse());
shown("null", filled(null));
shown("null, by way of JSON", JSON.parse(JSON.stringify(filled(undefined))));
shown("an empty text", filled(""));
END

cat >"$folder/alpha.py" <<'END'
from importlib.metadata import version

import krippendorff

print("krippendorff", version("krippendorff"), "(PyPI)")
table = [[1, 2, 1], [1, 1, 1], [1, 2, float("nan")]]
for name, rows in (("nan last", table), ("nan first", table[::-1])):
    print(f"{name}: {krippendorff.alpha(reliability_data=rows, level_of_measurement='nominal'):.3f}")
END

{ (cd "$folder" && node alpha.mjs) && "$folder/venv/bin/python" "$folder/alpha.py"; } | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
