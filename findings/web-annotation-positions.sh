#!/usr/bin/env bash
# @recogito/text-annotator 4.1.1 and @apache-annotator/dom 0.2.0: one annotation marks other words in each of them.
#
# One would expect the start and end of a TextPositionSelector to mean the same to two programs for W3C Web Annotation,
# and a program that reads the quote beside it to notice where the two differ. The standard counts code points. Apache
# Annotator does; Recogito counts UTF-16 code units, and every character beyond the basic plane before the span (an
# emoji in the headline) moves it by one. It takes the quote ("said") along, shows and hands it out, and marks other
# words (" sai") without comparing. dom-anchor-text-position 5.0.0, on which others are built, counts as Recogito does.
#
# It matters for us because our export counts in code points, as the standard has it, with the quote beside; an import
# of Recogito's own annotations would need the other unit. docs/export.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" @recogito/text-annotator@4.1.1 @apache-annotator/dom@0.2.0 \
    @apache-annotator/selector@0.2.0 dom-anchor-text-position@5.0.0 jsdom@26.1.0 >/dev/null

cat >"$folder/expected" <<'END'
without an emoji: Apache Annotator "said", dom-anchor-text-position "said", Recogito "said" for the quote "said"
with an emoji: Apache Annotator "said", dom-anchor-text-position " sai", Recogito " sai" for the quote "said"
END

cat >"$folder/mark.mjs" <<'END'
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<p></p>");
for (const name of ["window", "document", "Node", "NodeFilter", "Range", "Text", "Element", "HTMLElement"]) {
  globalThis[name] = name === "window" ? window : window[name];
}
globalThis.self = globalThis;
const { createTextPositionSelectorMatcher } = await import("@apache-annotator/dom");
const { toRange } = await import("dom-anchor-text-position");
const { parseW3CTextAnnotation } = await import("@recogito/text-annotator");
const paragraph = document.querySelector("p");

for (const [name, text] of [["without an emoji", "The office said no."], ["with an emoji", "🚢 The office said no."]]) {
  paragraph.textContent = text;
  const start = [...text.slice(0, text.indexOf("said"))].length;
  const position = { type: "TextPositionSelector", start, end: start + 4 };
  const selector = [{ type: "TextQuoteSelector", exact: "said" }, position];
  const target = { source: "https://example.org/news", selector };
  const annotation = { "@context": "http://www.w3.org/ns/anno.jsonld", id: "1", type: "Annotation", body: [], target };
  const apache = [];
  for await (const range of createTextPositionSelectorMatcher(position)(paragraph)) apache.push(range.toString());
  const anchored = toRange(paragraph, position).toString();
  const [found] = parseW3CTextAnnotation(annotation, paragraph).parsed.target.selector;
  const marked = text.slice(found.start, found.end);
  console.log(
    `${name}: Apache Annotator "${apache}", dom-anchor-text-position "${anchored}", ` +
      `Recogito "${marked}" for the quote "${found.quote}"`,
  );
}
END

(cd "$folder" && node mark.mjs) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
