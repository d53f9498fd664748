#!/usr/bin/env bash
# brat-peek 0.1.2.1: two people who marked different places of an article agree wholly, where the words are alike.
#
# One would expect "filename, label, offset" to compare files, labels and places: the manual recommends always to use
# those three, as "in the same position in text". The column called offset holds the words that were marked, and the
# place is in one called span. So a "said" of Ana Prado and a "said" of Rui Lago are one mark, and "he" is the same man in
# every sentence; what somebody marked three times is one mark of hers, too. Two people of whom one has worked on the
# first sentence and the other on the last agree by 1, label by label, where by span they agree by 0. With words that
# stand in a text but once both are alike, which is what a first trial has.
#
# It matters for us because cues are a handful of words ("said", "told") and sources are pronouns, and who is quoted for
# what is the question: our export for brat has the folders of the reviewers that it compares. docs/export.md says to
# give it span; `annotator report agreement` compares spans by their place.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    brat-peek==0.1.2.1 numpy==2.4.6 pandas==3.1.1 seaborn==0.13.2 unidecode==1.4.0

cat >"$folder/expected" <<'END'
brat-peek 0.1.2.1
the same words, elsewhere, by filename, label, offset: all 1.0, Cue 1.0, Source 1.0
the same words, elsewhere, by filename, label, span: all 0.0, Cue 0.0, Source 0.0
one mark instead of three, by filename, label, offset: all 1.0, Cue 1.0, Source 1.0
one mark instead of three, by filename, label, span: all 0.333, Cue 0.333, Source 0.333
the same marks, by filename, label, offset: all 1.0, Cue 1.0, Source 1.0
the same marks, by filename, label, span: all 1.0, Cue 1.0, Source 1.0
END

cat >"$folder/agree.py" <<'END'
import contextlib
import io
import re
import sys
from importlib.metadata import version
from pathlib import Path

import peek

PLACE = Path(sys.argv[1])
TEXT = "He said that the quay fell. He said that it stood. He said nothing.\n"
SAYINGS = [(match.start(), match.start() + 2, match.end() - 4, match.end()) for match in re.finditer("He said", TEXT)]
print("brat-peek", version("brat-peek"))


def marked(person, case, sayings):
    """A folder of one person, with a source and a cue for each saying."""
    place = PLACE / case / person
    place.mkdir(parents=True)
    (place / "quay.txt").write_text(TEXT, encoding="utf-8")
    lines = []
    for number, (he, ends, said, full) in enumerate(sayings):
        lines.append(f"T{2 * number + 1}\tSource {he} {ends}\t{TEXT[he:ends]}\n")
        lines.append(f"T{2 * number + 2}\tCue {said} {full}\t{TEXT[said:full]}\n")
    (place / "quay.ann").write_text("".join(lines), encoding="utf-8")
    return peek.AnnCorpus(str(place))


CASES = {
    "the same words, elsewhere": (SAYINGS[:1], SAYINGS[2:]),
    "one mark instead of three": (SAYINGS, SAYINGS[:1]),
    "the same marks": (SAYINGS, SAYINGS),
}
for case, (anas, ruis) in CASES.items():
    people = [marked("ana", case, anas), marked("rui", case, ruis)]
    for compared in (["filename", "label", "offset"], ["filename", "label", "span"]):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            peek.metrics.show_iaa(people, compared, ["Source", "Cue"])
        lines = printed.getvalue().splitlines()
        whole = next(line for line in lines if re.fullmatch(r"[\d.]+", line))
        labels = [re.match(r"(\w+): ([\d.]+)", line).expand(r"\1 \2") for line in lines if line.startswith(("Cue:", "Source:"))]
        print(f"{case}, by {', '.join(compared)}: all {whole}, {', '.join(labels)}")
END

"$folder/venv/bin/python" "$folder/agree.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
