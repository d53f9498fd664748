#!/usr/bin/env bash
# extruct 0.18.0: the words of a ClaimReview in microdata are other words than those of the page.
#
# One would expect the value of a property to be what HTML says it is for microdata: the text of the element, without
# its tags. extruct lays the element out first, as words on a page: where a tag begins or ends inside a word, the word
# is two (a drop cap, "re<wbr>form", half a word in bold), and so are a number and its sign, a formula, a word and its
# apostrophe, a word and its quotation marks. The claim of the same page's JSON-LD has its words whole, and so has the
# text content of lxml, with which extruct works. Nothing says so; a claim in a plain paragraph, which a first trial
# has, is as it was.
#
# It matters for us because a claim is looked up among published fact-checks by its words: "un did" is found neither as
# "undid" nor as "did". docs/checks.md says to collect JSON-LD where a page has both; our reader of pages goes through
# the page itself.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check extruct==0.18.0 html-text==0.7.1 lxml==6.1.3

cat >"$folder/expected" <<'END'
extruct 0.18.0, html-text 0.7.1
The quay closed | T he quay closed | differs
He undid the reform | He un did the re form | differs
It cost $5m, or 106 each | It cost $ 5 m, or 10 6 each | differs
CO2 (not H2O) rose | CO 2 (not H 2 O) rose | differs
l’usine ferme à Lille-Sud | l’ usine ferme à Lille - Sud | differs
„Nein“, Schifffahrt | „ Nein “, Schiff fahrt | differs
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

import extruct
import lxml.html

print(f"extruct {version('extruct')}, html-text {version('html-text')}")
CLAIMS = (
    '<span class="dropcap">T</span>he quay closed',
    "He <b>un</b>did the re<wbr>form",
    "It cost <b>$</b>5<b>m</b>, or 10<sup>6</sup> each",
    "CO<sub>2</sub> (<i>not</i> H<sub>2</sub>O) rose",
    "l’<em>usine</em> ferme à <em>Lille</em>-<em>Sud</em>",
    "„<q>Nein</q>“, <i>Schiff</i>fahrt",
)
for claim in CLAIMS:
    page = f'<html><body><div itemscope itemtype="https://schema.org/ClaimReview"><p itemprop="claimReviewed">{claim}</p></div></body></html>'
    (review,) = extruct.extract(page, syntaxes=["microdata"])["microdata"]
    found, content = review["properties"]["claimReviewed"], lxml.html.fromstring(page).text_content()
    print(f"{content} | {found}", "" if content == found else "| differs")
END

"$folder/venv/bin/python" "$folder/read.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
