#!/usr/bin/env bash
# DuckDB 2.0.1: a column that is null in the first 20,480 rows of a JSON file is null in all of them, whatever is
# written there.
#
# One would expect a text that comes after the rows from which types are guessed to be read, or to stop the reading: a
# text behind numbers stops it, and so does a field that a list's objects did not have yet, with the advice to look at
# more rows. But where all rows that were looked at have null, the type is "NULL", and each later value becomes null
# without a word: in a column, and in the objects of a list. A count of the rows that have a note is 0. With
# sample_size=-1 all is read.
#
# It matters for us because notes, restatements and reasons are rare: in the JSON Lines of a project that has more than
# 20,480 decided claims the first of them may come late. docs/export.md has the line that reads them; Parquet has its
# types inside.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb==2.0.1

cat >"$folder/expected" <<'END'
duckdb 2.0.1
null in 20479 rows, then a text: VARCHAR, 'late'; in a list VARCHAR, 'late'
null in 20480 rows, then a text: "NULL", None; in a list "NULL", None
null in 20480 rows, then a text, sample_size=-1: VARCHAR, 'late'; in a list VARCHAR, 'late'
null in 20480 rows, then a text, notes counted: 0
a number in 20480 rows, then a text: InvalidInputException
END

cat >"$folder/later.py" <<'END'
import json
import sys
from importlib.metadata import version
from pathlib import Path

import duckdb

print("duckdb", version("duckdb"))
PATH = Path(sys.argv[1]) / "claims.jsonl"


def write(rows, first):
    lines = [json.dumps({"id": number, "note": first, "verdicts": [{"reason": first}]}) for number in range(rows)]
    lines.append(json.dumps({"id": rows, "note": "late", "verdicts": [{"reason": "late"}]}))
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(what, rows, options=""):
    table = f"read_json('{PATH}'{options})"
    try:
        (found,) = duckdb.sql(
            f"select typeof(note), note, typeof(verdicts[1].reason), verdicts[1].reason from {table} where id = {rows}"
        ).fetchall()
    except duckdb.Error as error:
        print(f"{what}: {type(error).__name__}")
        return
    print(f"{what}: {found[0]}, {found[1]!r}; in a list {found[2]}, {found[3]!r}")


write(20479, None)
read("null in 20479 rows, then a text", 20479)
write(20480, None)
read("null in 20480 rows, then a text", 20480)
read("null in 20480 rows, then a text, sample_size=-1", 20480, ", sample_size=-1")
print("null in 20480 rows, then a text, notes counted:", duckdb.sql(f"select count(note) from '{PATH}'").fetchall()[0][0])
write(20480, 1)
read("a number in 20480 rows, then a text", 20480)
END

"$folder/venv/bin/python" "$folder/later.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
