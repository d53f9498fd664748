#!/usr/bin/env bash
# Textual 8.2.8: a TextArea gives back another text than it was given, before anybody has typed.
#
# One would expect TextArea(text).text == text. It is not for two kinds of texts. The document splits lines with
# str.splitlines(), which also divides at the line and paragraph separators (U+2028, U+2029), form feed, U+0085 and the
# file separators, and joins them with the one line break that it found first: those characters come back as "\n". And
# where a text mixes line breaks, a single "\r\n" makes all others "\r\n" too.
#
# It matters for us because passages that were copied from PDFs hold form feeds and those from some word processors and
# feeds U+2028, and a reviewer who opens such evidence and keeps it would have changed a quotation that she never
# touched. Our fields give back what they were given for as long as nothing is typed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textual==8.2.8

cat >"$folder/expected" <<'END'
textual 8.2.8
'one\ntwo' -> 'one\ntwo'
'one\u2028two' -> 'one\ntwo'
'one\x0ctwo' -> 'one\ntwo'
'one\x85two' -> 'one\ntwo'
'one\r\ntwo\nthree' -> 'one\r\ntwo\r\nthree'
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

from textual.widgets import TextArea

print("textual", version("textual"))
for text in ("one\ntwo", "one\u2028two", "one\x0ctwo", "one\x85two", "one\r\ntwo\nthree"):
    print(ascii(text), "->", ascii(TextArea(text).text))
END

"$folder/venv/bin/python" "$folder/read.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen" && echo "as described"
