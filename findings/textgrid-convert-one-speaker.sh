#!/usr/bin/env bash
# textgrid-convert 1.2.0: of a transcript, what one speaker said is what all of them said.
#
# One would expect to_darla_textgrid(speaker_id=…) to give the words of one speaker: the id is that "of the speaker to
# keep", by its own description, and without one the first speaker's. The others are taken out first, and put back where
# the tier gets its name, for which it goes through the whole transcript. So each speaker's file is the same one, question
# and answer in a single tier, with no name by which to tell them apart; only an id that nobody has is refused. Rev's
# JSON, which it reads, has a name and an id for each turn, and the parser keeps them until then.
#
# It matters for us because who says a thing is what is judged first, and the text of one person, taken from such a file,
# has the words of everybody who contradicted her. docs/importing.md says to bring the text of a transcript with its names;
# our suggestions take each line's words for those of the name before the colon, and a test holds it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# It imports pytest and does not ask for it.
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textgrid-convert==1.2.0 pytest==8.4.2

cat >"$folder/expected" <<'END'
textgrid-convert 1.2.0
in the transcript: Ana Prado: Did you know?; Rui Lago: We did not.; Ana Prado: Who did?
kept 0, Ana Prado: Did you know?; We did not.; Who did?
kept 1, Rui Lago: Did you know?; We did not.; Who did?
kept 2: ValueError
END

cat >"$folder/keep.py" <<'END'
import json
import logging
import re
from importlib.metadata import version

from textgrid_convert import revParser

logging.disable()
print("textgrid-convert", version("textgrid-convert"))
SPEAKERS = [{"id": 0, "name": "Ana Prado"}, {"id": 1, "name": "Rui Lago"}]
TURNS = [(0, "Did you know?"), (1, "We did not."), (0, "Who did?")]


def turn(number, speaker, words):
    element = {"type": "text", "value": words, "timestamp": f"00:00:0{number},000", "end_timestamp": f"00:00:0{number},900"}
    return {"speaker": speaker, "speaker_id": speaker, "speaker_name": SPEAKERS[speaker]["name"], "elements": [element]}


transcript = json.dumps({"speakers": SPEAKERS, "monologues": [turn(number, *said) for number, said in enumerate(TURNS, 1)]})
read = revParser(transcript).transcription_dict.values()
print("in the transcript:", "; ".join(f"{each['speaker_name']}: {each['text']}" for each in read))
for speaker in SPEAKERS:
    grid = revParser(transcript).to_darla_textgrid(speaker_id=speaker["id"])
    print(f"kept {speaker['id']}, {speaker['name']}:", "; ".join(re.findall(r'text = "([^"]+)"', grid)))
try:
    revParser(transcript).to_darla_textgrid(speaker_id=2)
except ValueError as error:
    print("kept 2:", type(error).__name__)
END

"$folder/venv/bin/python" "$folder/keep.py" 2>/dev/null | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
