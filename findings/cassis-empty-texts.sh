#!/usr/bin/env bash
# dkpro-cassis 0.12.0: XMI and JSON lose different things of a list of texts that is empty, or has an empty text.
#
# One would expect a StringArray to come back from a file as it was written. From XMI an empty text in it comes back as
# None, and from JSON an array without elements comes back with None for its elements, which cannot be gone through: a
# loop over them raises TypeError. Each format keeps what the other loses, and neither says anything, so it depends on
# the format that was chosen in INCEpTION which check a reader of several values needs. A text feature that is empty, in
# no array, comes back from both.
#
# It matters for us because evidence and publications are such arrays: we write no empty ones, and read elements that are
# None, and elements that are no texts, as none.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dkpro-cassis==0.12.0

cat >"$folder/expected" <<'END'
dkpro-cassis 0.12.0
['Anna', '', ' ']: XMI ['Anna', None, ' '], JSON ['Anna', '', ' ']
[]: XMI [], JSON None
the text '': XMI '', JSON ''
END

cat >"$folder/load.py" <<'END'
from importlib.metadata import version

import cassis

print("dkpro-cassis", version("dkpro-cassis"))
types = cassis.TypeSystem()
boat = types.create_type("quay.Boat")
types.create_feature(boat, "names", "uima.cas.StringArray")
types.create_feature(boat, "owner", "uima.cas.String")
array = types.get_type("uima.cas.StringArray")


def read(names, owner=None):
    cas = cassis.Cas(types, sofa_string="Two boats.")
    cas.add(boat(begin=0, end=9, names=names, owner=owner))
    for again in (cassis.load_cas_from_xmi(cas.to_xmi(), types), cassis.load_cas_from_json(cas.to_json())):
        (one,) = again.select("quay.Boat")
        yield one


for elements in (["Anna", "", " "], []):
    xmi, json = read(array(elements=elements))
    print(f"{elements}: XMI {xmi.names.elements}, JSON {json.names.elements}")
xmi, json = read(None, "")
print(f"the text '': XMI {xmi.owner!r}, JSON {json.owner!r}")
END

"$folder/venv/bin/python" "$folder/load.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
