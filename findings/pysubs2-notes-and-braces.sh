#!/usr/bin/env bash
# pysubs2 1.8.1: what a subtitle file notes is said by whoever spoke last, and what stands in braces is not said.
#
# One would expect a comment of WebVTT (a block that begins with NOTE, which the standard has for whoever works on the
# file) to be left out, and the words of a caption to be kept. "NOTE not what he says, check the tape" becomes further
# lines of the caption in front of it, in the text and in what is written again. Who speaks (the voice tag) is in no
# field, also not in the one for names. And in SubRip, where braces are braces, they are taken for commands of another
# format: a word that the subtitler added, {not}, is missing in the plain text and in what is written. webvtt-py 0.6.0
# leaves out the note, and srt 3.5.3 keeps the braces.
#
# It matters for us because debates come to us as text that was made from subtitles, and a claim with "check the tape" in
# it, or without its "not", is one that nobody has made. docs/importing.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pysubs2==1.8.1 webvtt-py==0.6.0 srt==3.5.3

cat >"$folder/expected" <<'END'
pysubs2 1.8.1, webvtt-py 0.6.0, srt 3.5.3
WebVTT
  pysubs2: [('', 'I resigned.\n\nNOTE not what he says, check the tape'), ('', 'You did not.')]
  written again: ['WEBVTT', '1', 'I resigned.', 'NOTE not what he says, check the tape', '2', 'You did not.']
  webvtt-py: [('Ana Prado', 'I resigned.'), ('Rui Lago', 'You did not.')]
SubRip
  pysubs2: ['I did  resign.']
  written again: I did  resign.
  srt: ['I did {not} resign.']
END

cat >"$folder/debate.vtt" <<'END'
WEBVTT

00:00.000 --> 00:02.000
<v Ana Prado>I resigned.</v>

NOTE not what he says, check the tape

00:02.000 --> 00:04.000
<v Rui Lago>You did not.</v>
END

cat >"$folder/debate.srt" <<'END'
1
00:00:00,000 --> 00:00:02,000
I did {not} resign.
END

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

import pysubs2
import srt
import webvtt

print(", ".join(f"{name} {version(name)}" for name in ("pysubs2", "webvtt-py", "srt")))
folder = Path(sys.argv[1])
print("WebVTT")
captions = pysubs2.load(str(folder / "debate.vtt"))
print("  pysubs2:", [(each.name, each.plaintext) for each in captions])
print("  written again:", [line for line in captions.to_string("vtt").splitlines() if line and "-->" not in line])
print("  webvtt-py:", [(each.voice, each.text) for each in webvtt.read(folder / "debate.vtt")])
print("SubRip")
captions = pysubs2.load(str(folder / "debate.srt"))
print("  pysubs2:", [each.plaintext for each in captions])
print("  written again:", captions.to_string("srt").splitlines()[2])
print("  srt:", [each.content for each in srt.parse((folder / "debate.srt").read_text(encoding="utf-8"))])
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
