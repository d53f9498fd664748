#!/usr/bin/env bash
# Textual 8.2.8 (Rich 15.0.0): which colours an application sends to which terminal.
#
# One would expect a terminal to get no more colours than it has: 24 bits or 256 where TERM says so, sixteen for an
# xterm, and none for a VT220 and for TERM=dumb, which have none (terminfo). But Rich decides without terminfo: every TERM
# that it does not know by its ending has sixteen colours, the VT220 too; and where it finds that there are none
# (dumb, unknown), Textual takes its None for "not limited" and sends 24-bit colours. So the fewer a terminal is said to
# have, the more it gets.
#
# It matters for us because marks must differ on terminals without colours: the workbench asks terminfo, sets NO_COLOR
# itself where there are none, and asks Textual for the terminal's own colours (ansi_color), with signs besides.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textual==8.2.8 rich==15.0.0

cat >"$folder/expected" <<'END'
textual 8.2.8, rich 15.0.0
xterm-256color: 256 colours
xterm: 16 colours
vt220: 16 colours
dumb: 24-bit colours
unknown: 24-bit colours
vt220 with NO_COLOR and ansi_color: none
END

cat >"$folder/app.py" <<'END'
import sys

from textual.app import App
from textual.widgets import Static


class Hello(App):
    CSS = "Static { color: #ba3c5b; background: #1e1e1e; }"

    def compose(self):
        yield Static("hello")

    def on_mount(self):
        self.set_timer(0.5, self.exit)


Hello(ansi_color=True if "ansi" in sys.argv else None).run()
END

cat >"$folder/ask.py" <<'END'
import os
import pty
import re
import sys
from importlib.metadata import version
from pathlib import Path

KINDS = {
    "24-bit colours": rb"\x1b\[[0-9;]*[34]8;2;",
    "256 colours": rb"\x1b\[[0-9;]*[34]8;5;",
    "16 colours": rb"\x1b\[(?:[0-9;]*;)?(?:3|4|9|10)[0-7](?:;[0-9;]*)?m",
}
APP = str(Path(__file__).with_name("app.py"))


def sent(term, *arguments, **more):
    process, terminal = pty.fork()
    if not process:
        for name in ("COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME"):
            os.environ.pop(name, None)
        os.environ.update(more, TERM=term, COLUMNS="80", LINES="24")
        os.execv(sys.executable, [sys.executable, APP, *arguments])
    output = b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        output += data
    os.waitpid(process, 0)
    assert b"hello" in output, output
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, output)), "none")


print(f"textual {version('textual')}, rich {version('rich')}")
for term in ("xterm-256color", "xterm", "vt220", "dumb", "unknown"):
    print(f"{term}: {sent(term)}")
print(f"vt220 with NO_COLOR and ansi_color: {sent('vt220', 'ansi', NO_COLOR='1')}")
END

"$folder/venv/bin/python" "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
