#!/usr/bin/env bash
# potato-annotation 2.12.1: imported from Prodigy or doccano, spans have lost what links them, and nothing says so.
#
# One would expect an import of annotations to take the relations of spans along, for Potato has links between spans
# (span_link), or to say that it leaves them out, as it does of events and relations from brat. From Prodigy's JSON
# Lines, and from doccano's of a project with relations, the spans alone are read; the numbers of documents, spans and
# codes are right, there is no warning, and the configuration that is made has spans and no links. Where two people say
# two things in a sentence, nobody knows any more who said which.
#
# It matters for us because our exports for Prodigy and doccano have attributions as relations, and Potato's import
# takes both. docs/export.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check potato-annotation==2.12.1

cat >"$folder/expected" <<'END'
potato-annotation 2.12.1
brat
  warning: 4 relation(s) were not imported. brat relations reference T ids, which have to be resolved to Potato span ids before they can be reattached.
  Imported 1 document(s), 6 span(s), 3 code(s)
  in the file: 6 spans
  asks for links: False
prodigy.jsonl
  Imported 1 document(s), 6 span(s), 3 code(s)
  in the file: 6 spans
  asks for links: False
doccano.jsonl
  Imported 1 document(s), 6 span(s), 3 code(s)
  in the file: 6 spans
  asks for links: False
END

cat >"$folder/write.py" <<'END'
"""One sentence with two attributions, as brat, Prodigy and doccano have it."""

import json
import re
from pathlib import Path

TEXT = "Ana said yes and Rui said no."
SPANS = [("Source", 0, 3), ("Cue", 4, 8), ("Content", 9, 12), ("Source", 17, 20), ("Cue", 21, 25), ("Content", 26, 28)]
LINKS = [(1, 0, "source"), (1, 2, "content"), (4, 3, "source"), (4, 5, "content")]

brat = [f"T{number}\t{label} {start} {end}\t{TEXT[start:end]}" for number, (label, start, end) in enumerate(SPANS)]
brat += [f"R{number}\t{label} Arg1:T{head} Arg2:T{child}" for number, (head, child, label) in enumerate(LINKS)]
Path("brat").mkdir()
Path("brat/a1.txt").write_text(TEXT)
Path("brat/a1.ann").write_text("\n".join(brat) + "\n")

found = [(each.start(), each.end()) for each in re.finditer(r"\w+|\.", TEXT)]
tokens = [{"text": TEXT[start:end], "start": start, "end": end, "id": n} for n, (start, end) in enumerate(found)]
spans = [
    {"start": start, "end": end, "label": label, "token_start": found.index((start, end)), "token_end": found.index((start, end))}
    for label, start, end in SPANS
]
relations = [
    {"head": spans[head]["token_end"], "child": spans[child]["token_end"], "head_span": spans[head], "child_span": spans[child], "label": label}
    for head, child, label in LINKS
]
task = {"text": TEXT, "tokens": tokens, "spans": spans, "relations": relations, "answer": "accept", "_view_id": "relations"}
Path("prodigy.jsonl").write_text(json.dumps(task) + "\n")

entities = [{"id": n, "label": label, "start_offset": start, "end_offset": end} for n, (label, start, end) in enumerate(SPANS)]
links = [{"id": n, "from_id": head, "to_id": child, "type": label} for n, (head, child, label) in enumerate(LINKS)]
row = {"id": 1, "text": TEXT, "entities": entities, "relations": links, "Comments": []}
Path("doccano.jsonl").write_text(json.dumps(row) + "\n")
END

cat >"$folder/look.py" <<'END'
import json
import sys
from pathlib import Path

import yaml

folder = Path(sys.argv[1])
made = json.loads(next((folder / "data").glob("*.json")).read_text().splitlines()[0])
schemes = [scheme["annotation_type"] for scheme in yaml.safe_load((folder / "config.yaml").read_text())["annotation_schemes"]]
print("  in the file:", ", ".join(f"{len(found)} {what}" for what, found in made["predictions"].items() if isinstance(found, list)))
print("  asks for links:", "span_link" in schemes)
END

cd "$folder"
{
    venv/bin/python -c "from importlib.metadata import version; print('potato-annotation', version('potato-annotation'))"
    venv/bin/python write.py
    for source in brat prodigy.jsonl doccano.jsonl; do
        echo "$source"
        venv/bin/potato import -f "${source%.jsonl}" -i "$source" -o "made-$source" 2>&1 |
            grep -E "not imported|Imported" | sed -e 's/.*WARNING[^ ]* /warning: /' -e 's/ into .*//' -e 's/^/  /' || true
        venv/bin/python look.py "made-$source"
    done
} | tee seen
if ! diff expected seen; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
