#!/usr/bin/env bash
# contractions 0.1.73: who had resigned "would resigned", who has resigned "is resigned", and the U.S. is the YOU.S.
#
# One would expect that writing out what is contracted leaves alone what can be two things, as "Ana's" is left, or takes
# the one that the next word allows. "He'd" is always "he would" and "he's" always "he is": what had happened would
# happen, and somebody who has left an office is left in it. Short words of chats are written out as well, with nothing
# asked, and the first letter of "U.S." is one: "The U.S. won't pay" is "The YOU.S. will not pay". With slang=False the
# U.S. is left alone, and the rest is as it was.
#
# It matters for us because claims are cleaned in this way before they are compared, and it is the tense and the modal
# verb that decide what a fact-checker looks for. Our matching compares claims as they stand. docs/checks.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check contractions==0.1.73

cat >"$folder/expected" <<'END'
contractions 0.1.73
Ana's plan didn't fail.
  fix: Ana's plan did not fail. | without slang: Ana's plan did not fail.
He'd resigned before the vote.
  fix: He would resigned before the vote. | without slang: He would resigned before the vote.
They'd known for a year.
  fix: They would known for a year. | without slang: They would known for a year.
He's resigned.
  fix: He is resigned. | without slang: He is resigned.
It's been closed.
  fix: It is been closed. | without slang: It is been closed.
The U.S. won't pay.
  fix: The YOU.S. will not pay. | without slang: The U.S. will not pay.
END

cat >"$folder/fix.py" <<'END'
from importlib.metadata import version

import contractions

print("contractions", version("contractions"))
for claim in (
    "Ana's plan didn't fail.",
    "He'd resigned before the vote.",
    "They'd known for a year.",
    "He's resigned.",
    "It's been closed.",
    "The U.S. won't pay.",
):
    print(claim)
    print(f"  fix: {contractions.fix(claim)} | without slang: {contractions.fix(claim, slang=False)}")
END

"$folder/venv/bin/python" "$folder/fix.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
