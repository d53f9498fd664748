#!/usr/bin/env bash
# @recogito/text-annotator 4.1.1: an annotation that was read and written again has lost what its targets say of
# themselves, and the meaning of its own words.
#
# One would expect of an annotation of the W3C that nobody has changed that it comes back as it was: properties that
# the program does not know are kept on the annotation and on its bodies. On a target they are not: of three targets,
# of which one is the source and two are the content, three spans are left that nobody can tell apart. And the context
# is replaced by the standard's alone, so that what is kept under a prefix of its own has no meaning any more, for
# pyld as for whoever else reads JSON-LD. Nothing is said, and on the page all looks as before.
#
# It matters for us because our Web Annotations have the role of each span on its target (`annotator:role`).
# docs/export.md says so: show them with such programs, and do not take back what they write.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" \
    @recogito/text-annotator@4.1.1 jsonld@9.0.0 jsdom@26.1.0

cat >"$folder/expected" <<'END'
@recogito/text-annotator 4.1.1
given:
  on the annotation: indirect, on its body: high
  Ines Duarte: source
  that the ramp: content
  was closed: content
  in JSON-LD: https://example.org/terms#form
written:
  on the annotation: indirect, on its body: high
  Ines Duarte: undefined
  that the ramp: undefined
  was closed: undefined
  in JSON-LD: ours:form
END

cat >"$folder/again.mjs" <<'END'
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import jsonld from "jsonld";

const { window } = new JSDOM("<p></p>");
for (const name of ["window", "document", "Node", "NodeFilter", "Range", "Text", "Element", "HTMLElement"]) {
  globalThis[name] = name === "window" ? window : window[name];
}
globalThis.self = globalThis;
const { parseW3CTextAnnotation, reviveAnnotation, serializeW3CTextAnnotation } = await import("@recogito/text-annotator");
const version = JSON.parse(readFileSync("node_modules/@recogito/text-annotator/package.json", "utf8")).version;
console.log(`@recogito/text-annotator ${version}`);

const TEXT = "Ines Duarte told us on Monday that the ramp, she said, was closed.";
const SOURCE = "https://example.org/news";
const paragraph = document.querySelector("p");
paragraph.textContent = TEXT;
const target = (role, exact) => {
  const start = TEXT.indexOf(exact);
  const selector = [
    { type: "TextQuoteSelector", exact },
    { type: "TextPositionSelector", start, end: start + exact.length },
  ];
  return { type: "SpecificResource", source: SOURCE, "ours:role": role, selector };
};
const given = {
  "@context": ["http://www.w3.org/ns/anno.jsonld", { ours: "https://example.org/terms#" }],
  id: "https://example.org/1",
  type: "Annotation",
  "ours:form": "indirect",
  body: [{ type: "TextualBody", value: "statement", purpose: "classifying", "ours:sure": "high" }],
  target: [target("source", "Ines Duarte"), target("content", "that the ramp"), target("content", "was closed")],
};
const { parsed } = parseW3CTextAnnotation(given, paragraph);
const written = serializeW3CTextAnnotation(reviveAnnotation(parsed, paragraph), SOURCE, paragraph);
// No network: something small stands for the standard's context.
const loaded = (url) => ({ contextUrl: null, documentUrl: url, document: { "@context": { id: "@id" } } });
for (const [name, annotation] of Object.entries({ given, written })) {
  const [expanded] = await jsonld.expand(annotation, { documentLoader: loaded });
  console.log(`${name}:`);
  console.log(`  on the annotation: ${annotation["ours:form"]}, on its body: ${annotation.body[0]["ours:sure"]}`);
  for (const one of annotation.target) console.log(`  ${one.selector[0].exact}: ${one["ours:role"]}`);
  console.log(`  in JSON-LD: ${Object.keys(expanded).filter((key) => key.includes("form"))}`);
}
END

(cd "$folder" && node again.mjs) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
