#!/usr/bin/env bash
# xmi2conll 0.1.6: in the CoNLL file of a CAS each quotation mark is four, and two people who stand side by side are one.
#
# One would expect the tokens of the file to be those of the CAS, and each span that was marked to have a B- of its own,
# which is what the B of the IOB scheme that its README names is for. The file is made as a table of CSV first and then read
# line by line as if it were none: a token that is a straight quotation mark is written in quotation marks, doubled, and
# stays so, as four. Whether a span begins is decided by the label of the token before, not by the spans: two marks of
# one kind with nothing between are one mark of both, "Rui Lago Eva Reis". A word that is BREAK, in capitals, is a
# space, since that word stands for the end of a sentence meanwhile. The program says that all went well. It reads what
# cassis reads, which has all of it right.
#
# It matters for us because our exports for UIMA CAS go to INCEpTION, and taggers of quotations are trained on what comes
# from there as CoNLL: quotation marks are what tells a quotation, and lists of people who said something have no word
# between them in many languages. docs/export.md says to import the CAS and export CoNLL-U Plus, and tests hold that it
# has each mark once and a B- for each span.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    xmi2conll==0.1.6 setuptools==80.9.0

cat >"$folder/expected" <<'END'
xmi2conll 0.1.6, dkpro-cassis 0.7.2
in the CAS: 'PERSON Ana Prado', 'CONTENT "no"', 'PERSON Rui Lago', 'PERSON Eva Reis', 'CONTENT “no”'
in the CoNLL file: 'PERSON Ana Prado', 'CONTENT """" no """"', 'PERSON Rui Lago Eva Reis', 'CONTENT “ no ”'
tokens in the CAS: Ana Prado said " no " to Rui Lago Eva Reis . She said “ no ” at the BREAK .
tokens in the CoNLL file: Ana Prado said """" no """" to Rui Lago Eva Reis . She said “ no ” at the (a space) .
END

cat >"$folder/convert.py" <<'END'
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import cassis

PLACE = Path(sys.argv[1])
TEXT = 'Ana Prado said "no" to Rui Lago Eva Reis. She said “no” at the BREAK.'
MARKED = (("PERSON", "Ana Prado"), ("CONTENT", '"no"'), ("PERSON", "Rui Lago"), ("PERSON", "Eva Reis"), ("CONTENT", "“no”"))
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
print(f"xmi2conll {version('xmi2conll')}, dkpro-cassis {version('dkpro-cassis')}")

types = cassis.load_dkpro_core_typesystem()
cas = cassis.Cas(types)
cas.sofa_string = TEXT
cas.sofa_mime = "text/plain"
sentence, token, entity = (types.get_type(DKPRO + name) for name in ("segmentation.type.Sentence", "segmentation.type.Token", "ner.type.NamedEntity"))
for match in re.finditer(r"\S[^.]*\.", TEXT):
    cas.add(sentence(begin=match.start(), end=match.end()))
for match in re.finditer(r"\w+|[^\w\s]", TEXT):
    cas.add(token(begin=match.start(), end=match.end()))
for label, words in MARKED:
    cas.add(entity(begin=TEXT.index(words), end=TEXT.index(words) + len(words), value=label))
types.to_xml(PLACE / "TypeSystem.xml")
cas.to_xmi(PLACE / "quay.xmi")

x2c = Path(sys.executable).with_name("x2c")
subprocess.run([x2c, PLACE / "quay.xmi", PLACE / "TypeSystem.xml", "-o", f"{PLACE / 'out'}"], check=True, capture_output=True)
rows = [line.rsplit(" ", 1) for line in (PLACE / "out" / "quay.conll").read_text(encoding="utf-8").splitlines() if line.strip()]
spans: list[list[str]] = []
for word, tag in rows:
    if tag.startswith("B-"):
        spans.append([tag[2:], word])
    elif tag.startswith("I-"):
        spans[-1].append(word)

with (PLACE / "quay.xmi").open("rb") as file:
    read = cassis.load_cas_from_xmi(file, typesystem=types)
print("in the CAS:", ", ".join(repr(f"{each.value} {each.get_covered_text()}") for each in read.select(entity.name)))
print("in the CoNLL file:", ", ".join(repr(" ".join(span)) for span in spans))
print("tokens in the CAS:", *(each.get_covered_text() for each in read.select(token.name)))
print("tokens in the CoNLL file:", *(word.strip() or "(a space)" for word, _ in rows))
END

"$folder/venv/bin/python" "$folder/convert.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
