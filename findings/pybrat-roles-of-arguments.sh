#!/usr/bin/env bash
# pybrat 0.1.7: of an event in brat's files, who spoke and who was spoken to are the same, and who did not speak spoke.
#
# One would expect the arguments of an event to come with their roles, since nothing else tells what they are: the class
# Event has a class Argument inside, with a field for it, and its list of arguments is declared to be of that class. What
# is in the list is the marked words themselves, in the order of the line, and a role is nowhere. Where the words are
# marked as sources and contents it can be guessed, but not where both people of the event are marked as persons: of "Ana
# Prado told Rui Lago" and of "Ana Prado was told by Rui Lago" the arguments are the same. brat's attributes are passed
# over, so an event that was marked as negated is read as one that was not. bioc 2.1 has roles and attributes.
#
# It matters for us because source, cue, content and relay are the roles of an event in our export for brat, and whether
# it is negated is an attribute. pybrat refuses that export besides, for relations between events and for two marks on the
# same words, both of which brat allows. docs/export.md says so; a test holds that our import reads roles and negation.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pybrat==0.1.7 bioc==2.1

cat >"$folder/expected" <<'END'
pybrat 0.1.7, bioc 2.1
Ana Prado told Rui Lago nothing.
  pybrat: Saying(told): Entity Ana Prado, Entity Rui Lago
  bioc: Saying(told): Source Ana Prado, Listener Rui Lago
Ana Prado was told nothing by Rui Lago.
  pybrat: Saying(told): Entity Ana Prado, Entity Rui Lago
  bioc: Saying(told): Listener Ana Prado, Source Rui Lago
Ana Prado never told Rui Lago.
  pybrat: Saying(told): Entity Ana Prado, Entity Rui Lago
  bioc: Saying(told): Source Ana Prado, Listener Rui Lago; Negated
END

cat >"$folder/read.py" <<'END'
import sys
from importlib.metadata import version
from pathlib import Path

from bioc import brat
from pybrat.parser import BratParser

PLACE = Path(sys.argv[1])
print(f"pybrat {version('pybrat')}, bioc {version('bioc')}")
CASES = (
    ("Ana Prado told Rui Lago nothing.", "Source", "Listener", ""),
    ("Ana Prado was told nothing by Rui Lago.", "Listener", "Source", ""),
    ("Ana Prado never told Rui Lago.", "Source", "Listener", "A1\tNegated E1\n"),
)
for number, (text, first, second, attribute) in enumerate(CASES):
    place = PLACE / f"case{number}"
    place.mkdir()
    (place / "quay.txt").write_text(text, encoding="utf-8")
    lines = []
    for name, kind, words in (("T1", "Person", "Ana Prado"), ("T2", "Saying", "told"), ("T3", "Person", "Rui Lago")):
        start = text.index(words)
        lines.append(f"{name}\t{kind} {start} {start + len(words)}\t{words}\n")
    lines.append(f"E1\tSaying:T2 {first}:T1 {second}:T3\n{attribute}")
    (place / "quay.ann").write_text("".join(lines), encoding="utf-8")
    print(text)

    [event] = BratParser().parse(place)[0].events
    kept = ", ".join(f"{type(argument).__name__} {argument.mention}" for argument in event.arguments)
    print(f"  pybrat: {event.type}({event.trigger.mention}): {kept}")

    document = brat.loads(text, "".join(lines))
    words = {entity.id: entity.text for entity in document.entities}
    [event] = document.events
    kept = ", ".join(f"{role} {words[name]}" for role, name in event.arguments.items())
    attributes = "".join(f"; {attribute.type}" for attribute in document.attributes)
    print(f"  bioc: {event.type}({words[event.trigger_id]}): {kept}{attributes}")
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
