"""Writing a text in the user's own editor: $VISUAL or $EDITOR, never through a shell."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.text import neutral_line


class NotEdited(AnnotatorError):
    """The text is as it was; the message says why."""


def edited(text: str, suspend: Callable[[], AbstractContextManager[None]]) -> str:
    """The text after the editor had it; the editor has the terminal (`suspend`) until it is left.

    Raises NotEdited where it cannot be started or ends with an error.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder) / "note.txt"
        path.write_text(text, encoding="utf-8")
        try:
            with suspend():
                status = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
        except OSError as error:
            raise NotEdited(f"{neutral_line(command[0])} cannot be opened: {error}; set $EDITOR") from error
        if status:
            raise NotEdited(f"{command[0]} ended with {status}: the note is as it was")
        return path.read_text(encoding="utf-8", errors="replace")
