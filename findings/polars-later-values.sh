#!/usr/bin/env bash
# Polars 2.1.0: what is in a list of objects, but in none of the first hundred rows, is not read: null stands in its
# place.
#
# One would expect a value that does not fit the types which were guessed to be an error, as it is in a column of its
# own: where the first hundred rows have null there, a later text stops the reading. But inside a struct (so in every
# list of objects) a field that was null in the first hundred rows is null for ever, whatever is written there later,
# and a field or a column that only comes later does not exist. read_ndjson, from_dicts and DataFrame do so alike, and
# none says a word. In DataFrame a whole column of whole numbers takes 1.5 for 1 as well. The manual says how many rows
# are scanned, not what becomes of the others.
#
# It matters for us because reasons of verdicts and parents of attributions are null in most rows: read without
# infer_schema_length=None, our JSON Lines lose each that is rare. The manual's lines have it, and a test runs them.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check polars==2.1.0

cat >"$folder/expected" <<'END'
polars 2.1.0
a text behind nulls, in a column: read_ndjson ComputeError, from_dicts ComputeError, with None read_ndjson 'conflict', from_dicts 'conflict'
a text behind nulls, in a list: read_ndjson None, from_dicts None, with None read_ndjson 'conflict', from_dicts 'conflict'
a field that comes later, in a list: read_ndjson missing, from_dicts missing, with None read_ndjson 'conflict', from_dicts 'conflict'
a column that comes later: read_ndjson missing, from_dicts missing, with None read_ndjson 'conflict', from_dicts 'conflict'
1.5 behind whole numbers: read_ndjson ComputeError, from_dicts 1, with None read_ndjson 1.5, from_dicts 1.5
END

cat >"$folder/later.py" <<'END'
import io
import json
from importlib.metadata import version

import polars

print("polars", version("polars"))


def read(lines, **options):
    return polars.read_ndjson(io.BytesIO(lines.encode()), **options)


def from_dicts(lines, **options):
    return polars.from_dicts([json.loads(line) for line in lines.splitlines()], **options)


def tried(reader, lines, found, options):
    try:
        return repr(found(reader(lines, **options)[-1].to_dicts()[0]))
    except KeyError:
        return "missing"
    except polars.exceptions.ComputeError as error:
        return type(error).__name__


def shown(what, first, later, found):
    lines = "".join(json.dumps(row) + "\n" for row in [first] * 100 + [later])
    readers = {"read_ndjson": read, "from_dicts": from_dicts}
    guessed, whole = (
        ", ".join(f"{name} {tried(reader, lines, found, options)}" for name, reader in readers.items())
        for options in ({}, {"infer_schema_length": None})
    )
    print(f"{what}: {guessed}, with None {whole}")


def in_list(row):
    return row["verdicts"][0]["reason"]


def in_column(row):
    return row["reason"]


later = {"value": "mixed", "reason": "conflict"}
shown("a text behind nulls, in a column", {"reason": None}, {"reason": "conflict"}, in_column)
shown("a text behind nulls, in a list", {"verdicts": [{"value": "mixed", "reason": None}]}, {"verdicts": [later]}, in_list)
shown("a field that comes later, in a list", {"verdicts": [{"value": "mixed"}]}, {"verdicts": [later]}, in_list)
shown("a column that comes later", {"value": "mixed"}, later, in_column)
shown("1.5 behind whole numbers", {"reason": 1}, {"reason": 1.5}, in_column)
END

"$folder/venv/bin/python" "$folder/later.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
