#!/usr/bin/env bash
# odfdo 3.27.3, odfpy 1.4.1: the first paragraphs of an ODT file with tracked changes are what was deleted from it.
#
# One would expect the paragraphs of a document's body to be those that LibreOffice shows, in their order. It keeps
# what was deleted in front of the text, in elements of their own that hold paragraphs; at the place itself there is
# an empty mark. Whoever goes through the paragraphs (body.paragraphs of odfdo, getElementsByType of odfpy) gets the
# deleted ones first, like any others: a sentence that the author took back is the beginning of the article, and the
# single word "not" a paragraph of its own. A comment stands as a paragraph behind the one that it is about, and
# inside it as well. get_formatted_text of odfdo has the text as it is shown (the comment as a note).
#
# It matters for us because press releases are sent round with their changes in them, and a sentence that nobody says
# any more would be judged, and quoted. Our reader of ODT goes through the file itself and leaves deleted words out,
# counted and said.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check odfdo==3.27.3 odfpy==1.4.1

cat >"$folder/expected" <<'END'
odfdo 3.27.3, odfpy 1.4.1
odfdo, paragraphs: ['not', 'The council had known for a year.', '', 'The mayor did resign.Ask her again.\nBen Moura None', 'Ask her again.', 'She left on Monday.']
odfpy, paragraphs: ['not ', 'The council had known for a year.', '', 'The mayor did resign.Ben MouraAsk her again.', 'Ask her again.', 'She left on Monday.']
odfdo, get_formatted_text: ['The mayor did resign.[*]', '', '----', '[*] Ask her again.', 'She left on Monday.', '', '']
END

cat >"$folder/read.py" <<'END'
import sys
import zipfile
from importlib.metadata import version

import odfdo
from odf import teletype
from odf.opendocument import load
from odf.text import P

print(", ".join(f"{name} {version(name)}" for name in ("odfdo", "odfpy")))
NAMES = "".join(
    f' xmlns:{name}="{address}"'
    for name, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    )
)
BY = "<office:change-info><dc:creator>Ana Prado</dc:creator><dc:date>2026-03-12T10:00:00</dc:date></office:change-info>"


def deleted(number, words):
    return (
        f'<text:changed-region xml:id="c{number}" text:id="c{number}"><text:deletion>{BY}{words}</text:deletion>'
        "</text:changed-region>"
    )


CHANGES = deleted(1, "<text:p>not </text:p>") + deleted(2, "<text:p>The council had known for a year.</text:p><text:p/>")
COMMENT = "<office:annotation><dc:creator>Ben Moura</dc:creator><text:p>Ask her again.</text:p></office:annotation>"
BODY = (
    f"<text:tracked-changes>{CHANGES}</text:tracked-changes>"
    f'<text:p>The mayor did <text:change text:change-id="c1"/>resign.{COMMENT}</text:p>'
    '<text:p><text:change text:change-id="c2"/>She left on Monday.</text:p>'
)
MIME = "application/vnd.oasis.opendocument.text"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
STYLES = "<office:styles/><office:automatic-styles/><office:master-styles/>"
with zipfile.ZipFile(sys.argv[1], "w") as file:
    file.writestr("mimetype", MIME)
    entries = f'<m:file-entry m:full-path="/" m:media-type="{MIME}"/>' + "".join(
        f'<m:file-entry m:full-path="{name}.xml" m:media-type="text/xml"/>' for name in ("content", "styles")
    )
    file.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{MANIFEST}" m:version="1.3">{entries}</m:manifest>')
    for kind, inside in (("styles", STYLES), ("content", f"<office:body><office:text>{BODY}</office:text></office:body>")):
        file.writestr(
            f"{kind}.xml", f'<office:document-{kind}{NAMES} office:version="1.3">{inside}</office:document-{kind}>'
        )

document = odfdo.Document(sys.argv[1])
print("odfdo, paragraphs:", [str(paragraph).strip() for paragraph in document.body.paragraphs])
print("odfpy, paragraphs:", [teletype.extractText(paragraph) for paragraph in load(sys.argv[1]).getElementsByType(P)])
print("odfdo, get_formatted_text:", document.get_formatted_text().split("\n"))
END

"$folder/venv/bin/python" "$folder/read.py" "$folder/release.odt" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
