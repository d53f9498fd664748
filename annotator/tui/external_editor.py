"""Writing a text in the user's own editor: $VISUAL or $EDITOR, never through a shell."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from annotator.model.text import neutral_line
from annotator.tui.context import NotEdited


def edited(text: str, suspend: Callable[[], AbstractContextManager[None]]) -> str:
    """The text after the editor had it; the editor has the terminal (`suspend`) until it is left.

    Raises NotEdited where it cannot be started or ends with an error, or there is no room for the text.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    try:
        with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
            path = Path(folder) / "note.txt"
            path.write_text(text, encoding="utf-8")
            return _after_editor(command, path, text, suspend)
    except OSError as error:
        said = f"the note cannot be written to a temporary file for the editor ({error.strerror})"
        raise NotEdited(f"{said}: see that there is room, or set TMPDIR") from error


def _after_editor(
    command: Sequence[str], path: Path, text: str, suspend: Callable[[], AbstractContextManager[None]]
) -> str:
    try:
        with suspend():
            status = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        raise NotEdited(f"{neutral_line(command[0])} cannot be opened: {error}; set $EDITOR") from error
    # Shells, and scripts that start an editor, add 128 to a signal's number.
    signal = -status if status < 0 else status - 128
    if status and signal <= 0:
        raise NotEdited(f"{neutral_line(command[0])} ended with {status}: the note is as it was")
    written = path.read_text(encoding="utf-8", errors="replace") if path.exists() else text
    if signal > 0:
        ended = f"{neutral_line(command[0])} was ended by signal {signal}"
        if written == text:
            raise NotEdited(f"{ended}: the note is as it was")
        raise NotEdited(f"{ended}: what it had written waits", written)
    return written
