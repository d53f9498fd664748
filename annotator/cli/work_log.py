"""The log of long work: what was asked, what failed and where, and how it ended; no words of articles or notes.

A failure is logged by the file, the number of the row in it, and the place in the code that refused it, because its
reason may quote the text. `--log-text` is what somebody gives who wants the reasons too.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator import __version__
from annotator.cli.invocation import Decorated, Invocation
from annotator.cli.streams import narrate
from annotator.errors import AnnotatorError, raised_at
from annotator.model.late import dataclass
from annotator.model.text import neutral_line

if TYPE_CHECKING:
    import logging

LOG_VARIABLE = "ANNOTATOR_LOG"
LARGEST, KEPT = 1_000_000, 3
"""Bytes of one log, and how many older ones are kept beside it."""

_NUMBERED = re.compile(r"(?:line|row|task|annotation|claim|page) \d{1,12}\b")
_STEPS = 50
"""Steps of a traceback that are logged."""


def log_path() -> Path:
    """Where the log is: $ANNOTATOR_LOG, or annotator.log in the platform's folder for logs."""
    chosen = os.environ.get(LOG_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    # Deferred: only long work needs it.
    import platformdirs

    return platformdirs.user_log_path("annotator", appauthor=False) / "annotator.log"


def takes_log(command: Decorated) -> Decorated:
    """Give a command `--verbose` and `--log-text`; the invocation has them."""
    for name, help_ in (
        (
            "--log-text",
            "Let the log quote articles and notes, as its reasons do; it has none of their words otherwise.",
        ),
        ("--verbose", "Log every item, not only failures, and say where the log is."),
    ):
        command = click.option(name, is_flag=True, expose_value=False, callback=_chosen, help=help_)(command)
    return command


def _chosen(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    if value and parameter.name:
        ctx.obj = ctx.obj.with_logging(**{parameter.name: True})


@dataclass(frozen=True, slots=True)
class WorkLog:
    """What one piece of long work writes; nothing where the log cannot be written."""

    logger: logging.Logger | None
    verbose: bool = False
    text: bool = False

    def failed(self, origin: str, place: str, refused_at: str, detail: str) -> None:
        """Something that failed: `place` is where it is in the file, `refused_at` where in the code it was refused."""
        where = ", ".join(filter(None, (origin, *_NUMBERED.findall(place))))
        self._write("failed: %s%s%s", where, f" (at {refused_at})" if refused_at else "", self._quoted(detail))

    def done(self, what: str, origin: str, detail: str = "") -> None:
        """What became of an item, where every item is logged."""
        if self.verbose:
            self._write("%s: %s%s", what, origin, self._quoted(detail))

    def said(self, line: str) -> None:
        """A line of counts."""
        self._write("%s", line)

    def _quoted(self, detail: str) -> str:
        return f": {detail}" if self.text and detail else ""

    def _write(self, form: str, *values: object) -> None:
        if self.logger is not None:
            self.logger.info("%s", neutral_line(form % values))


@contextmanager
def logged(invocation: Invocation, command: str) -> Iterator[WorkLog]:
    """The log, open while the command works: its beginning and end are written, and what stopped it."""
    logger = _open(log_path())
    if invocation.verbose:
        narrate(f"log: {log_path()}" if logger else f"log: {log_path()} cannot be written, so there is none")
    log = WorkLog(logger, invocation.verbose, invocation.log_text)
    began = time.monotonic()
    log.said(f"{command} begins: annotator {__version__}, process {os.getpid()}, database {invocation.path}")
    ending = "ends"
    try:
        yield log
    except KeyboardInterrupt:
        ending = "was interrupted"
        raise
    except BaseException as error:
        ending = f"stopped by {type(error).__name__}"
        log.said(f"{ending} at {raised_at(error, steps=_STEPS)}")
        if isinstance(error, AnnotatorError) and log.text:
            log.said(str(error))
        raise
    finally:
        log.said(f"{command} {ending} after {time.monotonic() - began:.1f} s")
        if logger is not None:
            for handler in list(logger.handlers):
                logger.removeHandler(handler)
                handler.close()


def _open(path: Path) -> logging.Logger | None:
    """The logger of this program's own lines; what libraries log, which may be text, does not come here."""
    # Deferred: only long work needs it.
    import logging.handlers

    class Rotating(logging.handlers.RotatingFileHandler):
        """For nobody else's eyes, because files are named for what is in them; a full disk is no reason to stop."""

        def _open(self) -> TextIOWrapper:
            return open(self.baseFilename, "a", encoding="utf-8", opener=_of_ones_own)

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
            del record

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = Rotating(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_utc("%(asctime)sZ %(message)s"))
    logger = logging.getLogger("annotator.work")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return logger


def _of_ones_own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _utc(form: str) -> logging.Formatter:
    import logging

    formatter = logging.Formatter(form, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    return formatter
