#!/usr/bin/env bash
# mammoth 1.13.0 (Python and npm): in the raw text of a Word file, the figure that ends a line and the one that begins
# the next are one figure.
#
# One would expect the text of a document without its formatting to have a space or a line break where a
# line was broken by hand. extract_raw_text puts two line breaks behind each paragraph, and writes tabs; a break within
# a paragraph, be it of the line or of the page, is nothing at all. Of "In favour: 20", a break, and "19 were against"
# it makes 2019; where the name of a speaker stands on a line of its own, it is in one word with what she said. No
# message says so. In HTML made by the same package the break is there, and docx2python 3.7.1 has it, too.
#
# It matters for us because figures are what is checked, addresses, tables of votes and interviews are set in such
# lines, and the raw text is what one takes for annotation. Whoever makes text of Word files with it before an import
# imports other figures. Ours reads a break as a space.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    mammoth==1.13.0 python-docx==1.2.0 docx2python==3.7.1
npm install --silent --no-audit --no-fund --prefix "$folder" mammoth@1.13.0

cat >"$folder/expected" <<'END'
mammoth 1.13.0, docx2python 3.7.1
mammoth, raw text: In favour: 2019 were against. / Ana PradoWe knew. / It closed on page 12nobody reads. / 12	36
mammoth, HTML: <p>In favour: 20<br />19 were against.</p><p>Ana Prado<br />We knew.</p>
messages: []
docx2python: In favour: 20 | 19 were against. || Ana Prado | We knew.
mammoth of npm, raw text: In favour: 2019 were against. / Ana PradoWe knew. / It closed on page 12nobody reads. / 12	36
messages: []
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

import docx
import mammoth
from docx2python import docx2python
from docx.enum.text import WD_BREAK

document = docx.Document()
for before, kind, behind in (
    ("In favour: 20", WD_BREAK.LINE, "19 were against."),
    ("Ana Prado", WD_BREAK.LINE, "We knew."),
    ("It closed on page 12", WD_BREAK.PAGE, "nobody reads."),
):
    paragraph = document.add_paragraph()
    paragraph.add_run(before).add_break(kind)
    paragraph.add_run(behind)
document.add_paragraph("12\t36")
document.save("wire.docx")

print(f"mammoth {version('mammoth')}, docx2python {version('docx2python')}")
with open("wire.docx", "rb") as file:
    raw = mammoth.extract_raw_text(file)
    print("mammoth, raw text:", raw.value.strip().replace("\n\n", " / "))
    print("mammoth, HTML:", "</p>".join(mammoth.convert_to_html(file).value.split("</p>")[:2]) + "</p>")
    print("messages:", raw.messages)
with docx2python("wire.docx") as read:
    print("docx2python:", " || ".join(read.text.replace("\n\n", "||").replace("\n", " | ").split("||")[:2]))
END

cat >"$folder/read.js" <<'END'
const mammoth = require("mammoth");
mammoth.extractRawText({ path: "wire.docx" }).then(({ value, messages }) => {
  console.log("mammoth of npm, raw text:", value.trim().replaceAll("\n\n", " / "));
  console.log("messages:", JSON.stringify(messages));
});
END

(cd "$folder" && venv/bin/python read.py && node read.js) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
