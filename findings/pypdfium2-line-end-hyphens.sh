#!/usr/bin/env bash
# pypdfium2 5.15.2: where a line of a PDF ends in a hyphen, the text has a character that is none, and another one in
# each of the two ways to ask.
#
# One would expect a hyphen that stands at a line's end to come as a hyphen, with the line break behind it, as pypdf and
# pdfminer.six have it. pypdfium2 joins the lines and puts U+FFFE, which Unicode keeps for no character
# at all, in the hyphen's place; get_text_bounded, which is to give the same, has U+0002 there. So a word that was
# divided ("restora-tion") and one that has its hyphen always ("well-known") look alike, and neither is found by its
# letters: the sign is seen on no screen, and XML can hold neither of the two.
#
# It matters for us because texts from PDFs reach us as JSON Lines, and a claim with such a word is found nowhere. Our
# own reader takes pdfminer.six and joins words by what the text has elsewhere; docs/importing.md says to import the
# PDF itself.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pypdfium2==5.15.2 pypdf==7.1.0 pdfminer.six==20260107 fpdf2==2.8.9

cat >"$folder/expected" <<'END'
pypdfium2 5.15.2, pypdf 7.1.0, pdfminer.six 20260107
pypdfium2, get_text_range: 'The council said that the restora\ufffetion of the bridge is a well\ufffeknown plan of the 1990s.'
  hyphens: 0
pypdfium2, get_text_bounded: 'The council said that the restora\x02tion of the bridge is a well\x02known plan of the 1990s.'
  hyphens: 0
pypdf: 'The council said that the restora-\ntion of the bridge is a well-\nknown plan of the 1990s.'
  hyphens: 2
pdfminer.six: 'The council said that the restora-\ntion of the bridge is a well-\nknown plan of the 1990s.'
  hyphens: 2
END

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version

import pypdf
import pypdfium2
from fpdf import FPDF
from pdfminer.high_level import extract_text

print(", ".join(f"{name} {version(name)}" for name in ("pypdfium2", "pypdf", "pdfminer.six")))
LINES = ["The council said that the restora-", "tion of the bridge is a well-", "known plan of the 1990s."]
page = FPDF()
page.add_page()
page.set_font("Helvetica", size=12)
for line in LINES:
    page.cell(text=line, new_x="LMARGIN", new_y="NEXT")
page.output(sys.argv[1])

asked = pypdfium2.PdfDocument(sys.argv[1])[0].get_textpage()
for name, text in (
    ("pypdfium2, get_text_range", asked.get_text_range()),
    ("pypdfium2, get_text_bounded", asked.get_text_bounded()),
    ("pypdf", pypdf.PdfReader(sys.argv[1]).pages[0].extract_text()),
    ("pdfminer.six", extract_text(sys.argv[1]).strip()),
):
    print(f"{name}: {ascii(text)}")
    print(f"  hyphens: {text.count('-')}")
END

"$folder/venv/bin/python" "$folder/read.py" "$folder/page.pdf" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
