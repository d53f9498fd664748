#!/usr/bin/env bash
# bratly 0.1.4 (bratly-io-fs 0.1.4): of two events that share a source, the second is gone once the file has been read.
#
# One would expect a reader of brat's files to read all events, and "no duplicates" (its default) to leave out what is
# there twice. Two text-bound annotations that mark the same words under the same name are taken for one, though brat
# allows them and each belongs to an event of its own; the event that refers to the second of them is then left out
# whole, cue and content and all, while the spans that only it had stay, as if nobody had linked them. Nothing is said, the numbers
# are made anew so that no gap is seen, and writing the collection makes the loss lasting. With no_duplicates=False all
# events are there; with bioc 2.1, another reader, they are in any case.
#
# It matters for us because a source who says two things in a sentence has two attributions, and our export for brat
# writes the spans of each. docs/export.md says how to read it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    bratly==0.1.4 bratly-io-fs==0.1.4 bioc==2.1

cat >"$folder/expected" <<'END'
bratly 0.1.4, bratly-io-fs 0.1.4, bioc 2.1
bratly: 4 spans, events E1 Attribution:T2 Source:T1
bratly, no_duplicates=False: 5 spans, events E1 Attribution:T3 Source:T1, E2 Attribution:T4 Source:T2 Content:T5
bratly, the source marked once: 4 spans, events E1 Attribution:T2 Source:T1, E2 Attribution:T3 Source:T1 Content:T4
bioc: 5 spans, events E1, E2
END

printf 'Ana spoke and said that it was late.\n' >"$folder/late.txt"
printf '%b\n' 'T1\tSource 0 3\tAna' 'T2\tCue 4 9\tspoke' 'T3\tSource 0 3\tAna' 'T4\tCue 14 18\tsaid' \
    'T5\tContent 19 35\tthat it was late' 'E1\tAttribution:T2 Source:T1' \
    'E2\tAttribution:T4 Source:T3 Content:T5' >"$folder/late.ann"
sed -e '/^T3/d' -e 's/Source:T3/Source:T1/' "$folder/late.ann" >"$folder/once.ann"

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

from bioc import brat
from bratly.io import read_and_load_ann_file

print(", ".join(f"{name} {version(name)}" for name in ("bratly", "bratly-io-fs", "bioc")))
FOLDER = Path(sys.argv[1])


def read(what, name, **options):
    found = [str(each) for each in read_and_load_ann_file(str(FOLDER / name), **options).annotations]
    events = ", ".join(each.strip().replace("\t", " ") for each in found if each.startswith("E"))
    print(f"{what}: {sum(each.startswith('T') for each in found)} spans, events {events}")


read("bratly", "late.ann")
read("bratly, no_duplicates=False", "late.ann", no_duplicates=False)
read("bratly, the source marked once", "once.ann")
with open(FOLDER / "late.txt", encoding="utf-8") as text, open(FOLDER / "late.ann", encoding="utf-8") as marks:
    document = brat.load(text, marks)
print(f"bioc: {len(document.entities)} spans, events", ", ".join(event.id for event in document.events))
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
