#!/usr/bin/env bash
# fastparquet 2026.9.0: a column of lists of records is None in every row.
#
# One would expect a reader to refuse a column that it cannot read, or to leave it out: the manual says that nesting is
# read one level deep, lists and maps of simple values. It lists the column among the file's, reads it, and every row of
# it is None, without a warning: a claim with three verdicts cannot be told from one without. And times that are in
# UTC, by the file's own type, come back without a zone. Whoever calls pandas.read_parquet may not know that it is at work: pandas
# 3.1.1 takes pyarrow, and where that is not installed, fastparquet (which it calls deprecated, and says nothing of what is lost).
#
# It matters for us because attributions, verdicts and evidence are such lists in our Parquet: all of them would be
# missing. docs/export.md says to read it with pyarrow.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pandas==3.1.1 fastparquet==2026.9.0 pyarrow==26.0.1 numpy==2.2.6

cat >"$folder/expected" <<'END'
pandas 3.1.1, fastparquet 2026.9.0, pyarrow 26.0.1
pyarrow: [[], [{'value': 'refuted'}, {'value': 'mixed'}]] [['a'], []] 2026-03-12 10:00:00+00:00
fastparquet: [None, None] [['a'], []] 2026-03-12 10:00:00
END

cat >"$folder/read.py" <<'END'
import sys
import warnings
from datetime import datetime, timezone
from importlib.metadata import version

import pandas
import pyarrow
import pyarrow.parquet

warnings.simplefilter("ignore", DeprecationWarning)
print(", ".join(f"{name} {version(name)}" for name in ("pandas", "fastparquet", "pyarrow")))
file = f"{sys.argv[1]}/claims.parquet"
rows = [
    {"verdicts": [], "tags": ["a"], "decided": datetime(2026, 3, 12, 10, tzinfo=timezone.utc)},
    {"verdicts": [{"value": "refuted"}, {"value": "mixed"}], "tags": [], "decided": None},
]
pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), file)
for engine in ("pyarrow", "fastparquet"):
    table = pandas.read_parquet(file, engine=engine)
    verdicts = [None if each is None else list(each) for each in table["verdicts"]]
    print(f"{engine}: {verdicts} {[list(each) for each in table['tags']]} {table['decided'][0]}")
END

"$folder/venv/bin/python" "$folder/read.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
