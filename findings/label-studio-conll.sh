#!/usr/bin/env bash
# Label Studio's own converter (label-studio-sdk 2.1.2), CONLL2003: a region that lies inside another one is not in the
# file.
#
# One would expect of regions that overlap, which a line of CoNLL cannot hold, that the conversion says so, or keeps the
# inner ones, or whichever has more to tell. The region that begins first has all tokens up to its end, whatever it is,
# and each that lies inside is left out without a word; of those that begin together, it is the one that was drawn
# first. So a region for the whole sentence leaves nothing of what was marked in it, and of two contents that overlap,
# the second begins, with B-, where the first one ended. And only the regions of one Labels control are written: of the
# one that comes first in that annotation's own result, so the file changes from annotation to annotation in what its
# column is about.
#
# It matters for us because our Label Studio export has claims as regions, and what Label Studio makes CoNLL of has
# claims alone, and no source, cue or content at all. docs/export.md says so, and that `annotator export conll` has them
# all.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check label-studio-sdk==2.1.2

cat >"$folder/expected" <<'END'
label-studio-sdk 2.1.2
roles alone: B-Source B-Cue B-Content I-Content I-Content
claim drawn first: B-Claim I-Claim I-Claim I-Claim I-Claim
claim drawn last: B-Source B-Claim I-Claim I-Claim I-Claim
overlapping: O B-Content I-Content B-Content O
roles drawn first, then worth: B-Source B-Cue B-Content I-Content I-Content
worth drawn first, then roles: B-Worthy I-Worthy I-Worthy I-Worthy I-Worthy
END

cat >"$folder/convert.py" <<'END'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from label_studio_sdk.converter import Converter

print("label-studio-sdk", version("label-studio-sdk"))
PLACE = Path(sys.argv[1])
TEXT = "Ida said it fell again"
LABELS = {"label": ("Claim", "Source", "Cue", "Content"), "worth": ("Worthy",)}
CONFIGURATION = "<View>{}<Text name='text' value='$text'/></View>".format(
    "".join(
        f"<Labels name='{name}' toName='text'>{''.join(f'<Label value={value!r}/>' for value in values)}</Labels>"
        for name, values in LABELS.items()
    )
)


def region(label, words, control="label"):
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": label + words, "from_name": control, "to_name": "text", "type": "labels", "value": value}


def converted(what, *result):
    task = {"id": 1, "data": {"text": TEXT}, "annotations": [{"id": 1, "completed_by": 1, "result": list(result)}]}
    (PLACE / "tasks.json").write_text(json.dumps([task]), encoding="utf-8")
    Converter(CONFIGURATION, project_dir=None).convert_to_conll2003(str(PLACE / "tasks.json"), str(PLACE / "out"), is_dir=False)
    lines = (PLACE / "out" / "result.conll").read_text(encoding="utf-8").splitlines()[1:]
    print(f"{what}:", *(line.split()[-1] for line in lines if line))


roles = [region("Source", "Ida"), region("Cue", "said"), region("Content", "it fell again")]
worthy = region("Worthy", TEXT, "worth")
converted("roles alone", *roles)
converted("claim drawn first", region("Claim", TEXT), *roles)
converted("claim drawn last", *roles, region("Claim", TEXT))
converted("overlapping", region("Content", "said it"), region("Content", "it fell"))
converted("roles drawn first, then worth", *roles, worthy)
converted("worth drawn first, then roles", worthy, *roles)
END

"$folder/venv/bin/python" "$folder/convert.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
