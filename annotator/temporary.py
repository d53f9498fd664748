"""Temporary files: where there is no room for them, that is said of their folder, and not of what they are made for."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from annotator.errors import DiskFullError, NoRoomError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REMEDY = "free some, or name another folder in the variable TMPDIR"


@contextmanager
def told_as_temporary() -> Iterator[None]:
    """Tell a lack of room in here as the temporary folder's: nothing else may be written meanwhile.

    Raises NoRoomError, also where there is no folder that a temporary file could be in.
    """
    try:
        yield
    except DiskFullError as error:
        raise NoRoomError(f"{tempfile.gettempdir()}: no room for temporary files: {_REMEDY}") from error
    except OSError as error:
        if tempfile.tempdir is None:
            raise NoRoomError(f"no folder for temporary files ({error.strerror}): {_REMEDY}") from error
        if error.errno not in _FULL:
            raise
        raise NoRoomError(f"{tempfile.tempdir}: no room for temporary files: {_REMEDY}") from error


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes again; raises NoRoomError where it cannot be made."""
    with told_as_temporary():
        made = tempfile.TemporaryDirectory(prefix="annotator-")
    with made as folder:
        yield Path(folder)


@contextmanager
def temporary_file() -> Iterator[BinaryIO]:
    """A file without a name, to be written to where a lack of room is told; raises NoRoomError."""
    with told_as_temporary():
        made = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    try:
        yield made
    finally:
        # What finds no room was told when it was written, and closing tries it again.
        with suppress(OSError):
            made.close()
