#!/usr/bin/env bash
# odfpy 1.4.1: a footnote becomes part of the figure that it stands behind.
#
# One would expect the text of a paragraph without its footnotes, or with them behind it: LibreOffice keeps number and
# words of a note inside the paragraph's element, but nobody sees them there. teletype.extractText, which odfpy has for
# that, takes all that is in the element, without a space: "in 2019" with note 2, "3 of 4 voted.", is "in 201923 of 4
# voted.". And who takes all paragraphs (getElementsByType) has the note's words a second time, as a paragraph of the
# text.
#
# It matters for us because a fact-checker would check a year or an amount that is in no document. Our reader of ODT
# goes through the file itself: the words of notes stand at the end, and their marks are left out, counted and said.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check odfpy==1.4.1

cat >"$folder/expected" <<'END'
odfpy 1.4.1
'The fare rose in 201923 of 4 voted. to 5 crowns.'
'3 of 4 voted.'
END

cat >"$folder/read.py" <<'END'
import io
from importlib.metadata import version

from odf import teletype
from odf.opendocument import OpenDocumentText, load
from odf.text import Note, NoteBody, NoteCitation, P

print("odfpy", version("odfpy"))


made = OpenDocumentText()
body = NoteBody()
body.addElement(P(text="3 of 4 voted."))
note = Note(noteclass="footnote")
note.addElement(NoteCitation(text="2"))
note.addElement(body)
paragraph = P(text="The fare rose in 2019")
paragraph.addElement(note)
paragraph.addText(" to 5 crowns.")
made.text.addElement(paragraph)
file = io.BytesIO()
made.write(file)
file.seek(0)
for paragraph in load(file).getElementsByType(P):
    print(repr(teletype.extractText(paragraph)))
END

"$folder/venv/bin/python" "$folder/read.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
