#!/usr/bin/env bash
# pandoc 3.9 (pypandoc_binary 1.17): of a DOCX file, the paragraph that a text box hangs on is gone, and so are the
# words of a field.
#
# One would expect a text box to stand beside the words of the paragraph that it is anchored in, or to be left out. In
# today's form, which Word writes with an older one beside it for other programs, the box takes the paragraph's place:
# "The mayor said that it was not" is nowhere in the output, and only what the box says is there. In the older form
# alone it is the box that is lost. The result of a simple field, such as a date, is left out of its sentence, too. No
# warning is given, not with --verbose either. mammoth 1.13.0 has paragraph and box (and no field), python-docx 1.2.0
# the paragraph.
#
# It matters for us because statements of parties and offices have boxes for quotations and contacts, and pandoc is at
# hand to make text of them. Our reader of DOCX has the paragraph, the box behind it, and the field; docs/importing.md
# says to import the document itself.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pypandoc_binary==1.17 mammoth==1.13.0 python-docx==1.2.0

cat >"$folder/expected" <<'END'
pandoc 3.9; pypandoc_binary 1.17, mammoth 1.13.0, python-docx 1.2.0
pandoc: ['The minister said that the bridge was safe.', 'A newer box.', 'It was closed on .']
mammoth: ['The minister said that the bridge was safe.', 'An older box.', 'The mayor said that it was not.', 'A newer box.', 'It was closed on .']
python-docx: ['The minister said that the bridge was safe.', 'The mayor said that it was not.', 'It was closed on .']
END

cat >"$folder/read.py" <<'END'
import io
import sys
import zipfile
from importlib.metadata import version

import docx
import mammoth
import pypandoc

names = ("pypandoc_binary", "mammoth", "python-docx")
print(f"pandoc {pypandoc.get_pandoc_version()};", ", ".join(f"{name} {version(name)}" for name in names))
OFFICE = "http://schemas.openxmlformats.org"
NAMES = "".join(
    f' xmlns:{name}="{address}"'
    for name, address in (
        ("w", f"{OFFICE}/wordprocessingml/2006/main"),
        ("wp", f"{OFFICE}/drawingml/2006/wordprocessingDrawing"),
        ("a", f"{OFFICE}/drawingml/2006/main"),
        ("mc", f"{OFFICE}/markup-compatibility/2006"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def older(words):
    inside = f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>"
    return f'<w:pict><v:shape style="width:90pt;height:40pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'


def newer(words):
    inside = f"<wps:txbx><w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent></wps:txbx><wps:bodyPr/>"
    shape = f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>{inside}</wps:wsp>'
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="914400" cy="457200"/><wp:docPr id="1" name="Box"/>'
        f"<a:graphic>{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{older(words)}</mc:Fallback></mc:AlternateContent>"
    )


PARAGRAPHS = (
    f'{run("The minister said that the bridge was safe.")}<w:r>{older("An older box.")}</w:r>',
    f'{run("The mayor said that it was not.")}<w:r>{newer("A newer box.")}</w:r>',
    f'{run("It was closed on ")}<w:fldSimple w:instr=" DATE ">{run("12 March")}</w:fldSimple>{run(".")}',
)
BODY = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in PARAGRAPHS)
TYPES = (
    f'<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
TO_DOCUMENT = (
    f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
with zipfile.ZipFile(sys.argv[1], "w") as file:
    file.writestr("[Content_Types].xml", TYPES)
    file.writestr("_rels/.rels", TO_DOCUMENT)
    file.writestr("word/document.xml", f"<w:document{NAMES}><w:body>{BODY}</w:body></w:document>")

with open(sys.argv[1], "rb") as file:
    document = io.BytesIO(file.read())
for name, text in (
    ("pandoc", pypandoc.convert_file(sys.argv[1], "plain", extra_args=["--wrap=none"])),
    ("mammoth", mammoth.extract_raw_text(document).value),
    ("python-docx", "\n".join(paragraph.text for paragraph in docx.Document(document).paragraphs)),
):
    print(f"{name}:", [line for line in text.split("\n") if line])
END

"$folder/venv/bin/python" "$folder/read.py" "$folder/statement.docx" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
