#!/usr/bin/env bash
# inceptalytics 0.1.1: an annotation that goes over the end of a sentence is not counted, and nobody disagrees about it.
#
# One would expect the analysis of an INCEpTION project to see every annotation of a layer, and one that only one of two
# people made to lower their agreement. It looks sentence by sentence for what lies inside a sentence: a content of two
# sentences, which INCEpTION allows where the layer is set to cross them, is in no count, no table and no coefficient.
# And agreement is measured on spans that both have, with both edges alike: two people who marked one source alike, and
# nothing else alike, have 100 % (and kappa and alpha of what is left). None of it is said; `len` of the CAS's own layer
# tells.
#
# It matters for us because contents of attributions often are several sentences, and in our UIMA export claims are the
# sentences: of our layer AttributionPart this program counts the short ones alone. docs/export.md says so, and that our
# own reports count all.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check \
    inceptalytics==0.1.1 dkpro-cassis==0.12.0 pandas==2.3.3

cat >"$folder/expected" <<'END'
inceptalytics 0.1.1
in the files: ana 3, ben 3
counted: ana 2, ben 3
content of one sentence: ben
percentage of agreement: 1.0
END

cat >"$folder/count.py" <<'END'
import io
import warnings
import zipfile
from importlib.metadata import version

warnings.simplefilter("ignore")
import cassis
from inceptalytics import Project

print("inceptalytics", version("inceptalytics"))
TEXT = "Ida spoke. It fell. It rose. Ben left."
types = cassis.TypeSystem()
sentence = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
part = types.create_type("webanno.custom.Part")
types.create_feature(part, "role", "uima.cas.String")
MARKED = {
    "ana": {"Ida": "source", "It fell. It rose.": "content", "spoke": "cue"},
    "ben": {"Ida": "source", "It fell.": "content", "Ben left": "content"},
}


def found(words):
    start = TEXT.index(words)
    return {"begin": start, "end": start + len(words)}


def document(marked):
    cas = cassis.Cas(types, sofa_string=TEXT)
    for words in ("Ida spoke.", "It fell.", "It rose.", "Ben left."):
        cas.add(sentence(**found(words)))
    for words, role in marked.items():
        cas.add(part(**found(words), role=role))
    return cas


def packed(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made


documents = {name: document(marked) for name, marked in MARKED.items()}
annotations = {
    f"annotation/quay.txt/{name}.zip": packed({"TypeSystem.xml": types.to_xml(), f"{name}.xmi": cas.to_xmi()}).getvalue()
    for name, cas in documents.items()
}
view = Project.from_zipped_xmi(packed({"source/quay.txt": TEXT, **annotations})).select("Part>role")
print("in the files:", ", ".join(f"{name} {len(cas.select('webanno.custom.Part'))}" for name, cas in documents.items()))
print("counted:", ", ".join(f"{name} {count}" for name, count in view.count(grouped_by="annotator").items()))
rows = view.data_frame
print("content of one sentence:", ", ".join(sorted(set(rows[rows["annotation"] == "content"]["annotator"]))))
print("percentage of agreement:", view.iaa("percentage"))
END

"$folder/venv/bin/python" "$folder/count.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
