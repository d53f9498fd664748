#!/usr/bin/env bash
# VisiData 3.4: saved as CSV or TSV, a list of JSON Lines is a picture of a list, and a cell with a line break is two
# rows.
#
# One would expect a list or an object to be written into a cell as JSON, as it is when the same sheet is saved as
# JSON Lines, or to be refused. What is written is what the screen shows: the number in brackets, then keys and values
# with an equals sign, and nothing in quotation marks, so that a justification that has a semicolon or an equals sign
# cannot be told from the next verdict or key; an empty list is "[0] ". Saved as TSV, a cell that holds a line break
# goes over two lines, and one that holds a tab over two columns: four claims are five rows, and whoever reads the
# file gets a claim whose id is the second line of a note. (CSV has such cells in quotation marks.) Nothing is said
# either way, and the program ends with 0.
#
# It matters for us because VisiData is how one looks at tables in a terminal, and turning our JSON Lines into a table
# is one command with it. docs/export.md says to export the table itself, which has lists as JSON.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check visidata==3.4 setuptools==80.9.0

cat >"$folder/expected" <<'END'
visidata        3.4
as jsonl:
{"id": "c1", "note": "one line", "verdicts": [{"target": "content", "value": "refuted"}, {"target": "a1", "value": "supported"}]}
{"id": "c2", "note": "two\nlines", "verdicts": []}
{"id": "c3", "note": "a\ttab", "verdicts": [{"target": "content", "value": "mixed", "reason": "missing_context", "justification": "Since 2016; reason=none given."}]}
{"id": "c4", "verdicts": []}
as csv:
id,note,verdicts~
c1,one line,[2] {2} target=content value=refuted; {2} target=a1 value=supported~
c2,"two
lines",[0] ~
c3,a|tab,[1] {4} target=content value=mixed reason=missing_context justification=Since 2016; reason=none given.~
c4,,[0] ~
as tsv:
id|note|verdicts
c1|one line|[2] {2} target=content value=refuted; {2} target=a1 value=supported
c2|two
lines|[0] 
c3|a|tab|[1] {4} target=content value=mixed reason=missing_context justification=Since 2016; reason=none given.
c4||[0] 
END

cat >"$folder/claims.jsonl" <<'END'
{"id":"c1","note":"one line","verdicts":[{"target":"content","value":"refuted"},{"target":"a1","value":"supported"}]}
{"id":"c2","note":"two\nlines","verdicts":[]}
{"id":"c3","note":"a\ttab","verdicts":[{"target":"content","value":"mixed","reason":"missing_context","justification":"Since 2016; reason=none given."}]}
{"id":"c4","note":null,"verdicts":[]}
END

shown() {
    "$folder/venv/bin/python" -m pip list --disable-pip-version-check 2>/dev/null | grep -i '^visidata'
    for kind in jsonl csv tsv; do
        HOME=$folder "$folder/venv/bin/vd" --batch "$folder/claims.jsonl" --output "$folder/saved.$kind" >/dev/null 2>&1
        echo "as $kind:"
        tr '\t\r' '|~' <"$folder/saved.$kind"
    done
}
shown | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
