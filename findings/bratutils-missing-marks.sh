#!/usr/bin/env bash
# bratutils 0.2.2: somebody who marks one thing of four, rightly, agrees wholly with whoever marked all of them.
#
# One would expect recall to fall with each mark of the gold that is missing. What was met by nothing is counted at the
# end, by whether it has no status yet: in the gold, where make_gold (which the manual begins with) has given each mark
# the status "missing", that is none, and in the other file it is those that are too many, which are then called missing.
# So three of four marks missing leave precision, recall and F1 at 1, and a mark too many lowers recall instead of
# precision. Two labels on the same words are compared crosswise, besides: a file with a claim and a content over the
# same words has an F1 of one half with itself. Nothing is said either way, and where all have marked the same words
# the numbers are right.
#
# It matters for us because our export for brat has the folders of two reviewers that it compares, and a relay or a
# nested source is what one of them leaves out. docs/export.md says so; `annotator report agreement` counts what is
# missing.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check bratutils==0.2.2

cat >"$folder/expected" <<'END'
bratutils 0.2.2
the same three marks: precision 1.00, recall 1.00, F1 1.00; 3 correct, 0 incorrect, 0 missing, 0 spurious
a cue for a source: precision 0.67, recall 0.67, F1 0.67; 2 correct, 1 incorrect, 0 missing, 0 spurious
one of four marks: precision 1.00, recall 1.00, F1 1.00; 1 correct, 0 incorrect, 0 missing, 0 spurious
one mark too many: precision 1.00, recall 0.67, F1 0.80; 2 correct, 0 incorrect, 1 missing, 0 spurious
two labels on the same words, in both: precision 0.50, recall 0.50, F1 0.50; 2 correct, 2 incorrect, 0 missing, 0 spurious
END

cat >"$folder/compare.py" <<'END'
import logging
import sys
from importlib.metadata import version
from pathlib import Path

from bratutils.agreement import DocumentCollection

logging.disable(logging.CRITICAL)
FOLDER = Path(sys.argv[1])
TEXT = "Ana said that two of nine cables broke. Rui denied it."
SOURCE, CUE, CONTENT, OTHER = ("Source", "Ana"), ("Cue", "said"), ("Content", "that two of nine cables broke"), ("Source", "Rui")
CLAIM = ("Claim", "that two of nine cables broke")


def collection(name, marks):
    (FOLDER / name).mkdir(exist_ok=True)
    starts = [TEXT.index(words) for _, words in marks]
    lines = [
        f"T{number}\t{label} {start} {start + len(words)}\t{words}\n"
        for number, ((label, words), start) in enumerate(zip(marks, starts, strict=True), 1)
    ]
    (FOLDER / name / "a1.txt").write_text(TEXT)
    (FOLDER / name / "a1.ann").write_text("".join(lines))
    return DocumentCollection(f"{FOLDER / name}/")


print("bratutils", version("bratutils"))
for what, gold, other in (
    ("the same three marks", [SOURCE, CUE, CONTENT], [SOURCE, CUE, CONTENT]),
    ("a cue for a source", [SOURCE, CUE, CONTENT], [("Cue", "Ana"), CUE, CONTENT]),
    ("one of four marks", [SOURCE, CUE, CONTENT, OTHER], [SOURCE]),
    ("one mark too many", [SOURCE, CUE], [SOURCE, CUE, OTHER]),
    ("two labels on the same words, in both", [CLAIM, CONTENT], [CLAIM, CONTENT]),
):
    standard = collection("gold", gold)
    standard.make_gold()
    table = collection("other", other).compare_to_gold(standard)
    print(f"{what}: precision {table.pre:.2f}, recall {table.rec:.2f}, F1 {table.fsc:.2f};", end=" ")
    print(f"{table.cor} correct, {table.inc} incorrect, {table.mis} missing, {table.spu} spurious")
END

"$folder/venv/bin/python" "$folder/compare.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
