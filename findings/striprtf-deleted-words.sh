#!/usr/bin/env bash
# striprtf 0.0.35: words that tracked changes deleted, and words that are hidden, come out as if they were said; footnotes do not.
#
# Expected: the text of an RTF file as a word processor shows it (or at least the words of the document, marked or not):
# without what is deleted (\deleted) and hidden (\v), with the words of footnotes somewhere, and as Unicode text.
# What it does: deleted and hidden words stand in the sentence without a sign, "did not resign" where the author had taken
# the "not" out; a footnote disappears without a sign; a character beyond the basic plane comes as two lone surrogates,
# which is no text that can be written as UTF-8 (encode raises UnicodeEncodeError).
# Why it matters to us: a fact-checker would check a sentence that nobody wrote. We take such groups out before, count
# and say them, join the surrogates, and say in the manual that footnotes are lost (importers/documents/rtf.py).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check striprtf==0.0.35

"$folder/venv/bin/python" - >"$folder/seen" <<'PY'
from striprtf.striprtf import rtf_to_text

for name, words in {
    "deleted": r"She did {\deleted not }resign.",
    "hidden": r"She resigned{\v  at once}.",
    "footnote": r"She resigned.{\footnote So said the office.} He stayed.",
    "beyond": r"A card: \u-10180?\u-9024?.",
}.items():
    print(name, ascii(rtf_to_text(r"{\rtf1\ansi " + words + "}")))
PY

cat >"$folder/expected" <<'TXT'
deleted 'She did not resign.'
hidden 'She resigned at once.'
footnote 'She resigned. He stayed.'
beyond 'A card: \ud83c\udcc0.'
TXT

echo "striprtf 0.0.35:"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen" || { echo "behaviour changed"; exit 1; }
