"""Paths into open files: what is in a directory, and what is refused before it is read."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.model.late import dataclass
from annotator.temporary import temporary_file, told_as_temporary

STANDARD_INPUT = "-"
_REASONS = {
    errno.ENOENT: "no such file: check the path",
    errno.ENOTDIR: "no such file: a part of the path is not a directory",
    errno.EACCES: "no permission to read it: check who may (ls -l)",
    errno.EPERM: "no permission to read it: check who may (ls -l)",
    errno.ELOOP: "a symbolic link that leads to itself: give the file it should lead to",
    errno.ENAMETOOLONG: "the path is too long: go into the folder, and give what is below it",
    errno.ENXIO: "not a regular file: use - to read standard input",
}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a directory that nothing was made of, with the reason: no failure, but named and counted."""

    origin: str
    reason: str


def shown(path: str) -> str:
    """The path as text that can be stored and printed, whatever bytes the file system gave."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def os_failure(origin: str, error: OSError) -> ImportFailure:
    """The operating system's refusal in words that say what to do."""
    reason = _REASONS.get(error.errno or 0) or f"cannot be read: {error.strerror or error}"
    return ImportFailure(origin, reason)


def open_regular(path: str) -> BinaryIO:
    """The file, open for reading bytes; raises ImportFailure for anything but a regular file that can be read.

    Opening never waits: a named pipe without a writer is refused like the one with a writer.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise os_failure(shown(path), error) from error
    except ValueError as error:
        raise ImportFailure(shown(path), "no such file: the path has a NUL character") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ImportFailure(shown(path), "not a regular file: use - to read standard input")
    return os.fdopen(descriptor, "rb")


def called(path: str) -> str:
    """What a path, or - for standard input, is called in what is said of it."""
    return "standard input" if path == STANDARD_INPUT else shown(path)


def standard_input() -> BinaryIO:
    """What is piped in, as bytes; raises ImportFailure where it was closed before the program started."""
    # Python has no stream for a descriptor that was closed.
    if sys.stdin is None:
        raise ImportFailure("standard input", "it is closed: name a file, or send something on with | or <")
    return sys.stdin.buffer


@contextmanager
def open_given(path: str) -> Iterator[Source]:
    """What a command was given, a file or - for standard input, as something that can be gone through twice.

    Raises ImportFailure for what is not there, and for anything but a regular file, and NoRoomError.
    """
    if path != STANDARD_INPUT:
        with open_regular(path) as stream:
            yield Source(called(path), stream)
        return
    # As large as it likes: what comes through a pipe comes once.
    with temporary_file() as kept:
        with told_as_temporary():
            shutil.copyfileobj(standard_input(), kept)
            kept.seek(0)
        yield Source(called(path), kept)


def is_directory(path: str) -> bool:
    """Whether there is a directory, a symbolic link to one included."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - a path given by the user may be no Path
    except (OSError, ValueError):
        return False


def size_of(path: str) -> int:
    """The bytes of a regular file, 0 for anything else."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a path given by the user may be no Path
    except (OSError, ValueError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def files_in(directory: str) -> Iterator[str | ImportFailure]:
    """Every file below the directory, sorted by name at each level, hidden ones and those called README left out.

    Symbolic links to files are followed, those to directories are not, so that no walk goes round. A directory
    that cannot be read is a failure, and the walk goes on.
    """
    # A list and no recursion: folders are nested as deeply as somebody likes.
    waiting = [(directory, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            if not is_directory(path):
                yield path
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except OSError as error:
            yield os_failure(shown(path), error)
            continue
        waiting += [(str(Path(path) / name), below) for name, below in reversed(found) if not _passed_by(name)]


def _passed_by(name: str) -> bool:
    return name.startswith(".") or Path(name).stem.lower() == "readme"
