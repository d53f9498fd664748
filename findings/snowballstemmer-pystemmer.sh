#!/usr/bin/env bash
# snowballstemmer 3.1.1: what a word's stem is depends on whether another package is installed, and on its version.
#
# One would expect the stems of a pinned version to be the same on every machine. But snowballstemmer.stemmer() gives
# out PyStemmer's stemmer wherever PyStemmer can be imported, and neither package asks for a version of the other. The
# manual says that the results "should" be the same; they are only of a PyStemmer made from the same Snowball. Beside
# PyStemmer 3.0.0 "international" and "intern" have one stem, without it they have two; beside 2.2.0.3 whole languages
# differ, and one is missing. Nothing tells which one is at work but the type of the object.
#
# It matters for us because claims are matched by stems: scores would be those of one machine. Our matching takes the
# algorithms from their own modules (annotator/matching/reading.py), never through stemmer().
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/expected" <<'END'
snowballstemmer 3.1.1, no PyStemmer
english: international internat, interval interval, skis ski, university universiti
dutch: regeringen regeer, burgemeesters burgemee
estonian: valitsused valitsuse
stemmer: EnglishStemmer; module: internat
snowballstemmer 3.1.1, PyStemmer 3.0.0
english: international intern, interval interv, skis skis, university universiti
dutch: regeringen regeer, burgemeesters burgemee
estonian: valitsused valitsuse
stemmer: Stemmer; module: internat
snowballstemmer 3.1.1, PyStemmer 2.2.0.3
english: international intern, interval interv, skis ski, university univers
dutch: regeringen reger, burgemeesters burgemeester
estonian: no such language
stemmer: Stemmer; module: internat
END

cat >"$folder/stems.py" <<'END'
from importlib.metadata import PackageNotFoundError, version

import snowballstemmer
from snowballstemmer.english_stemmer import EnglishStemmer

try:
    other = f"PyStemmer {version('PyStemmer')}"
except PackageNotFoundError:
    other = "no PyStemmer"
print(f"snowballstemmer {version('snowballstemmer')}, {other}")
for language, words in (
    ("english", ("international", "interval", "skis", "university")),
    ("dutch", ("regeringen", "burgemeesters")),
    ("estonian", ("valitsused",)),
):
    try:
        stem = snowballstemmer.stemmer(language).stemWord
        print(f"{language}:", ", ".join(f"{word} {stem(word)}" for word in words))
    except KeyError:
        print(f"{language}: no such language")
kind = type(snowballstemmer.stemmer("english")).__name__
print(f"stemmer: {kind}; module: {EnglishStemmer().stemWord('international')}")
END

python3 -m venv "$folder/venv"
for packages in snowballstemmer==3.1.1 PyStemmer==3.0.0 PyStemmer==2.2.0.3; do
    "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$packages"
    "$folder/venv/bin/python" "$folder/stems.py" | tee -a "$folder/seen"
done
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
