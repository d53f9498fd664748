#!/usr/bin/env bash
# GNU screen 4.9.0 (Debian 12): what is copied to the clipboard is printed over the screen, from its 769th character
# on.
#
# One would expect a control sequence that a terminal multiplexer does not know (OSC 52, by which a program puts a
# text on the clipboard of the terminal) to be passed on, or left out whole. screen leaves it out, and so copying does
# nothing in it, as one soon sees with something short. But of strings it keeps 768 characters; what comes behind them
# is taken for text. A claim of 573 characters or more, encoded as the sequence has it, ends in letters all over the
# article, till everything is painted anew. tmux 3.3a leaves out the same sequence whole unless it is told to take it.
# In pieces of a few hundred characters, each in a device control string of its own, it goes through screen to the
# terminal as it is.
#
# It matters for us because `y` copies a claim, and claims of 600 characters are no rarity. In screen the workbench
# sends such pieces (annotator/tui/clipboard.py).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/expected" <<'END'
Screen version 4.09.00 (GNU) 30-Jan-22
100 characters, 136 encoded, at once: 0 printed, passed on not at all
550 characters, 736 encoded, at once: 0 printed, passed on not at all
600 characters, 800 encoded, at once: 37 printed, passed on not at all
3000 characters, 4000 encoded, at once: 3237 printed, passed on not at all
600 characters, 800 encoded, pieces of 500: 0 printed, passed on whole
3000 characters, 4000 encoded, pieces of 500: 0 printed, passed on whole
END

cat >"$folder/copy.py" <<'END'
import base64
import os
import pty
import re
import sys

SCREEN, SIZE, PIECE = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
COPIED = base64.b64encode(("The ramp is closed. " * SIZE)[:SIZE].encode()).decode()
SEQUENCE = f"\x1b]52;c;{COPIED}\a"
if PIECE:
    SEQUENCE = "".join(f"\x1bP{SEQUENCE[at : at + PIECE]}\x1b\\" for at in range(0, len(SEQUENCE), PIECE))
program = f"import sys, time; sys.stdout.write({'before|' + SEQUENCE + '|after'!r}); sys.stdout.flush(); time.sleep(1)"
process, terminal = pty.fork()
if process == 0:
    os.execv(SCREEN, [SCREEN, "-c", "/dev/null", sys.executable, "-c", program])
seen = b""
try:
    while piece := os.read(terminal, 65536):
        seen += piece
except OSError:
    pass
os.waitpid(process, 0)
letters = sum(map(len, re.findall(rb"(?<=before\|)[A-Za-z0-9+/=\r\n]+", seen)))
passed = f"\x1b]52;c;{COPIED}\a".encode() in seen
how = f"pieces of {PIECE}" if PIECE else "at once"
print(f"{SIZE} characters, {len(COPIED)} encoded, {how}: {letters} printed, passed on {'whole' if passed else 'not at all'}")
END

(cd "$folder" && apt-get download -qq screen=4.9.0-4 libutempter0=1.2.1-3 2>/dev/null && for package in *.deb; do dpkg-deb -x "$package" .; done)
export HOME=$folder TERM=xterm SCREENDIR=$folder/sockets LC_ALL=C.UTF-8
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu
mkdir -m 700 "$folder/sockets"
copies() {
    "$folder/usr/bin/screen" -v || true
    for what in "100 0" "550 0" "600 0" "3000 0" "600 500" "3000 500"; do
        # shellcheck disable=SC2086
        python3 "$folder/copy.py" "$folder/usr/bin/screen" $what
    done
}
copies | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
