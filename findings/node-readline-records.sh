#!/usr/bin/env bash
# Node.js 24.11.1: what its manual gives for reading a file line by line takes one record of JSON Lines for two.
#
# One would expect readline, and readLines() of an open file, to end a line where their manual says: at \n, \r or \r\n. So
# does Node 22.12.0. Node 24 also ends one at the line separator and the paragraph separator (U+2028, U+2029), which JSON
# allows within a text as they are, and which JSON.stringify writes so. Two records that Node wrote itself are three
# lines to it, the first of which is no JSON; of a file with a text in each line, and a list of labels beside it,
# nothing fails: there is a text more than there are labels, and every text behind it has its neighbour's label.
#
# It matters for us because such characters come with passages that were copied from word processors and from pages,
# into articles and justifications, and because our exports are read by programs of others. The same file and the same
# program work before Node is brought up to date. In our exports both are written as \u2028 and \u2029, which no reader
# takes for the end of a line, and our import of JSON Lines ends a line at line breaks alone.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 22.12.0 24.11.1; do
    npm install --silent --no-audit --no-fund --prefix "$folder/$version" "node@$version"
done

cat >"$folder/expected" <<'END'
Node.js v22.12.0
records written: 2
  readline: 2 lines, of which JSON: 2
  readLines: 2 lines, of which JSON: 2
  texts beside labels: We knew.|We paid. = refuted / No. = supported
  with \u2028 as our exports have it: 2 lines, of which JSON: 2
Node.js v24.11.1
records written: 2
  readline: 3 lines, of which JSON: 1
  readLines: 3 lines, of which JSON: 1
  texts beside labels: We knew. = refuted / We paid. = supported / No. = undefined
  with \u2028 as our exports have it: 2 lines, of which JSON: 2
END

cat >"$folder/read.mjs" <<'END'
import { createReadStream, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";

const all = async (lines) => {
  const found = [];
  for await (const line of lines) found.push(line);
  return found;
};
const byReadline = (name) => all(createInterface({ input: createReadStream(name), crlfDelay: Infinity }));
const isJson = (line) => {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
};
const counted = (lines) => `${lines.length} lines, of which JSON: ${lines.filter(isJson).length}`;

console.log(`Node.js ${process.version}`);
const texts = ["We knew.\u2028We paid.", "No."];
const records = texts.map((text) => JSON.stringify({ text }) + "\n");
console.log(`records written: ${records.length}`);
writeFileSync("claims.jsonl", records.join(""));
console.log(`  readline: ${counted(await byReadline("claims.jsonl"))}`);
console.log(`  readLines: ${counted(await all((await open("claims.jsonl")).readLines()))}`);

writeFileSync("claims.txt", texts.map((text) => text + "\n").join(""));
const labels = ["refuted", "supported"];
const pairs = (await byReadline("claims.txt")).map((line, at) => `${line.replace("\u2028", "|")} = ${labels[at]}`);
console.log(`  texts beside labels: ${pairs.join(" / ")}`);

writeFileSync("escaped.jsonl", records.join("").replaceAll("\u2028", "\\u2028"));
console.log(`  with \\u2028 as our exports have it: ${counted(await byReadline("escaped.jsonl"))}`);
END

for version in 22.12.0 24.11.1; do
    (cd "$folder" && "$version/node_modules/.bin/node" read.mjs)
done | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
