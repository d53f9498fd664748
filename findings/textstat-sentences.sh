#!/usr/bin/env bash
# textstat 0.7.13: the more figures a text has the easier it reads, for a decimal point ends a sentence.
#
# One would expect the number of sentences of a short, plain text to be that of its sentences; the measures of
# readability divide by it. textstat ends a sentence at every full stop, that of 60.5 too, and then leaves out every
# sentence of two words or one: "No.", "She refused." So there are too many sentences in a text with figures and too few
# in an interview, and their length is off by as much: one sentence with two decimals is three to textstat, of three
# words each, and three answers are one of five words. Without the decimals, "60 percent" for "60.5", the same sentence
# is one, and almost a year harder by the automated readability index, though it is the shorter one. The manual says of
# sentence_count that it counts the sentences.
#
# It matters for us because corpora are described by such figures, sentences and words in each, and those differ by how
# many figures and quotations a text has: by just what makes claims. docs/segmentation.md says so; `annotator split`
# prints the sentences.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textstat==0.7.13

cat >"$folder/expected" <<'END'
textstat 0.7.13
The bridge was closed for a week. The ministry gave no reason.
  sentences: 2, to textstat 2; words in each: 6.0, 6.0; automated readability index 1.6
Turnout was 60.5 percent, down from 62.3 in 2019.
  sentences: 1, to textstat 3; words in each: 9.0, 3.0; automated readability index 1.5
Turnout was 60 percent, down from 62 in 2019.
  sentences: 1, to textstat 1; words in each: 9.0, 9.0; automated readability index 2.4
No. She refused. He agreed.
  sentences: 3, to textstat 1; words in each: 1.7, 5.0; automated readability index 2.7
“No.” She would not say why. “Never.” He would not either.
  sentences: 4, to textstat 2; words in each: 2.8, 5.5; automated readability index 1.9
END

cat >"$folder/count.py" <<'END'
from importlib.metadata import version

import textstat

print("textstat", version("textstat"))
for sentences, text in (
    (2, "The bridge was closed for a week. The ministry gave no reason."),
    (1, "Turnout was 60.5 percent, down from 62.3 in 2019."),
    (1, "Turnout was 60 percent, down from 62 in 2019."),
    (3, "No. She refused. He agreed."),
    (4, "“No.” She would not say why. “Never.” He would not either."),
):
    print(text)
    print(f"  sentences: {sentences}, to textstat {textstat.sentence_count(text)};", end=" ")
    print(f"words in each: {textstat.lexicon_count(text) / sentences:.1f}, {textstat.words_per_sentence(text):.1f};", end=" ")
    print(f"automated readability index {textstat.automated_readability_index(text):.1f}")
END

"$folder/venv/bin/python" "$folder/count.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
