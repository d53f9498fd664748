#!/usr/bin/env bash
# Datasette 0.65.5: the CSV of a query ends after 1,000 rows, and says nothing, whatever one asks of it.
#
# One would expect a CSV file to be all rows, or to say that it is not: the page and the JSON of the same query do
# ("truncated"). `_stream=on`, which gives all rows of a table and of a view, changes nothing for a query, and is no
# error there. And without it, the link "CSV" on the page of a view of 2,500 rows gives 1,000 as well. A thousand rows
# are enough to look complete.
#
# It matters for us because our SQLite export is meant for Datasette, and what one wants of it is a query: a dataset of
# 1,000 claims would be counted. docs/export.md says how to have all of them.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check datasette==0.65.5

cat >"$folder/expected" <<'END'
datasette 0.65.5
JSON of the query: 1000 rows, truncated: True
CSV of the query: 1000 rows
CSV of the query, _stream=on: 1000 rows
the page's link to the view's CSV, /claims/claims.csv?_size=max: 1000 rows
CSV of the view, _stream=on: 2500 rows
END

cat >"$folder/ask.py" <<'END'
import asyncio
import re
import sqlite3
import sys
from importlib.metadata import version

from datasette.app import Datasette

print("datasette", version("datasette"))
file = f"{sys.argv[1]}/claims.db"
with sqlite3.connect(file) as connection:
    connection.execute("create table judgement (claim integer primary key, verdict text)")
    connection.execute("create view claims as select claim, verdict from judgement")
    connection.executemany("insert into judgement values (?, 'supported')", [(claim,) for claim in range(2500)])


async def asked():
    client = Datasette([file]).client

    async def rows(address):
        return f"{len((await client.get(address)).text.split()) - 1} rows"

    query = "sql=select+*+from+claims"
    told = (await client.get(f"/claims.json?{query}")).json()
    print(f"JSON of the query: {len(told['rows'])} rows, truncated: {told['truncated']}")
    print("CSV of the query:", await rows(f"/claims.csv?{query}"))
    print("CSV of the query, _stream=on:", await rows(f"/claims.csv?{query}&_stream=on"))
    link = re.search(r'href="([^"]+\.csv[^"]*)"', (await client.get("/claims/claims")).text)[1]
    print(f"the page's link to the view's CSV, {link}:", await rows(link))
    print("CSV of the view, _stream=on:", await rows("/claims/claims.csv?_stream=on"))


asyncio.run(asked())
END

"$folder/venv/bin/python" "$folder/ask.py" "$folder" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
