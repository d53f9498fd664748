#!/usr/bin/env bash
# dkpro-cassis 0.12.0: a CAS in JSON that has a list of texts cannot be read with the type system that it was made with.
#
# One would expect load_cas_from_json(file, typesystem=types), the call that XMI needs, to be harmless for JSON, which has
# its types inside: the two are merged, and they are the same. But the range "uima.cas.String[]" of JSON is read as a
# StringArray whose elements are String, while the type system that was made in Python or read from TypeSystem.xml says
# nothing of elements, as UIMA's own files do not. So cassis finds the feature "redefined differently" and raises. It
# concerns arrays of simple values alone; without them, and without the type system, the same file is read.
# In both directions there is no way round but to leave one of the two out (merge_typesystem=False, or no typesystem).
#
# It matters for us because exports for INCEpTION lie beside their TypeSystem.xml, and its layers with several values are
# such arrays: our import must not give cassis the type system of a folder for JSON.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dkpro-cassis==0.12.0

cat >"$folder/expected" <<'END'
dkpro-cassis 0.12.0
uima.cas.String, without its types: read
uima.cas.String, with its types: read
uima.cas.StringArray, without its types: read
uima.cas.StringArray, with its types: ValueError: Feature with name [names] already exists in [quay.Boat] but is redefined differently!
uima.cas.StringArray, with its types, not merged: read
uima.cas.IntegerArray, without its types: read
uima.cas.IntegerArray, with its types: ValueError: Feature with name [names] already exists in [quay.Boat] but is redefined differently!
uima.cas.IntegerArray, with its types, not merged: read
END

cat >"$folder/load.py" <<'END'
from importlib.metadata import version

import cassis

print("dkpro-cassis", version("dkpro-cassis"))


def tried(what, *given, **options):
    try:
        cassis.load_cas_from_json(*given, **options)
        print(f"{what}: read")
    except Exception as error:
        print(f"{what}: {type(error).__name__}: {error}")


for held, value in (("uima.cas.String", "Anna"), ("uima.cas.StringArray", ["Anna", "Ida"]), ("uima.cas.IntegerArray", [1, 2])):
    types = cassis.TypeSystem()
    boat = types.create_type("quay.Boat")
    types.create_feature(boat, "names", held)
    cas = cassis.Cas(types, sofa_string="Two boats.")
    names = value if isinstance(value, str) else types.get_type(held)(elements=value)
    cas.add(boat(begin=0, end=9, names=names))
    tried(f"{held}, without its types", cas.to_json())
    tried(f"{held}, with its types", cas.to_json(), types)
    if not isinstance(value, str):
        tried(f"{held}, with its types, not merged", cas.to_json(), types, merge_typesystem=False)
END

"$folder/venv/bin/python" "$folder/load.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
