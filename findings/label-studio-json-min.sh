#!/usr/bin/env bash
# Label Studio's own converter (label-studio-sdk 2.1.2), JSON_MIN: what was said of a region is no longer of that region.
#
# One would expect the "minimal" export to have the same annotations in fewer words. But of an annotation with choices for
# each region (perRegion="true") it keeps the values in one list under the name of the control, without the regions' ids: two
# cues, "direct" and "indirect", come out as ["direct", "indirect"], and where only the second cue has a choice, as the text
# "indirect", which may be of any region or of the whole task. Relations between regions are not in it at all, and no loss is
# said. So source, cue and content of one attribution cannot be put together again, nor its form be given back to it.
#
# It matters for us because JSON_MIN is what people have at hand: our import reads its text and claims, counts its regions
# as unlinked and its choices as left out, and the manual says to export JSON instead.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check label-studio-sdk==2.1.2

cat >"$folder/expected" <<'END'
label-studio-sdk 2.1.2
JSON, both cues chosen: choices of regions [["c1", ["direct"]], ["c2", ["indirect"]]], relations 1
JSON_MIN, both cues chosen: regions with ids 0, form ["direct", "indirect"], relations 0
JSON, second cue chosen: choices of regions [["c2", ["indirect"]]], relations 1
JSON_MIN, second cue chosen: regions with ids 0, form "indirect", relations 0
END

cat >"$folder/convert.py" <<'END'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from label_studio_sdk.converter import Converter

CONFIGURATION = """<View>
  <Labels name="label" toName="text"><Label value="Cue"/><Label value="Content"/></Labels>
  <Choices name="form" toName="text" perRegion="true"><Choice value="direct"/><Choice value="indirect"/></Choices>
  <Text name="text" value="$text"/>
</View>"""
TEXT = "Ana said it rained. Bo denied that it snowed."


def region(id_, words, label):
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def choice(id_, words, value):
    start = TEXT.index(words)
    chosen = {"start": start, "end": start + len(words), "text": words, "choices": [value]}
    return {"id": id_, "from_name": "form", "to_name": "text", "type": "choices", "value": chosen}


MARKED = [
    region("c1", "said", "Cue"),
    region("c2", "denied", "Cue"),
    region("d1", "it rained", "Content"),
    {"type": "relation", "from_id": "c1", "to_id": "d1", "direction": "right", "labels": ["content"]},
]
CASES = {
    "both cues chosen": [choice("c1", "said", "direct"), choice("c2", "denied", "indirect")],
    "second cue chosen": [choice("c2", "denied", "indirect")],
}

print("label-studio-sdk", version("label-studio-sdk"))
folder = Path(sys.argv[1])
for number, (name, choices) in enumerate(CASES.items()):
    annotation = {"id": 1, "completed_by": {"id": 1, "email": "ana@example.org"}, "result": [*MARKED, *choices]}
    annotation["created_at"] = "2026-03-10T09:00:00Z"
    tasks = folder / f"tasks{number}.json"
    tasks.write_text(json.dumps([{"id": 1, "data": {"text": TEXT}, "annotations": [annotation]}]), encoding="utf-8")
    converter = Converter(CONFIGURATION, str(folder), download_resources=False)
    converter.convert_to_json(str(tasks), str(folder / f"json{number}"), is_dir=False)
    converter.convert_to_json_min(str(tasks), str(folder / f"min{number}"), is_dir=False)
    (whole,) = json.loads((folder / f"json{number}" / "result.json").read_text(encoding="utf-8"))
    (row,) = json.loads((folder / f"min{number}" / "result.json").read_text(encoding="utf-8"))
    results = whole["annotations"][0]["result"]
    chosen = [[each["id"], each["value"]["choices"]] for each in results if each["type"] == "choices"]
    relations = sum(each["type"] == "relation" for each in results)
    print(f"JSON, {name}: choices of regions {json.dumps(chosen)}, relations {relations}")
    ids = sum("id" in each for each in row["label"])
    left = sum("relation" in key for key in row)
    print(f"JSON_MIN, {name}: regions with ids {ids}, form {json.dumps(row['form'])}, relations {left}")
END

"$folder/venv/bin/python" "$folder/convert.py" "$folder" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
