#!/usr/bin/env bash
# spaCy 3.8.18: written as JSON, a document loses what tells which of its spans belong together.
#
# One would expect Doc.to_json and Doc.from_json to keep of a span what to_bytes, DocBin, pickle, copy and from_docs
# keep: all of these have its id (span_id), which spaCy has for one's own use. JSON has offsets, label and kb_id alone.
# The spans come back with an empty id, those of groups as those of the entities, and nothing tells that there was one:
# four spans of two attributions are four spans. What is set as kb_id instead comes back.
#
# It matters for us because source, cue and content of an attribution have nothing in spaCy that holds them together but
# such an id, and JSON lines are how documents go from spaCy to other tools. docs/export.md says what to take.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check spacy==3.8.18

cat >"$folder/expected" <<'END'
spaCy 3.8.18
the document: 'Ida':a1 'it fell':a1 'Ben':a2 'it rose':a2; entities a1 a1 a2 a2
to_bytes: 'Ida':a1 'it fell':a1 'Ben':a2 'it rose':a2; entities a1 a1 a2 a2
DocBin: 'Ida':a1 'it fell':a1 'Ben':a2 'it rose':a2; entities a1 a1 a2 a2
pickle: 'Ida':a1 'it fell':a1 'Ben':a2 'it rose':a2; entities a1 a1 a2 a2
to_json: 'Ida':- 'it fell':- 'Ben':- 'it rose':-; entities - - - -
its first span in JSON: {'start': 0, 'end': 3, 'label': 'SOURCE', 'kb_id': 'a1'}
END

cat >"$folder/keep.py" <<'END'
import pickle
from importlib.metadata import version

import spacy
from spacy.tokens import Doc, DocBin, Span

print("spaCy", version("spacy"))
NLP = spacy.blank("en")
document = NLP("Ida said it fell, and Ben said it rose.")
PLACES = ((0, 1, "SOURCE", "a1"), (2, 4, "CONTENT", "a1"), (6, 7, "SOURCE", "a2"), (8, 10, "CONTENT", "a2"))
document.spans["sc"] = [Span(document, start, end, label=label, span_id=name, kb_id=name) for start, end, label, name in PLACES]
document.set_ents([Span(document, start, end, label=label, span_id=name) for start, end, label, name in PLACES])


def shown(name, found):
    spans = " ".join(f"{span.text!r}:{span.id_ or '-'}" for span in found.spans["sc"])
    print(f"{name}: {spans}; entities {' '.join(entity.id_ or '-' for entity in found.ents)}")


shown("the document", document)
shown("to_bytes", Doc(NLP.vocab).from_bytes(document.to_bytes()))
shown("DocBin", next(DocBin(docs=[document]).get_docs(NLP.vocab)))
shown("pickle", pickle.loads(pickle.dumps(document)))
shown("to_json", Doc(NLP.vocab).from_json(document.to_json()))
print("its first span in JSON:", document.to_json()["spans"]["sc"][0])
END

"$folder/venv/bin/python" "$folder/keep.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
