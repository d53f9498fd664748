#!/usr/bin/env bash
# sqlite-diffable 0.6: a database that was dumped and loaded again has other values in it, and lacks what holds it.
#
# One would expect "load" to give back what "dump --all" wrote, or to say what it left out, as the dump of Python's
# sqlite3 gives back all of it. What is no text and no number is written in Python's notation, and read as a text: a
# digest of two bytes, x'00ff', is the eleven characters b'\x00\xff'. Indexes, views and triggers are not dumped at all.
# So the view one reads is gone, a second verdict of one reviewer on one claim goes in where a unique index refused it,
# and what a trigger kept (a log of changes) is kept no more. Both commands end with 0 and say nothing. (A database with
# a full-text index is dumped in the same way, and then refused by load.)
#
# It matters for us because it is the program with which one keeps a database in a git repository. Our exports for SQLite
# have views and full-text indexes, and the database one works in has values that are no texts. docs/export.md says to
# put JSON Lines there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check sqlite-diffable==0.6

cat >"$folder/expected" <<'END'
sqlite-diffable 0.6
made.db
  digest: (b'\x00\xff', 'blob', 2)
  beside the tables: trigger logged, index one_each, view refuted
  a second verdict of ana: refused
dumped-by-sqlite3.db
  digest: (b'\x00\xff', 'blob', 2)
  beside the tables: trigger logged, index one_each, view refuted
  a second verdict of ana: refused
loaded-again.db
  digest: ("b'\\x00\\xff'", 'text', 11)
  beside the tables: nothing
  a second verdict of ana: goes in
END

cat >"$folder/make.py" <<'END'
import sqlite3
import sys

made = sqlite3.connect(sys.argv[1])
made.executescript("""
create table verdict (id integer primary key, claim text, reviewer text, value text, digest blob);
create table changes (verdict integer, value text);
create unique index one_each on verdict (claim, reviewer);
create view refuted as select claim, reviewer from verdict where value = 'refuted';
create trigger logged after insert on verdict begin insert into changes values (new.id, new.value); end;
insert into verdict values (1, 'c1', 'ana', 'refuted', x'00ff'), (2, 'c1', 'rui', 'supported', null);
""")
made.close()
again = sqlite3.connect(sys.argv[2])
again.executescript("\n".join(sqlite3.connect(sys.argv[1]).iterdump()))
END

cat >"$folder/look.py" <<'END'
import sqlite3
import sys

for path in sys.argv[1:]:
    print(path)
    look = sqlite3.connect(path)
    print("  digest:", look.execute("select digest, typeof(digest), length(digest) from verdict where id = 1").fetchone())
    kinds = look.execute("select type, name from sqlite_master where name in ('one_each', 'refuted', 'logged') order by 2")
    print("  beside the tables:", ", ".join(f"{kind} {name}" for kind, name in kinds) or "nothing")
    try:
        look.execute("insert into verdict values (3, 'c1', 'ana', 'supported', null)")
        print("  a second verdict of ana: goes in")
    except sqlite3.IntegrityError:
        print("  a second verdict of ana: refused")
END

{
    cd "$folder"
    venv/bin/python -c "from importlib.metadata import version; print('sqlite-diffable', version('sqlite-diffable'))"
    venv/bin/python make.py made.db dumped-by-sqlite3.db
    venv/bin/sqlite-diffable dump made.db dumped --all && venv/bin/sqlite-diffable load loaded-again.db dumped
    venv/bin/python look.py made.db dumped-by-sqlite3.db loaded-again.db
} | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
