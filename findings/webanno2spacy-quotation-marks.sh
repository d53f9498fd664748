#!/usr/bin/env bash
# webanno2spacy 0.1.0: of a WebAnno TSV file, what stands between two quotation marks is not read.
#
# One would expect every token of the file to be read, with what was annotated on it. In WebAnno TSV a cell is never
# quoted, and a quotation mark is a token as any other. But the file is gone through as if it were CSV, with '"' for the
# quotes: the mark that opens a quotation begins a cell which ends at the next mark, over all lines between. What is
# left of it looks like a line with seven cells and no label, so neither it nor the quotation is missed; both are in the
# text of the document, and what was marked inside the quotation is in none of its relations. Marks that are curled (“
# ”) do no harm, so it depends on how an outlet sets its quotations.
#
# It matters for us because INCEpTION, for which our UIMA export is, has WebAnno TSV as its own format, and what stands
# between quotation marks is what attributions are about: contents would be missing, and of these only. docs/export.md
# says so; our import reads UIMA CAS, which has no such cells.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check webanno2spacy==0.1.0 spacy==3.8.18

cat >"$folder/expected" <<'END'
webanno2spacy 0.1.0, spaCy 3.8.18
curled: Ida -> said, fell -> said, rose -> said, Ben -> said
straight: Ida -> said, Ben -> said
straight, read without quoting: Ida -> said, fell -> said, rose -> said, Ben -> said
END

cat >"$folder/read.py" <<'END'
import csv
import re
import sys
from importlib.metadata import version
from pathlib import Path

import spacy
import webanno2spacy

PLACE = Path(sys.argv[1])
TEXT = "Ida said: {}it fell, it rose{} as Ben knew."
print(f"webanno2spacy {version('webanno2spacy')}, spaCy {version('spacy')}")
spacy.blank("en").to_disk(PLACE / "model")
rows_converted, documents = webanno2spacy.convert_rows, []


def kept(*arguments):
    """The document that convert_file makes, which it writes and does not return."""
    documents.append(rows_converted(*arguments))
    return documents[-1]


webanno2spacy.convert_rows = kept


def written(name, opening, closing):
    """The text, and a TSV file with a span on each of four words and a relation from it to the cue."""
    text = TEXT.format(opening, closing)
    lines = ["#FORMAT=WebAnno TSV 3.3", "#T_SP=webanno.custom.Part|role", "#T_RL=webanno.custom.Link|role", "", "", f"#Text={text}"]
    for number, token in enumerate(re.finditer(r"\w+|[^\w\s]", text), 1):
        word = token.group()
        role = {"said": "cue", "Ida": "source", "Ben": "source", "fell": "content", "rose": "content"}.get(word, "_")
        relation = "_\t_" if role in ("_", "cue") else "of\t1-2"
        lines.append(f"1-{number}\t{token.start()}-{token.end()}\t{word}\t{role}\t{relation}\t")
    (PLACE / f"{name}.txt").write_text(text, encoding="utf-8")
    (PLACE / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return text


def shown(name, document):
    words = {token.idx: token.text for token in document}
    print(f"{name}:", ", ".join(f"{words[span]} -> {words[head]}" for span, head in sorted(document._.rel)))


for name, marks in (("curled", "“”"), ("straight", '""')):
    text = written(name, *marks)
    webanno2spacy.convert_file(str(PLACE / "model"), PLACE / f"{name}.txt", PLACE / f"{name}.tsv")
    shown(name, documents[-1])
with open(PLACE / "straight.tsv", encoding="utf-8") as file:
    rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    shown("straight, read without quoting", rows_converted(spacy.load(PLACE / "model"), text, rows))
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
