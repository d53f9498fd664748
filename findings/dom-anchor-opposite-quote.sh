#!/usr/bin/env bash
# dom-anchor-text-quote 4.0.2: a quotation that is nowhere in the text is found, where the text says the opposite.
#
# One would expect null for a quote that the text does not have, as for one of wholly other words. But a quote that is
# not there word for word is looked for by likeness, and one word makes little difference to that: "The ramp closed at
# noon" is found at "The ramp opened at noon", and "He did resign" at "He did not re". What comes back is a Range as any
# other, without a word of how near it is, and as long as the quote was: the end may be cut off inside a word. A page on
# which a sentence was corrected looks annotated as before, with what was said of the sentence that is gone.
#
# It matters for us because quotations are what is checked, and our Web Annotations carry them for such programs: the
# Range's text has to be compared with the quote. Our own import takes other words for a failure, and with --realign
# looks for exactly the quoted words.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" dom-anchor-text-quote@4.0.2 jsdom@26.1.0 >/dev/null

cat >"$folder/expected" <<'END'
The ramp opened at noon -> The ramp opened at noon
The ramp closed at noon -> The ramp opened at noon
The ramp opens at ten -> The ramp opened at no
He did resign -> He did not re
They had no idea at all -> null
END

cat >"$folder/quote.mjs" <<'END'
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<p>At dawn nobody came. The ramp opened at noon, said the office. He did not resign.</p>");
for (const name of ["document", "Node", "NodeFilter", "Range", "Text"]) globalThis[name] = window[name];
const { toRange } = await import("dom-anchor-text-quote");
for (const exact of [
  "The ramp opened at noon",
  "The ramp closed at noon",
  "The ramp opens at ten",
  "He did resign",
  "They had no idea at all",
]) {
  console.log(exact, "->", String(toRange(document.querySelector("p"), { exact })));
}
END

(cd "$folder" && node quote.mjs) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
