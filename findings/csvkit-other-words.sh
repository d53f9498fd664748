#!/usr/bin/env bash
# csvkit 2.2.0: to sort or join a table is to write other words into it.
#
# One would expect csvsort to change the order of the rows, and csvjoin to put rows beside each other. Both guess a type
# for every column and write what they took the cells for. "none" is no value (nor are "na" and "n/a"), so that a source
# of which the annotators said "none" cannot be told from one that nobody judged; a column of 0 and 1 becomes False and
# True; and where all cells of a column are names such as May, April and June, they are days of the year 1. csvcut,
# csvgrep and csvstack leave the cells alone, so a chain of commands does it at one of its steps. --no-inference keeps
# all but "none", which needs --blanks besides.
#
# It matters for us because "none" is a value of anonymity, and worth is 0, 1 and 2: docs/export.md says which options
# our CSV needs.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2

cat >"$folder/expected" <<'END'
csvgrep: 7,none,1,May 8,named,0,April
csvsort: 8,named,False,0001-04-01 7,,True,0001-05-01
csvsort --no-inference: 8,named,0,April 7,,1,May
csvsort --no-inference --blanks: 8,named,0,April 7,none,1,May
csvjoin: 7,,True,0001-05-01,a 8,named,False,0001-04-01,b
END

cd "$folder"
printf 'claim,anonymity,worth,source\n7,none,1,May\n8,named,0,April\n' >claims.csv
printf 'claim,article\n7,a\n8,b\n' >articles.csv
{
    bin="$folder/venv/bin"
    echo "csvgrep:" $("$bin/csvgrep" -c claim -r . claims.csv | tail -n +2)
    echo "csvsort:" $("$bin/csvsort" -c claim -r claims.csv | tail -n +2)
    echo "csvsort --no-inference:" $("$bin/csvsort" -c claim -r --no-inference claims.csv | tail -n +2)
    echo "csvsort --no-inference --blanks:" $("$bin/csvsort" -c claim -r --no-inference --blanks claims.csv | tail -n +2)
    echo "csvjoin:" $("$bin/csvjoin" -c claim claims.csv articles.csv | tail -n +2)
} | tee seen
if ! diff expected seen; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
