#!/usr/bin/env bash
# potato-annotation 2.12.1: of the Web Annotations that it writes, a reader finds only the words that the text begins
# with.
#
# One would expect a quote and a position that mean the same words to stand beside each other, two selectors of one
# target. Potato writes the position as what refines the quote ("refinedBy"). To the standard that is a selection
# within what the quote has selected, so 10 to 14 are counted from the beginning of the quote: in "said", which has four
# characters, there is no tenth. Apache Annotator 0.2.0 follows the standard and finds none of the spans, but for one
# that begins at 0; by the quote alone, or by the position alone, it finds all of them. The export ends with 0 and says
# how many annotations there are.
#
# It matters for us because the words of a source and a cue are short and stand anywhere, and Web Annotations are how
# spans go from one program to another. Our export has the two selectors beside each other, and our import takes no
# position from inside another one. docs/importing-annotations.md says so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check potato-annotation==2.12.1
npm install --silent --no-audit --no-fund --prefix "$folder" \
    @apache-annotator/dom@0.2.0 @apache-annotator/selector@0.2.0 jsdom@26.1.0

cat >"$folder/expected" <<'END'
potato-annotation 2.12.1
  num_annotations: 4
@apache-annotator/dom 0.2.0
Source "Ana Prado", refined by 0 to 9
  as it is written: "Ana Prado"
  the quote: "Ana Prado" | the position: "Ana Prado"
Cue "said", refined by 10 to 14
  as it is written: RangeError
  the quote: "said" | the position: "said"
Content "that two of nine cables were slack", refined by 15 to 49
  as it is written: RangeError
  the quote: "that two of nine cables were slack" | the position: "that two of nine cables were slack"
Source "Rui Lago", refined by 51 to 59
  as it is written: RangeError
  the quote: "Rui Lago" | the position: "Rui Lago"
END

cd "$folder"
mkdir -p data annotation_output/ana
cat >config.yaml <<'END'
annotation_task_name: bridge
task_dir: .
data_files: [data/articles.jsonl]
output_annotation_dir: annotation_output
item_properties: {id_key: id, text_key: text}
annotation_schemes:
  - {annotation_type: span, name: attribution, description: who says what, labels: [Source, Cue, Content]}
END
cat >data/articles.jsonl <<'END'
{"id": "a1", "text": "Ana Prado said that two of nine cables were slack. Rui Lago denied it."}
END
cat >annotation_output/ana/user_state.json <<'END'
{"user_id": "ana", "instance_id_to_label_to_value": {}, "instance_id_to_span_to_value": {"a1": [
  [{"schema": "attribution", "name": "Source", "title": "Source", "start": 0, "end": 9}, "true"],
  [{"schema": "attribution", "name": "Cue", "title": "Cue", "start": 10, "end": 14}, "true"],
  [{"schema": "attribution", "name": "Content", "title": "Content", "start": 15, "end": 49}, "true"],
  [{"schema": "attribution", "name": "Source", "title": "Source", "start": 51, "end": 59}, "true"]]}}
END

cat >read.mjs <<'END'
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { text } = JSON.parse(readFileSync("data/articles.jsonl", "utf8"));
const { window } = new JSDOM(`<body><p>${text}</p></body>`);
Object.assign(globalThis, { document: window.document, Node: window.Node, NodeFilter: window.NodeFilter, Range: window.Range });
const { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");
const { makeRefinable } = await import("@apache-annotator/selector");

const matchers = { TextQuoteSelector: createTextQuoteSelectorMatcher, TextPositionSelector: createTextPositionSelectorMatcher };
const matcherOf = makeRefinable((selector) => matchers[selector.type](selector));

async function found(selector) {
  const words = [];
  try {
    for await (const range of matcherOf(selector)(document.body)) words.push(JSON.stringify(range.toString()));
  } catch (error) {
    words.push(`${error.name}`);
  }
  return words.join(", ") || "nothing";
}

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
console.log("@apache-annotator/dom", version("@apache-annotator/dom"));
for (const { body, target } of JSON.parse(readFileSync("out/web_annotations.jsonld", "utf8")).first.items) {
  const { refinedBy, ...quote } = target.selector;
  console.log(`${body.value} ${JSON.stringify(quote.exact)}, refined by ${refinedBy.start} to ${refinedBy.end}`);
  console.log("  as it is written:", await found(target.selector));
  console.log("  the quote:", await found(quote), "| the position:", await found(refinedBy));
}
END

{
    venv/bin/python -c "from importlib.metadata import version; print('potato-annotation', version('potato-annotation'))"
    venv/bin/python -m potato.export --config config.yaml --format web_annotation --output out 2>log | grep num_
    node read.mjs
} | tee seen
if ! diff expected seen; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
