#!/usr/bin/env bash
# readability-lxml 0.9, @mozilla/readability 0.6.0, unfluff 3.2.0: of a headline that names the speaker before a
# colon, the speaker is taken off, and what was claimed stands as a fact.
#
# One would expect the title of an article to be that of the page, less the site's name. What stands before a colon is
# taken for such a name as well, unless the page has a heading that is the same word for word: "Minister: no new
# bridge before 2031", above which the heading says it in another order, is "no new bridge before 2031" (for unfluff
# even where the heading is the same), and "Fact check: No, the mayor did not sell it" has lost what it is. Mozilla's
# takes a hyphen with spaces for a divider even where the heading is the same, so "Mayor - 'I did not sell the
# bridge'" is only a quotation by then. newspaper4k 0.9.6 keeps the title whole, and trafilatura 2.3.1 takes the
# heading; so does Document.title() of readability-lxml keep it, but short_title() is its title without the site's
# name.
#
# It matters for us because a headline is a claim, and whose it is, is what attributions are about. Our reader of
# pages takes the headline from the page (importers/pages), and docs/importing.md says to import the page itself.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pip==26.3
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    readability-lxml==0.9 newspaper4k==0.9.6 trafilatura==2.3.1
npm install --silent --no-audit --no-fund --prefix "$folder" \
    @mozilla/readability@0.6.0 unfluff@3.2.0 jsdom@26.1.0

cat >"$folder/expected" <<'END'
Minister: no new bridge before 2031 (heading: No new bridge before 2031, minister says)
  readability-lxml: no new bridge before 2031
  newspaper4k: Minister: no new bridge before 2031
  trafilatura: No new bridge before 2031, minister says
Fact check: No, the mayor did not sell the bridge (heading: The mayor did not sell the bridge)
  readability-lxml: No, the mayor did not sell the bridge
  newspaper4k: Fact check: No, the mayor did not sell the bridge
  trafilatura: The mayor did not sell the bridge
Mayor - 'I did not sell the bridge' (heading: Mayor - 'I did not sell the bridge')
  readability-lxml: Mayor - 'I did not sell the bridge'
  newspaper4k: Mayor - 'I did not sell the bridge'
  trafilatura: Mayor - 'I did not sell the bridge'
Minister: no new bridge before 2031 (heading: Minister: no new bridge before 2031)
  readability-lxml: Minister: no new bridge before 2031
  newspaper4k: Minister: no new bridge before 2031
  trafilatura: Minister: no new bridge before 2031
Minister: no new bridge before 2031
  @mozilla/readability: no new bridge before 2031
  unfluff: no new bridge before 2031
Fact check: No, the mayor did not sell the bridge
  @mozilla/readability: No, the mayor did not sell the bridge
  unfluff: No, the mayor did not sell the bridge
Mayor - 'I did not sell the bridge'
  @mozilla/readability: 'I did not sell the bridge'
  unfluff: 'I did not sell the bridge'
Minister: no new bridge before 2031
  @mozilla/readability: Minister: no new bridge before 2031
  unfluff: no new bridge before 2031
END

cat >"$folder/titles.mjs" <<'END'
import { readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";
import unfluff from "unfluff";

for (const [title, , page] of JSON.parse(readFileSync("pages.json", "utf8"))) {
  const read = new Readability(new JSDOM(page).window.document).parse();
  console.log(`${title}\n  @mozilla/readability: ${read.title}\n  unfluff: ${unfluff(page).title}`);
}
END

cat >"$folder/titles.py" <<'END'
import json
import sys
import warnings

warnings.simplefilter("ignore")
import newspaper
import readability
import trafilatura

HEADLINES = [
    ("Minister: no new bridge before 2031", "No new bridge before 2031, minister says"),
    ("Fact check: No, the mayor did not sell the bridge", "The mayor did not sell the bridge"),
    ("Mayor - 'I did not sell the bridge'", "Mayor - 'I did not sell the bridge'"),
    ("Minister: no new bridge before 2031", "Minister: no new bridge before 2031"),
]
PARAGRAPH = (
    "<p>The harbour master said on Monday that {} of the nine cables had lost tension and would have to be replaced "
    "before the winter, when the river rises, and that nobody had told her so before the ramp was closed.</p>"
)
TEXT = "".join(PARAGRAPH.format(number) for number in ("two", "three", "four", "five"))
pages = []
for title, heading in HEADLINES:
    page = f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><article><h1>{heading}</h1>{TEXT}"
    pages.append((title, heading, page + "</article></body></html>"))
if sys.argv[1:]:
    with open(sys.argv[1], "w") as file:
        json.dump(pages, file)
    sys.exit()
for title, heading, page in pages:
    article = newspaper.Article("https://news.example/1")
    article.download(input_html=page)
    article.parse()
    print(f"{title} (heading: {heading})")
    print("  readability-lxml:", readability.Document(page).short_title())
    print("  newspaper4k:", article.title)
    print("  trafilatura:", trafilatura.extract_metadata(page).title)
END

"$folder/venv/bin/python" "$folder/titles.py" "$folder/pages.json"
{ "$folder/venv/bin/python" "$folder/titles.py" && (cd "$folder" && node titles.mjs); } | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
