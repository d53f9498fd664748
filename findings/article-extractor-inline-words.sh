#!/usr/bin/env bash
# @extractus/article-extractor 9.0.1, unfluff 3.2.0, goose3 3.1.22: short answers and what is quoted with the element
# for it are no part of the article.
#
# One would expect a paragraph between two paragraphs of an article to be part of it, and the words of a paragraph all
# to be there. article-extractor leaves out each element that is not on its list of tags with all that is in it: of
# "<q>We will pay</q>, Ines Duarte said" only ", Ines Duarte said" is left, and of what was inserted nothing, as in
# the two others. unfluff and goose3 keep paragraphs by how many small words of English they hold, and so leave out
# "“No.”" and "She refused.", while the question in front of them stays; goose3 leaves out the block quote, too. What
# is left reads as an article that nobody has cut. @mozilla/readability 0.6.0 has all of it.
#
# It matters for us because answers and quotations are what is judged, and texts that such programs made are what
# people bring in JSON Lines. Our reader of pages lets trafilatura find the article and reads the words from the page
# itself; docs/importing.md says to import pages.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check goose3==3.1.22
npm install --silent --no-audit --no-fund --prefix "$folder" \
    @extractus/article-extractor@9.0.1 @mozilla/readability@0.6.0 unfluff@3.2.0 jsdom@26.1.0

cat >"$folder/expected" <<'END'
@extractus/article-extractor is without: We will pay, twice
@mozilla/readability is without: nothing
unfluff is without: twice, “No.”, She refused.
goose3 is without: twice, “No.”, She refused., never promised
between, by article-extractor: , Ines Duarte said, and the union, which was asked , agreed with what she had told it.
END

cat >"$folder/words.mjs" <<'END'
import { readFileSync } from "node:fs";
import { extractFromHtml } from "@extractus/article-extractor";
import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";
import unfluff from "unfluff";

const page = readFileSync("page.html", "utf8");
const words = (html) => new JSDOM(html).window.document.body.textContent;
const texts = {
  "@extractus/article-extractor": words((await extractFromHtml(page, "https://news.example/1")).content),
  "@mozilla/readability": new Readability(new JSDOM(page).window.document).parse().textContent,
  unfluff: unfluff(page).text,
  goose3: readFileSync("goose.txt", "utf8"),
};
const SAID = ["We will pay", "twice", "“No.”", "She refused.", "Asked whether", "never promised", "built in 1974"];
for (const [name, text] of Object.entries(texts)) {
  console.log(`${name} is without: ${SAID.filter((phrase) => !text.includes(phrase)).join(", ") || "nothing"}`);
}
console.log(`between, by article-extractor: ${texts["@extractus/article-extractor"].match(/March\.(.*?)The council/s)[1].trim()}`);
END

cat >"$folder/page.html" <<'END'
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bridge stays closed</title></head><body><article><h1>Bridge stays closed</h1>
<p>The harbour master said on Monday that two of the nine cables had lost tension and would have to be replaced in March.</p>
<p><q>We will pay for it ourselves</q>, Ines Duarte said, and the union, which was asked <ins>twice</ins>, agreed with what she had told it.</p>
<p>The council was to vote on the plan on Tuesday, and a spokesman said that the amount which it would cost was not final.</p>
<p>Asked whether the bridge had been safe in the winter, when the first of the cables lost tension, the mayor answered at once:</p>
<p>“No.”</p>
<p>Asked for the reports that had been written since then, she said that they were with the council, and not with her.</p>
<p>She refused.</p>
<blockquote><p>We never promised a date, and nobody on this council ever heard me promise one to the people of the town.</p></blockquote>
<p>The work will take until the autumn, the council said in a statement, because cables of that kind are made in one place only.</p>
<p>The bridge was built in 1974 and repaired in 1999, after a ship had struck its second pier, and it was closed for a year then.</p>
</article></body></html>
END

cat >"$folder/goose.py" <<'END'
import pathlib
import sys

import goose3

folder = pathlib.Path(sys.argv[1])
found = goose3.Goose().extract(raw_html=(folder / "page.html").read_text(encoding="utf-8"))
(folder / "goose.txt").write_text(found.cleaned_text, encoding="utf-8")
END

"$folder/venv/bin/python" "$folder/goose.py" "$folder"
(cd "$folder" && node words.mjs) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
