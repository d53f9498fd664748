#!/usr/bin/env bash
# compromise 14.17.0: an offset of something that begins with a quotation mark is the offset of what stands behind the
# mark, and the length is that of both.
#
# One would expect text.slice(offset.start, offset.start + offset.length) to be the words that stand beside the offset
# in the same object. For most sentences and terms it is. But what stands in front of a word (a quotation mark, a
# bracket) is in the text of a match and in its length, and not in its start. So every sentence that begins with a
# quotation, and every quotation that quotations() finds, is a character further on than it says, and reaches a
# character into what follows.
#
# It matters for us because such offsets are what is brought to us as spans, and they are wrong for quotations, while
# a trial with plain sentences has them right. Our import compares the words with the text where a file has both, and
# docs/importing-annotations.md says from where to count with compromise.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" compromise@14.17.0

cat >"$folder/expected" <<'END'
compromise 14.17.0
sentence at 0, length 19: "The ramp is closed." is "The ramp is closed."
sentence at 21, length 37: "“It is not safe,” she said, and left." is "It is not safe,” she said, and left. "
sentence at 59, length 53: "(Nobody asked.) The mayor said: “We knew.” It rained." is "Nobody asked.) The mayor said: “We knew.” It rained."
quotation at 21, length 17: "“It is not safe,”" is "It is not safe,” "
quotation at 91, length 10: "“We knew.”" is "We knew.” "
END

cat >"$folder/offsets.mjs" <<'END'
import { readFileSync } from "node:fs";
import nlp from "compromise";

console.log(`compromise ${JSON.parse(readFileSync("node_modules/compromise/package.json", "utf8")).version}`);
const article = "The ramp is closed. “It is not safe,” she said, and left. (Nobody asked.) The mayor said: “We knew.” It rained.";
const shown = (name, found) => {
  for (const { text, offset } of found.json({ offset: true })) {
    const words = article.slice(offset.start, offset.start + offset.length);
    console.log(`${name} at ${offset.start}, length ${offset.length}: ${JSON.stringify(text)} is ${JSON.stringify(words)}`);
  }
};
const read = nlp(article);
shown("sentence", read.sentences());
shown("quotation", read.quotations());
END

(cd "$folder" && node offsets.mjs) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
