#!/usr/bin/env bash
# bratiaa 0.1.4: a label about which people disagree most has the same agreement as one that nobody used.
#
# One would expect a mark that one of three people made to lower the agreement on its label: it has an F1 of 0 with each
# of the two others. The table has nan for it, as for a label that is in the configuration and nowhere else: of the pair
# that made no such mark the F1 is 0 of 0, and one such pair makes the mean of all pairs nan. So it is with documents.
# With two people the same mark has 0, and in the total of all labels it counts. And a project with events stops with
# the advice to complete annotation.conf, complete as it is: the spans of events have the events' names, and only those
# of entities are known.
#
# It matters for us because our export for brat has the folders that bratiaa expects, and a relay is what one reviewer
# sees and another does not. docs/export.md says what to add to the configuration, and how to read nan; the F1 of each
# pair is in our own `annotator report agreement`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check bratiaa==0.1.4 numpy==2.4.6 scipy==1.17.1

cat >"$folder/expected" <<'END'
bratiaa 0.1.4
two people: Content nan, Relay 0.00, Source 1.00; all 0.67
three people: Content nan, Relay nan, Source 1.00; all 0.78
with events: KeyError 'Attribution'
events as entities too: Attribution 1.00, Content nan, Relay nan, Source 1.00; all 1.00
END

cat >"$folder/measure.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

import bratiaa

print("bratiaa", version("bratiaa"))
TEXT = "Ida told Reuters that the quay had closed.\n"
SOURCE, RELAY, TRIGGER = "T1\tSource 0 3\tIda\n", "T2\tRelay 9 16\tReuters\n", "T3\tAttribution 4 8\ttold\nE1\tAttribution:T3 Source:T1\n"
ENTITIES, EVENTS = ("Source", "Relay", "Content"), "[events]\nAttribution Source:Source\n"


def measured(name, annotations, entities=ENTITIES, events="[events]\n"):
    root = Path(sys.argv[1]) / name
    for who, marks in annotations.items():
        (root / who).mkdir(parents=True)
        (root / who / "quay.txt").write_text(TEXT, encoding="utf-8")
        (root / who / "quay.ann").write_text(marks, encoding="utf-8")
    lines = "\n".join(("[entities]", *entities, events, "[relations]", "[attributes]", ""))
    (root / "annotation.conf").write_text(lines, encoding="utf-8")
    try:
        found = bratiaa.compute_f1_agreement(root.as_posix())
    except KeyError as error:
        print(f"{name}: KeyError {error}")
    else:
        labels = ", ".join(f"{label} {value:.2f}" for label, value in zip(found.labels, found.mean_sd_per_label()[0]))
        print(f"{name}: {labels}; all {found.mean_sd_total()[0]:.2f}")


measured("two people", {"ana": SOURCE + RELAY, "ben": SOURCE})
measured("three people", {"ana": SOURCE + RELAY, "ben": SOURCE, "caro": SOURCE})
measured("with events", {"ana": SOURCE + TRIGGER, "ben": SOURCE + TRIGGER}, events=EVENTS)
measured("events as entities too", {"ana": SOURCE + TRIGGER, "ben": SOURCE + TRIGGER}, (*ENTITIES, "Attribution"), EVENTS)
END

"$folder/venv/bin/python" "$folder/measure.py" "$folder" 2>"$folder/said" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    cat "$folder/said" >&2
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
