"""What is said of a small file that is to be UTF-8 and is not."""

from __future__ import annotations


def where_not_utf8(error: UnicodeDecodeError) -> str:
    """The line, from 1, of the whole text's bytes that the error is about, and what to do."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return f"line {line}: not UTF-8; save it as UTF-8"
