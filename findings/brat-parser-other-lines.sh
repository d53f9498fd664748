#!/usr/bin/env bash
# mendelai-brat-parser 0.0.11: what brat notes of a span becomes part of the span's words, and then of its place.
#
# One would expect a reader of brat's files to pass over kinds of lines that it does not know. A file is divided where a
# line of one of four kinds begins (T, R, A, E); a normalisation (N) or an equivalence (*), which brat writes where they
# were made, goes to whatever stands before it. So the source "Reuters" has the note for its words, too, while its
# offsets are right. But when the file is written, the line break within is taken for one of the text and the span is
# cut there, as long as the note is: it is at 9 to 16 and at 17 to 57 then, over words that nobody marked, and the note
# is no note any more. Events, and what was said of them, are not written at all.
#
# It matters for us because people bring us what such programs have written: our import compares the words of a span
# with the text and names the line, and docs/importing-annotations.md says where that comes from.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check mendelai-brat-parser==0.0.11 smart-open==7.5.0

cat >"$folder/expected" <<'END'
mendelai-brat-parser 0.0.11
without a note: ((9, 16),) 'Reuters'
  written again: 'T2\tRelay 9 16\tReuters'
  which is, in the text: ['Reuters']
normalised: ((9, 16),) 'Reuters\nN1 Reference T2 Wikidata:Q130879 Reuters'
  written again: 'T2\tRelay 9 16;17 57\tReuters N1 Reference T2 Wikidata:Q130879 Reuters'
  which is, in the text: ['Reuters', 'that the quay had closed. She left.\n']
equivalent: ((9, 16),) 'Reuters\n* Equiv T1 T2'
  written again: 'T2\tRelay 9 16;17 30\tReuters * Equiv T1 T2'
  which is, in the text: ['Reuters', 'that the quay']
END

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

import brat_parser

print("mendelai-brat-parser", version("mendelai-brat-parser"))
PLACE = Path(sys.argv[1])
TEXT = "Ida told Reuters that the quay had closed. She left.\n"
SPANS = "T1\tSource 0 3\tIda\nT2\tRelay 9 16\tReuters\n"
REST = "T3\tCue 4 8\ttold\nT4\tContent 22 41\tthe quay had closed\nA1\tCertain T4 yes\n"
(PLACE / "quay.txt").write_text(TEXT, encoding="utf-8")


def shown(name, note):
    (PLACE / "quay.ann").write_text(SPANS + note + REST, encoding="utf-8")
    document = brat_parser.parse(str(PLACE / "quay.ann"))
    relay = document.entities[1]
    print(f"{name}: {relay.span} {relay.text!r}")
    brat_parser.dump(document, str(PLACE / "again.ann"))
    line = (PLACE / "again.ann").read_text(encoding="utf-8").splitlines()[1]
    places = [tuple(map(int, piece.split())) for piece in line.split("\t")[1].removeprefix("Relay ").split(";")]
    print(f"  written again: {line!r}")
    print("  which is, in the text:", [TEXT[start:end] for start, end in places])


shown("without a note", "")
shown("normalised", "N1\tReference T2 Wikidata:Q130879\tReuters\n")
shown("equivalent", "*\tEquiv T1 T2\n")
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
