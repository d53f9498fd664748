#!/usr/bin/env bash
# sentencex 1.0.32: a language tag with a region is taken for an unknown language, and unknown languages get English rules.
#
# Expected: HTML and news feeds say lang="de-AT" or "pt-BR". A splitter that knows "de" would use its rules for "de-AT"
# (RFC 4647 calls it lookup: cut the tag at its last hyphen until something is known), or refuse a language that it does not know.
# What it does: "de-AT", "de_AT", "deu" and "xx" are all split alike, as English is, with no word about it: a German ordinal
# ends the sentence.
# Why it matters to us: whoever compares splitters on tagged articles (as our benchmark and figures do) has to cut the
# tag first, or measures English rules; and our own splitter cuts it (`lexicon_for`).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check sentencex==1.0.32

"$folder/venv/bin/python" - >"$folder/seen" <<'PY'
import sentencex

TEXT = "Am 3. Mai kam Dr. Weber. Er blieb."
for tag in ("de", "de-AT", "de_AT", "deu", "xx", "en"):
    print(tag, [sentence.strip() for sentence in sentencex.segment(tag, TEXT)])
PY

cat >"$folder/expected" <<'TXT'
de ['Am 3. Mai kam Dr. Weber.', 'Er blieb.']
de-AT ['Am 3.', 'Mai kam Dr. Weber.', 'Er blieb.']
de_AT ['Am 3.', 'Mai kam Dr. Weber.', 'Er blieb.']
deu ['Am 3.', 'Mai kam Dr. Weber.', 'Er blieb.']
xx ['Am 3.', 'Mai kam Dr. Weber.', 'Er blieb.']
en ['Am 3.', 'Mai kam Dr. Weber.', 'Er blieb.']
TXT

echo "sentencex 1.0.32 on \"Am 3. Mai kam Dr. Weber. Er blieb.\":"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen" || { echo "behaviour changed"; exit 1; }
