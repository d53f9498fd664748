#!/usr/bin/env bash
# python-docx 1.2.0, docx2txt 0.9, docx2python 3.7.1: of a DOCX file with tracked changes, one leaves out what was put
# in, and two say twice what was moved.
#
# One would expect the text with the changes (which is what Word prints), or as it was before them. With python-docx it
# is neither: words that were inserted are left out as those are that were deleted, so "did [not] resign" is "did
# resign", of "[5 -> 7] percent" there is no figure at all, and a sentence that was moved is nowhere. docx2txt and
# docx2python have what was inserted and not what was deleted, but a sentence that was moved stands at both places.
# mammoth 1.13.0 alone has the text with the changes (but, as python-docx, not the words of a field, here a date). What
# is hidden is read by all of them as any other word, and none says that there are changes.
#
# It matters for us because statements and drafts reach a fact-checker with their changes tracked, and "not" is such a
# change. Our reader of DOCX goes through the file itself: inserted words stay, deleted, moved-away and hidden ones are
# left out, counted and said.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0

cat >"$folder/expected" <<'END'
python-docx 1.2.0
  He did resign.
  It fell by  percent.
  He agreed.
  Nobody asked.
  It is .
  Not for print.For print.
docx2txt 0.9
  He did not resign.
  It fell by 7 percent.
  She denied it. He agreed.
  Nobody asked. She denied it.
  It is 12 March.
  Not for print.For print.
docx2python 3.7.1
  He did not resign.
  It fell by 7 percent.
  She denied it. He agreed.
  Nobody asked. She denied it.
  It is 12 March.
  Not for print.For print.
mammoth 1.13.0
  He did not resign.
  It fell by 7 percent.
  He agreed.
  Nobody asked. She denied it.
  It is .
  Not for print.For print.
END

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version

import docx
import docx2python
import docx2txt
import mammoth
from docx.oxml import parse_xml

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:author="Ana" w:date="2026-03-12T10:00:00Z"'
PATH = sys.argv[1] + "/statement.docx"


def run(words, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def inserted(words):
    return f'<w:ins w:id="1" {WHO}>{run(words)}</w:ins>'


def deleted(words):
    return f'<w:del w:id="2" {WHO}>{run(words).replace("w:t", "w:delText")}</w:del>'


def moved(words, to):
    """A move as Word writes it: the words with their range, there and here, under one name."""
    kind, number = ("To", 6) if to else ("From", 4)
    start = f'<w:move{kind}RangeStart w:id="{number}" w:name="move1" {WHO}/>'
    return f'{start}<w:move{kind} w:id="{number + 1}" {WHO}>{run(words)}</w:move{kind}><w:move{kind}RangeEnd w:id="{number}"/>'


DATE = '<w:fldSimple w:instr="DATE"><w:r><w:t>12 March</w:t></w:r></w:fldSimple>'
PARAGRAPHS = (
    run("He did ") + inserted("not ") + run("resign."),
    run("It fell by ") + deleted("5") + inserted("7") + run(" percent."),
    moved("She denied it. ", to=False) + run("He agreed."),
    run("Nobody asked. ") + moved("She denied it.", to=True),
    run("It is ") + DATE + run("."),
    run("Not for print.", "<w:rPr><w:vanish/></w:rPr>") + run("For print."),
)
document = docx.Document()
body = document.element.body
for paragraph in reversed(PARAGRAPHS):
    body.insert(0, parse_xml(f"<w:p {SPACE}>{paragraph}</w:p>"))
document.save(PATH)


def shown(name, lines):
    print(f"{name} {version(name)}")
    for line in lines:
        if line.strip():
            print(f"  {line.rstrip()}")


shown("python-docx", [paragraph.text for paragraph in docx.Document(PATH).paragraphs])
shown("docx2txt", docx2txt.process(PATH).splitlines())
shown("docx2python", docx2python.docx2python(PATH).text.splitlines())
with open(PATH, "rb") as file:
    shown("mammoth", mammoth.extract_raw_text(file).value.splitlines())
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
