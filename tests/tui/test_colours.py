from __future__ import annotations

import os
import subprocess
import sys

import pytest

# terminfo is read once a process, so each terminal takes a process of its own.
ASK = "import os; from annotator.tui.colours import few_colours; print(few_colours(), 'NO_COLOR' in os.environ)"


@pytest.mark.parametrize(
    ("terminal", "few", "told_none"),
    [
        ("TERM=xterm-256color", False, False),
        ("TERM=xterm COLORTERM=truecolor", False, False),
        ("TERM=xterm", True, False),
        ("TERM=linux", True, False),
        ("TERM=vt220", True, True),
        ("TERM=dumb", True, True),
        ("TERM=no-such-terminal", True, False),
        ("TERM=xterm-256color NO_COLOR=1", True, True),
    ],
)
def test_colours_are_few_where_the_terminal_or_its_user_says_so(terminal: str, few: bool, told_none: bool) -> None:
    rest = {name: value for name, value in os.environ.items() if name not in ("TERM", "COLORTERM", "NO_COLOR")}
    surroundings = rest | dict(pair.split("=") for pair in terminal.split())
    asked = subprocess.run([sys.executable, "-c", ASK], env=surroundings, capture_output=True, text=True, check=True)
    assert asked.stdout.split() == [str(few), str(told_none)]
