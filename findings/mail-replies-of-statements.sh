#!/usr/bin/env bash
# email-reply-parser 0.5.12 and mail-parser-reply 1.36 (Python), email-reply-parser 2.3.9 and node-email-reply-parser
# 0.1.4 (npm): of a statement that was sent by mail, what stands behind "On this question the office wrote:" is gone.
#
# One would expect a parser of replies to cut a message where an older one is quoted: at a line like "On 9 March 2026 at
# 10:14, Ana Prado <ana@quay.example> wrote:", with marks (>) in front of what follows. All four take every line that
# begins with "On" and ends in "wrote:" for such a line, with another sentence in it as well, and email-reply-parser of
# Python whatever stands between an "On" and a "wrote:" paragraphs below. There is no address, no mark and no older
# message; what follows is taken for one all the same, and nothing says that there was more: of a statement that quotes
# an office and denies what it wrote, the denial is gone, or all of it. Where it leaves the words in,
# node-email-reply-parser makes one paragraph of those from "On" to "wrote:". planer 1.2.0 leaves each statement as it
# is.
#
# It matters for us because statements of offices and parties come by mail, and "the ministry wrote:" is how they quote:
# what was quoted, and the denial behind it, would be the part that nobody judges. docs/importing.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    email-reply-parser==0.5.12 mail-parser-reply==1.36
npm install --silent --no-audit --no-fund --prefix "$folder" \
    email-reply-parser@2.3.9 node-email-reply-parser@0.1.4 planer@1.2.0

cat >"$folder/expected" <<'END'
email-reply-parser 0.5.12, mail-parser-reply 1.36 (Python)
the office wrote, and a new paragraph
  email-reply-parser: "We never said so."
  mail-parser-reply, the latest reply: "We never said so."
a sentence in between
  email-reply-parser: "We never said so."
  mail-parser-reply, the latest reply: "We never said so."
On Monday, paragraphs earlier
  email-reply-parser: ""
  mail-parser-reply, the latest reply: "On Monday we closed the bridge.\n\nWe never said so.\n\nThe office wrote:\n\nThe ramp is safe.\n\nIt is not."
all on one line
  email-reply-parser: "We never said so.\n\nOn this question the office wrote: The ramp is safe.\n\nIt is not."
  mail-parser-reply, the latest reply: "We never said so.\n\nOn this question the office wrote: The ramp is safe.\n\nIt is not."
email-reply-parser 2.3.9, node-email-reply-parser 0.1.4, planer 1.2.0 (npm)
the office wrote, and a new paragraph
  email-reply-parser: "We never said so."
  node-email-reply-parser: "We never said so."
  planer leaves it as it is: true
a sentence in between
  email-reply-parser: "We never said so."
  node-email-reply-parser: "We never said so."
  planer leaves it as it is: true
On Monday, paragraphs earlier
  email-reply-parser: "On Monday we closed the bridge.\n\nWe never said so.\n\nThe office wrote:\n\nThe ramp is safe.\n\nIt is not."
  node-email-reply-parser: "On Monday we closed the bridge.  We never said so.  The office wrote:\n\nThe ramp is safe.\n\nIt is not."
  planer leaves it as it is: true
all on one line
  email-reply-parser: "We never said so.\n\nOn this question the office wrote: The ramp is safe.\n\nIt is not."
  node-email-reply-parser: "We never said so.\n\nOn this question the office wrote: The ramp is safe.\n\nIt is not."
  planer leaves it as it is: true
END

cat >"$folder/statements.json" <<'END'
{
  "the office wrote, and a new paragraph": "We never said so.\n\nOn this question the office wrote:\n\nThe ramp is safe.\n\nIt is not.\n",
  "a sentence in between": "We never said so.\n\nOn Tuesday the ministry agreed. It wrote:\n\nThe ramp is safe.\n\nIt is not.\n",
  "On Monday, paragraphs earlier": "On Monday we closed the bridge.\n\nWe never said so.\n\nThe office wrote:\n\nThe ramp is safe.\n\nIt is not.\n",
  "all on one line": "We never said so.\n\nOn this question the office wrote: The ramp is safe.\n\nIt is not.\n"
}
END

cat >"$folder/read.py" <<'END'
import json
import sys
from importlib.metadata import version

from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as MailParserReply

print(", ".join(f"{name} {version(name)}" for name in ("email-reply-parser", "mail-parser-reply")), "(Python)")
for what, text in json.load(open(sys.argv[1], encoding="utf-8")).items():
    print(what)
    print("  email-reply-parser:", json.dumps(EmailReplyParser.parse_reply(text).strip()))
    read = MailParserReply(languages=["en"]).read(text=text)
    print("  mail-parser-reply, the latest reply:", json.dumps(read.latest_reply.strip()))
END

cat >"$folder/read.cjs" <<'END'
const fs = require("fs");
const version = (name) => JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
const names = ["email-reply-parser", "node-email-reply-parser", "planer"];
console.log(names.map((name) => `${name} ${version(name)}`).join(", "), "(npm)");
const Parser = require("email-reply-parser").default ?? require("email-reply-parser");
const nodeParser = require("node-email-reply-parser");
const planer = require("planer");
for (const [what, text] of Object.entries(JSON.parse(fs.readFileSync("statements.json", "utf8")))) {
  console.log(what);
  console.log("  email-reply-parser:", JSON.stringify(new Parser().read(text).getVisibleText().trim()));
  console.log("  node-email-reply-parser:", JSON.stringify(nodeParser(text, true).trim()));
  console.log("  planer leaves it as it is:", planer.extractFrom(text, "text/plain").trim() === text.trim());
}
END

{ "$folder/venv/bin/python" "$folder/read.py" "$folder/statements.json" && (cd "$folder" && node read.cjs); } |
    tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
