#!/usr/bin/env bash
# Hugging Face datasets 5.2.0: one number is another label in each split, and what looks like the mending of it gives the
# rows other labels.
#
# One would expect class_encode_column on a DatasetDict to number the labels of the dataset. It numbers those of each
# split for itself, in the order of the alphabet: where nobody in the test split said "mixed", 0 is mixed in train and
# refuted in test. A model that was trained on the numbers is scored against others, and nothing is said.
# (concatenate_datasets alone notices.) Whoever then casts the test split to the ClassLabel of train gets no numbers that
# are translated by their names, as one has it of a cast from words: the numbers stay, and each has the name of another
# label. What was refuted is mixed, and what was supported is refuted. align_labels_with_mapping goes by the names; so
# does a cast of the words, before anything is numbered.
#
# It matters for us because our card leaves worth, voice and the like as the words that they are, so whoever trains
# numbers them, and a rare value is in one split and not in the other. docs/export.md says which call to take.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check datasets==5.2.0

cat >"$folder/expected" <<'END'
datasets 5.2.0
train, encoded: ['supported', 'refuted', 'mixed'] is [2, 1, 0]
test, encoded: ['supported', 'refuted'] is [1, 0]
test, cast to the labels of train: ['refuted', 'mixed'] is [1, 0]
test, aligned with train: ['supported', 'refuted'] is [2, 1]
test, words cast to the labels of train: ['supported', 'refuted'] is [2, 1]
END

cat >"$folder/encode.py" <<'END'
from importlib.metadata import version

import datasets

datasets.disable_progress_bars()
print("datasets", version("datasets"))
WORDS = datasets.DatasetDict(
    train=datasets.Dataset.from_dict({"verdict": ["supported", "refuted", "mixed"]}),
    test=datasets.Dataset.from_dict({"verdict": ["supported", "refuted"]}),
)


def shown(what, split):
    numbers = split["verdict"][:]
    print(f"{what}: {split.features['verdict'].int2str(numbers)} is {numbers}")


encoded = WORDS.class_encode_column("verdict")
labels = encoded["train"].features["verdict"]
for name, split in encoded.items():
    shown(f"{name}, encoded", split)
shown("test, cast to the labels of train", encoded["test"].cast_column("verdict", labels))
numbers = {name: number for number, name in enumerate(labels.names)}
shown("test, aligned with train", encoded["test"].align_labels_with_mapping(numbers, "verdict"))
shown("test, words cast to the labels of train", WORDS["test"].cast_column("verdict", labels))
END

HF_HUB_OFFLINE=1 HF_HOME="$folder/hub" "$folder/venv/bin/python" "$folder/encode.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
