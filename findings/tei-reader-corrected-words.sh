#!/usr/bin/env bash
# tei-reader 0.0.17: of a word that was corrected in a TEI edition, the wrong and the right form are one word, and two
# figures are one figure.
#
# One would expect one reading of a text: TEI has a misprint and its correction in an element of their own (choice),
# from which a reader takes either, and marks what was deleted. tei-reader leaves out notes and takes all else as it
# comes, with nothing in between: "note", corrected to "not", is "notenot", of "did not", deleted, and "did", put in its
# place, both are said. A line that ends in the print (lb) leaves no space, so that the words before and behind it are
# one, as they are where the file says that the word goes on; nor does a cell of a table, so 12 and 36 are 1236. What a
# printed page has at its foot stands in the sentence. Paragraphs are kept apart, so most of a text reads well.
#
# It matters for us because archives of newspapers are published as TEI, and "did notenot resign" can be mended, while
# "did not did resign" and 1236 look like what was printed. docs/importing.md says what to heed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check tei-reader==0.0.17

cat >"$folder/expected" <<'END'
tei-reader 0.0.17
<p>The bridge is closed.</p><p>He said <q>no</q><note>To the paper.</note>.</p>
   'The bridge is closed.\nHe said no.'
<p>The mayor did <choice><sic>note</sic><corr>not</corr></choice> resign.</p>
   'The mayor did notenot resign.'
<p>The mayor <del>did not</del> <add>did</add> resign.</p>
   'The mayor did not did resign.'
<p>The restora<lb break="no"/>tion<lb/>of the bridge</p>
   'The restorationof the bridge'
<table><row><cell>12</cell><cell>36</cell></row></table>
   '1236'
<p>It goes on <fw>The Quay News 2</fw><pb/>on the next page.</p>
   'It goes on The Quay News 2on the next page.'
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

from tei_reader import TeiReader

EDITION = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>The Quay News</title></titleStmt>'
    "<publicationStmt><p>An example.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>"
    "<text><body><div>{}</div></body></text></TEI>"
)
print("tei-reader", version("tei-reader"))
for body in (
    "<p>The bridge is closed.</p><p>He said <q>no</q><note>To the paper.</note>.</p>",
    "<p>The mayor did <choice><sic>note</sic><corr>not</corr></choice> resign.</p>",
    "<p>The mayor <del>did not</del> <add>did</add> resign.</p>",
    '<p>The restora<lb break="no"/>tion<lb/>of the bridge</p>',
    "<table><row><cell>12</cell><cell>36</cell></row></table>",
    "<p>It goes on <fw>The Quay News 2</fw><pb/>on the next page.</p>",
):
    print(body)
    print("  ", repr(TeiReader().read_string(EDITION.format(body)).text))
END

"$folder/venv/bin/python" -W ignore "$folder/read.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
