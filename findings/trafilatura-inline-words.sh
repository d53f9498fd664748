#!/usr/bin/env bash
# trafilatura 2.3.1: words of a paragraph vanish, and so does an author whose name another author's name contains.
#
# One would expect the text of a paragraph to be all of the paragraph's text. But inline elements that are not in
# trafilatura's list of tags (time, output, label) are taken away with their words, while what follows them stays:
# "closed at <time>10:15</time> on" becomes "closed at  on", which still reads like a sentence. `meter` and `data` keep theirs. The
# speaker in the footer of a blockquote goes the same way, and so does what tells 10 to the sixth power from 106.
# Of two authors in JSON-LD, one whose name begins the other's ("Ana Prado" beside "Ana Prado Silva") is taken for a repetition.
#
# It matters for us because a fact-checker judges the words on the screen: a time, an amount or a speaker that is gone leaves
# no trace. We let trafilatura find the article, and read its words and authors from the page.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6 justext==3.0.2 htmldate==1.11.0

cat >"$folder/expected" <<'END'
trafilatura 2.3.1
The ramp closed at  on , took  cars of 80 and cost 3 × 106.
We counted every bolt.
authors: Ana Prado Silva
authors of unlike names: Ana Prado Silva; Rui Lima
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

import trafilatura

print("trafilatura", version("trafilatura"))
REST = "<p>Nobody had counted the cars before the toll came, and so nobody can say whether there are more of them.</p>" * 3
PAGE = "<html><head>%s</head><body><article><h1>Ramp</h1>%s</article></body></html>"
BODY = (
    "<p>The ramp closed at <time>10:15</time> on <output>Monday</output>, took <label>forty</label> cars of "
    "<meter value='80'>80</meter> and cost 3 × 10<sup>6</sup>.</p>"
    "<blockquote><p>We counted every bolt.</p><footer>Ines Vale, engineer</footer></blockquote>"
)
text = trafilatura.extract(PAGE % ("", BODY + REST)) or ""
print(*[line for line in text.splitlines() if "ramp closed" in line or "bolt" in line or "Vale" in line], sep="\n")
for label, names in (("authors", ("Ana Prado Silva", "Ana Prado")), ("authors of unlike names", ("Ana Prado Silva", "Rui Lima"))):
    people = ",".join('{"@type":"Person","name":"%s"}' % name for name in names)
    data = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ramp",'
        '"author":[%s]}</script>' % people
    )
    print(f"{label}: {trafilatura.extract_metadata(PAGE % (data, REST)).author}")
END

"$folder/venv/bin/python" "$folder/read.py" >"$folder/seen"
cat "$folder/seen"
if ! diff -u "$folder/expected" "$folder/seen"; then
    echo "trafilatura does something else now: look at annotator/importers/pages/ and decision 10" >&2
    exit 1
fi
echo "as described"
