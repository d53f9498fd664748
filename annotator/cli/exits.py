"""Every exit status, and what is said on standard error when a command stops."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import StringIO

import click

from annotator.cli.streams import abandon, flush, narrate
from annotator.errors import AnnotatorError
from annotator.model.text import neutral_text
from annotator.signals import FROM_OUTSIDE, ended_by_signals

DONE = 0
FAILED = 1
USAGE = 2
"""click's own, for arguments that are wrong."""
INTERRUPTED = 130
"""128 and the number of SIGINT, as shells count."""
BROKEN_PIPE = 141
"""128 and the number of SIGPIPE: whoever read the output has had enough."""


class ReaderGone(Exception):
    """Whoever read the output has gone; click would make of a BrokenPipeError a status of its own."""


def status_of(command: Callable[[], object]) -> int:
    """Run the command and say in one line why it stopped, if it did; its exit status.

    A command that returns a number has chosen its status itself.
    """
    asked: list[int] = []

    def end(status: int) -> None:
        # As Ctrl-C does. Those that follow would only end the clearing up.
        if not asked:
            asked.append(status)
            raise KeyboardInterrupt

    try:
        with ended_by_signals(end, FROM_OUTSIDE):
            return _told(command, asked)
    except (BrokenPipeError, ReaderGone):
        abandon(sys.stdout, sys.stderr)
        return BROKEN_PIPE
    except OSError as error:
        # Standard output that cannot take more, such as a file on a full disk.
        abandon(sys.stdout)
        # A terminal that is gone takes no words either.
        with suppress(OSError):
            narrate(f"annotator: {error.filename or 'standard output'}: {error.strerror or error}")
        return FAILED


def _told(command: Callable[[], object], asked: Sequence[int]) -> int:
    """The same; a signal from outside has `asked` for its status, whatever became of the exception that it raised."""
    try:
        chosen = command()
    except click.ClickException as error:
        # It quotes arguments and names of files, which may be anybody's.
        said = StringIO()
        error.show(said)
        click.echo(neutral_text(said.getvalue()), err=True, nl=False)
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        narrate("annotator: ended from outside" if asked else "annotator: interrupted")
        status = asked[0] if asked else INTERRUPTED
    except AnnotatorError as error:
        narrate(f"annotator: {error}")
        status = FAILED
    else:
        status = chosen if isinstance(chosen, int) else DONE
    flush()
    return status
