#!/usr/bin/env bash
# Hugging Face datasets 5.2.0: what load_dataset(FOLDER) gives depends on the folder's card, not on its data files.
#
# One would expect a local folder whose data file has changed (other rows, other time of change) to be read again, and
# without a card it is: the path and the time of each file are part of the cache's name then. With a card
# (README.md) that lists the files under `configs`, the name of the cache is made from the card's YAML and the file
# patterns alone, before any pattern is looked up: the rows of the first load come back for ever, without a word.
# A `version` in the configuration, or in dataset_info, that changes with the content mends it.
#
# It matters for us because an export replaces the folder that it wrote before and the card of the same columns is the
# same: whoever exported, loaded, corrected, exported and loaded again trained on the uncorrected rows. Our card has a
# version that is made from the rows.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check datasets==5.2.0

cat >"$folder/expected" <<'END'
datasets 5.2.0
no card: old, then new: old / new
card: old, then new: old / old
card with version in configs: old, then new: old / new
card with version in dataset_info: old, then new: old / new
END

cat >"$folder/load.py" <<'END'
import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
import datasets

datasets.disable_progress_bars()
print("datasets", datasets.__version__)


def write(folder, text, card):
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "claims-train.jsonl").write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    if card is not None:
        (folder / "README.md").write_text(card, encoding="utf-8")


def card(config_version="", info_version=""):
    files = "  data_files:\n  - split: train\n    path: data/claims-train.jsonl\n"
    features = "  features:\n  - name: text\n    dtype: string\n"
    return (
        f"---\nconfigs:\n- config_name: claims\n  default: true\n{config_version}{files}"
        f"dataset_info:\n- config_name: claims\n{info_version}{features}---\n"
    )


CASES = {
    "no card": lambda number: None,
    "card": lambda number: card(),
    "card with version in configs": lambda number: card(config_version=f"  version: 1.0.{number}\n"),
    "card with version in dataset_info": lambda number: card(info_version=f"  version: 1.0.{number}\n"),
}
for at, (name, made) in enumerate(CASES.items()):
    place = Path(sys.argv[1]) / str(at)
    found = []
    for number, text in enumerate(("old", "new")):
        write(place / "set", text, made(number))
        loaded = datasets.load_dataset(str(place / "set"), cache_dir=str(place / "cache"))
        found.append(loaded["train"][0]["text"])
    print(f"{name}: old, then new: {' / '.join(found)}")
END

"$folder/venv/bin/python" "$folder/load.py" "$folder" 2>/dev/null | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
