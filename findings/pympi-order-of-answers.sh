#!/usr/bin/env bash
# pympi-ling 1.71: a transcript that is moved by ten seconds has the answer before the question.
#
# One would expect shift_annotations(time), by its manual to shift all annotations in time, to move each of them by that
# time. What it moves is the points that they begin and end at, once for each annotation that has them; and in ELAN's
# files annotations share such points where one tier divides another: words have the first and the last point of their
# sentence, and neighbours the one between them. So what was divided into words goes twice as far as what was not. Of a
# question whose words are marked and an answer whose words are not, the answer is said first, and by as much too early.
# The lists of what was squashed and removed, which it returns, are empty, and in a transcript without such tiers, which
# is what a first trial has, all is right.
#
# It matters for us because who says what, and in answer to what, is the first thing that is judged, and a transcript is
# moved whenever its recording is cut. docs/importing.md says to take the text of a transcript as it was made. What our
# imports move (a text's line breaks count once with us, and twice in many files) are spans, not points: a test holds
# that those which share their edges are moved once.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pympi-ling==1.71

cat >"$folder/expected" <<'END'
pympi-ling 1.71
sentences
  as it was: Ana Prado at 1 to 3 s: Did you know?; Rui Lago at 4 to 5 s: We did not.
  squashed and removed: [] []
  10 s later: Ana Prado at 11 to 13 s: Did you know?; Rui Lago at 14 to 15 s: We did not.
a sentence with its words
  as it was: Ana Prado at 1 to 3 s: Did you know?; Rui Lago at 4 to 5 s: We did not.
  squashed and removed: [] []
  10 s later: Rui Lago at 14 to 15 s: We did not.; Ana Prado at 21 to 23 s: Did you know?
END

cat >"$folder/move.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

import pympi

PLACE = Path(sys.argv[1])
SCHEMA = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd"'
POINTS = {"ts1": 1000, "ts2": 2000, "ts3": 3000, "ts4": 4000, "ts5": 5000}
print("pympi-ling", version("pympi-ling"))


def tier(name, kind, parent, annotations):
    parts = [f'<TIER LINGUISTIC_TYPE_REF="{kind}" TIER_ID="{name}"{parent}>']
    for number, begin, end, words in annotations:
        parts.append(f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" TIME_SLOT_REF1="{begin}" TIME_SLOT_REF2="{end}">')
        parts.append(f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>")
    return "".join([*parts, "</TIER>"])


def written(name, *, divided):
    words = tier("words of Ana Prado", "words", ' PARENT_REF="Ana Prado"', [(3, "ts1", "ts2", "Did you"), (4, "ts2", "ts3", "know?")])
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="{point}" TIME_VALUE="{at}"/>' for point, at in POINTS.items())
    (PLACE / name).write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-03-10T10:00:00+00:00" FORMAT="3.0" VERSION="3.0" {SCHEMA}>'
        f'<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/><TIME_ORDER>{slots}</TIME_ORDER>'
        + tier("Ana Prado", "speech", "", [(1, "ts1", "ts3", "Did you know?")])
        + tier("Rui Lago", "speech", "", [(2, "ts4", "ts5", "We did not.")])
        + (words if divided else "")
        + '<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="speech" TIME_ALIGNABLE="true"/>'
        '<LINGUISTIC_TYPE CONSTRAINTS="Time_Subdivision" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="words" TIME_ALIGNABLE="true"/>'
        '<CONSTRAINT DESCRIPTION="Time subdivision of the parent" STEREOTYPE="Time_Subdivision"/></ANNOTATION_DOCUMENT>',
        encoding="utf-8",
    )
    return pympi.Eaf(PLACE / name)


def said(transcript):
    spoken = [(begin, end, name, words) for name in ("Ana Prado", "Rui Lago") for begin, end, words in transcript.get_annotation_data_for_tier(name)]
    return "; ".join(f"{name} at {begin / 1000:g} to {end / 1000:g} s: {words}" for begin, end, name, words in sorted(spoken))


for case, divided in (("sentences", False), ("a sentence with its words", True)):
    transcript = written("quay.eaf", divided=divided)
    print(f"{case}\n  as it was: {said(transcript)}")
    print("  squashed and removed:", *transcript.shift_annotations(10000))
    print("  10 s later:", said(transcript))
END

"$folder/venv/bin/python" "$folder/move.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
