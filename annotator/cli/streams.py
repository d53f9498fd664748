"""What is written where: data to standard output as UTF-8, narration to standard error."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TextIO

import click

from annotator.errors import ExportFailure
from annotator.model.text import neutral_line, neutral_text

_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2
BINARY = "write it into a file with -o FILE, or send it on with | or >"


def narrate(line: str) -> None:
    """One line on standard error, with nothing in it that steers a terminal."""
    click.echo(neutral_line(line), err=True)


def emit(text: str) -> None:
    """Text on standard output, in UTF-8 and with its line ends as they are, whatever the system's are."""
    emit_bytes([text.encode("utf-8", errors="replace")])


def emit_bytes(chunks: Iterable[bytes]) -> None:
    """Bytes on standard output, each chunk as it comes; raises ExportFailure where there is no standard output."""
    # Python has no stream for a descriptor that was closed before it started.
    if sys.stdout is None:
        raise ExportFailure("standard output is closed")
    for chunk in _neutral(chunks) if is_screen(sys.stdout) else chunks:
        sys.stdout.buffer.write(chunk)


def is_screen(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal, where somebody looks; one that was closed before the start is None."""
    return stream is not None and stream.isatty()


def _neutral(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What a terminal may be given of them: text in which nothing steers it; raises ExportFailure for other data."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    for chunk in chain(chunks, [b""]):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise ExportFailure(f"this is not for a terminal: {BINARY}") from error
        if "\0" in text:
            raise ExportFailure(f"this is not for a terminal: {BINARY}")
        # CSV has the line ends of its standard, and a bare CR would go back to the line's beginning.
        yield "\t".join(map(neutral_text, text.replace("\r\n", "\n").split("\t"))).encode()


def flush() -> None:
    """Hand over what is buffered now, where a failure can still be told, and not when the interpreter ends."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


@contextmanager
def diverted() -> Iterator[None]:
    """Send to standard error what other programs and libraries write to the descriptor of standard output meanwhile."""
    flush()
    try:
        kept = os.dup(_STANDARD_OUTPUT)
    except OSError:
        # Closed before the program started: there is nothing to be kept clean.
        yield
        return
    try:
        # Where standard error is closed there is nowhere to say it.
        with suppress(OSError):
            os.dup2(_STANDARD_ERROR, _STANDARD_OUTPUT)
        yield
    finally:
        os.dup2(kept, _STANDARD_OUTPUT)
        os.close(kept)


def abandon(*streams: TextIO | None) -> None:
    """Let nothing more be written to these streams, so that the interpreter's own flush cannot fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        # A test's stream has no descriptor.
        with suppress(OSError, ValueError):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
