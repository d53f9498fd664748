#!/usr/bin/env bash
# Hugging Face datasets 5.2.0: a column of dates is changed even where the card declares it to be text.
#
# One would expect the features that a dataset card declares (dtype: string) to be what a JSON Lines file is read as, so
# that "2026-03-12" stays "2026-03-12". Arrow's JSON reader guesses first, and the cast to the declared type comes after:
# where every value of the column in a file is an ISO 8601 date in the extended form, they are times by then, and as
# text again they have 00:00:00 behind them, or have lost their time zone and been moved to UTC. One value that is no
# date leaves the whole column alone, so it depends on the other rows what a row says. The basic form (20260312) is safe.
#
# It matters for us because dates of publication and of evidence are text as they were found, and a day is not midnight:
# our export writes them in the basic form, and the manual warns of notes that are nothing but dates.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check datasets==5.2.0 pyarrow==25.0.1

cat >"$folder/expected" <<'END'
datasets 5.2.0, pyarrow 25.0.1
["2026-03-12", "2026-03-13"] -> ["2026-03-12 00:00:00", "2026-03-13 00:00:00"]
["2026-03-12T10:00:00+01:00"] -> ["2026-03-12 09:00:00"]
["2026-03-12", "spring"] -> ["2026-03-12", "spring"]
["20260312", "20260313"] -> ["20260312", "20260313"]
END

cat >"$folder/load.py" <<'END'
import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
import datasets
import pyarrow

datasets.disable_progress_bars()
print(f"datasets {datasets.__version__}, pyarrow {pyarrow.__version__}")
CARD = (
    "---\nconfigs:\n- config_name: claims\n  data_files:\n  - split: train\n    path: train.jsonl\n"
    "dataset_info:\n- config_name: claims\n  features:\n  - name: date\n    dtype: string\n---\n"
)
CASES = (["2026-03-12", "2026-03-13"], ["2026-03-12T10:00:00+01:00"], ["2026-03-12", "spring"], ["20260312", "20260313"])
for number, dates in enumerate(CASES):
    place = Path(sys.argv[1]) / str(number)
    (place / "set").mkdir(parents=True)
    (place / "set" / "README.md").write_text(CARD, encoding="utf-8")
    lines = "".join(json.dumps({"date": date}) + "\n" for date in dates)
    (place / "set" / "train.jsonl").write_text(lines, encoding="utf-8")
    loaded = datasets.load_dataset(str(place / "set"), cache_dir=str(place / "cache"))["train"]
    print(f"{json.dumps(dates)} -> {json.dumps(loaded['date'][:])}")
END

"$folder/venv/bin/python" "$folder/load.py" "$folder" 2>/dev/null | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
