#!/usr/bin/env bash
# pyte 0.8.2: what newer terminals are sent is printed, or makes words bold and reversed.
#
# One would expect a screen model to leave out what it does not know, as terminals do. Of a colour that is written
# with colons (the form of the standard) pyte takes what is in front of the first one and prints the rest as text. The
# words of a device control string, with which programs ask a terminal what it can do, stand on the screen. The colour
# of an underline (58;2;R;G;B) is read as three more attributes: 1;3;7 makes bold, italic and reversed letters of it.
# And a request for other key codes that ends in m and has a sign (>) in front is taken for an underline.
# @xterm/headless 6.0.0 shows the words alone, with the attributes they have. No error is raised, so a recorded screen
# only looks as if the program had painted it so.
#
# It matters for us because our benchmarks and our tests in pseudo-terminals read the screen through pyte, and so do
# recorders of terminals (termtosvg). The workbench sends none of these but, in screen, what is copied; a test that
# met one would blame the wrong program.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyte==0.8.2
npm install --silent --no-audit --no-fund --prefix "$folder" @xterm/headless@6.0.0

cat >"$folder/expected" <<'END'
pyte 0.8.2
  a colour with colons: '2::10:20:30msaid'
  a device control string: '+q544esaid'
  the colour of an underline: 'said' bold italics reverse
  a request for key codes: 'said' underscore
  a colour with semicolons: 'said'
@xterm/headless 6.0.0
  a colour with colons: 'said'
  a device control string: 'said'
  the colour of an underline: 'said'
  a request for key codes: 'said'
  a colour with semicolons: 'said'
END

cat >"$folder/show.py" <<'END'
import json
import sys
from importlib.metadata import version

import pyte

print("pyte", version("pyte"))
for name, sequence in json.load(open(sys.argv[1])).items():
    screen = pyte.Screen(40, 1)
    pyte.Stream(screen).feed(f"{sequence}said")
    shown = screen.display[0].rstrip()
    last = screen.buffer[0][len(shown) - 1]
    style = [word for word in ("bold", "italics", "underscore", "reverse") if getattr(last, word)]
    print(f"  {name}: {shown!r}", *style)
END

cat >"$folder/sequences.json" <<'END'
{
  "a colour with colons": "\u001b[38:2::10:20:30m",
  "a device control string": "\u001bP+q544e\u001b\\",
  "the colour of an underline": "\u001b[58;2;1;3;7m",
  "a request for key codes": "\u001b[>4;2m",
  "a colour with semicolons": "\u001b[38;2;1;3;7m"
}
END

cat >"$folder/show.mjs" <<'END'
import { readFileSync } from "node:fs";
import xterm from "@xterm/headless";

console.log("@xterm/headless", JSON.parse(readFileSync("node_modules/@xterm/headless/package.json", "utf8")).version);
for (const [name, sequence] of Object.entries(JSON.parse(readFileSync("sequences.json", "utf8")))) {
  const terminal = new xterm.Terminal({ cols: 40, rows: 1, allowProposedApi: true });
  await new Promise((written) => terminal.write(`${sequence}said`, written));
  const line = terminal.buffer.active.getLine(0);
  const shown = line.translateToString(true);
  const last = line.getCell(shown.length - 1);
  const style = { bold: last.isBold(), italics: last.isItalic(), underscore: last.isUnderline(), reverse: last.isInverse() };
  console.log(`  ${name}: '${shown}'`, ...Object.keys(style).filter((word) => style[word]));
}
END

{ "$folder/venv/bin/python" "$folder/show.py" "$folder/sequences.json" && (cd "$folder" && node show.mjs); } | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
