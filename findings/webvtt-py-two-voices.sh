#!/usr/bin/env bash
# webvtt-py 0.6.0: where two people speak in one cue of a subtitle file, the first of them has said it all.
#
# One would expect the speaker of a caption to be whoever speaks in it, and none (or both) where they are two: WebVTT
# has a voice tag for each stretch of words, and question and answer often share a cue. Caption.voice is the voice tag
# that the cue begins with, and Caption.text is the words of the whole cue without any tag. So "We did not." is Ana
# Prado's, who has just said "You knew"; and where words of nobody stand in front, nobody has said what follows either,
# and Rui Lago is nowhere. Nothing tells such a cue from one with a single speaker but its raw text. pycaption 2.3.14
# writes each name in front of the words that are spoken by it.
#
# It matters for us because debates and interviews are brought to us as text made from subtitles, and who says what is
# the first thing that is judged: a denial stands under the name of the person who was accused. docs/importing.md says
# what to do with subtitles.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check webvtt-py==0.6.0 pycaption==2.3.14

cat >"$folder/expected" <<'END'
webvtt-py 0.6.0, pycaption 2.3.14
one speaker
  webvtt-py: Ana Prado: We knew.
  pycaption: Ana Prado: We knew.
question and answer
  webvtt-py: Ana Prado: You knew that it was closed. / We did not.
  pycaption: Ana Prado: You knew that it was closed. / Rui Lago: We did not.
a voice, and then another on the same line
  webvtt-py: Ana Prado: You resigned. I did not.
  pycaption: Ana Prado: You resigned. Rui Lago: I did not.
words of nobody in front
  webvtt-py: None: Nobody was hurt. / We are sorry.
  pycaption: Nobody was hurt. / Rui Lago: We are sorry.
END

cat >"$folder/debate.vtt" <<'END'
WEBVTT

one speaker
00:00.000 --> 00:02.000
<v Ana Prado>We knew.</v>

question and answer
00:02.000 --> 00:06.000
<v Ana Prado>You knew that it was closed.</v>
<v Rui Lago>We did not.</v>

a voice, and then another on the same line
00:06.000 --> 00:09.000
<v Ana Prado>You resigned.</v> <v Rui Lago>I did not.</v>

words of nobody in front
00:09.000 --> 00:12.000
Nobody was hurt.
<v Rui Lago>We are sorry.</v>
END

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version

import webvtt
from pycaption import WebVTTReader

print(", ".join(f"{name} {version(name)}" for name in ("webvtt-py", "pycaption")))
with open(sys.argv[1], encoding="utf-8") as file:
    others = WebVTTReader().read(file.read()).get_captions("en-US")
for caption, other in zip(webvtt.read(sys.argv[1]), others, strict=True):
    print(caption.identifier)
    print(f"  webvtt-py: {caption.voice}: {caption.text}".replace("\n", " / "))
    print(f"  pycaption: {other.get_text()}".replace("\n", " / "))
END

"$folder/venv/bin/python" "$folder/read.py" "$folder/debate.vtt" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
