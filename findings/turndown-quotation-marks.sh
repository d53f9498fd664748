#!/usr/bin/env bash
# turndown 7.2.5: what a page quotes is not quoted any more, and what it struck out is said.
#
# One would expect of Markdown made from a page that a reader sees the same: HTML gives the words of a q element their
# quotation marks, and del and s are struck out. html2text 2025.4.15 and markdownify 1.2.3 write the marks, and two
# tildes on either side of what is struck out. turndown leaves out both tags and keeps the words: of "<q>We knew</q>,
# she said" there is only "We knew, she said", and "<del>did not</del> <ins>did</ins> resign" is "did not did resign".
# With its plug-in for strikethrough (turndown-plugin-gfm 1.0.2) what was struck out has one tilde on either side,
# which GitHub reads so and not every reader of Markdown, and the quotation has no marks yet. Nothing is said either
# way.
#
# It matters for us because articles are brought to us as such Markdown, and whether words are quoted, and whether
# they stand at all, is what attributions and verdicts are about. Our reader of pages writes the marks of the page's
# language and leaves out what is struck out, counted and said; our reader of Markdown takes two tildes for struck
# out, since one stands for "about" in many texts. docs/importing.md says to import the page.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    html2text==2025.4.15 markdownify==1.2.3
npm install --silent --no-audit --no-fund --prefix "$folder" turndown@7.2.5 turndown-plugin-gfm@1.0.2

cat >"$folder/expected" <<'END'
turndown 7.2.5, turndown-plugin-gfm 1.0.2
<p><q>We knew</q>, she said.</p>
  turndown: We knew, she said.
  with the plug-in: We knew, she said.
<p>The mayor <del>did not</del> <ins>did</ins> resign.</p>
  turndown: The mayor did not did resign.
  with the plug-in: The mayor ~did not~ did resign.
<p>It cost <s>30</s> 42 crowns, <q>and no more</q>.</p>
  turndown: It cost 30 42 crowns, and no more.
  with the plug-in: It cost ~30~ 42 crowns, and no more.
html2text 2025.4.15, markdownify 1.2.3
<p><q>We knew</q>, she said.</p>
  html2text: "We knew", she said.
  markdownify: "We knew", she said.
<p>The mayor <del>did not</del> <ins>did</ins> resign.</p>
  html2text: The mayor ~~did not~~ did resign.
  markdownify: The mayor ~~did not~~ did resign.
<p>It cost <s>30</s> 42 crowns, <q>and no more</q>.</p>
  html2text: It cost ~~30~~ 42 crowns, "and no more".
  markdownify: It cost ~~30~~ 42 crowns, "and no more".
END

cat >"$folder/write.mjs" <<'END'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import TurndownService from "turndown";

const { gfm } = createRequire(import.meta.url)("turndown-plugin-gfm");
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
console.log(`turndown ${version("turndown")}, turndown-plugin-gfm ${version("turndown-plugin-gfm")}`);
const pages = JSON.parse(readFileSync("pages.json", "utf8"));
const plain = new TurndownService();
const withPlugin = new TurndownService();
withPlugin.use(gfm);
for (const page of pages) {
  console.log(`${page}\n  turndown: ${plain.turndown(page)}\n  with the plug-in: ${withPlugin.turndown(page)}`);
}
END

cat >"$folder/pages.json" <<'END'
[
  "<p><q>We knew</q>, she said.</p>",
  "<p>The mayor <del>did not</del> <ins>did</ins> resign.</p>",
  "<p>It cost <s>30</s> 42 crowns, <q>and no more</q>.</p>"
]
END

cat >"$folder/write.py" <<'END'
import json
import sys
from importlib.metadata import version

import html2text
import markdownify

print(f"html2text {version('html2text')}, markdownify {version('markdownify')}")
for page in json.load(open(sys.argv[1])):
    print(f"{page}\n  html2text: {html2text.html2text(page).strip()}\n  markdownify: {markdownify.markdownify(page).strip()}")
END

{ (cd "$folder" && node write.mjs) && "$folder/venv/bin/python" "$folder/write.py" "$folder/pages.json"; } | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
