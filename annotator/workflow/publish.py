"""Publishing: what is exported goes to its file whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ExportFailure


def publish(chunks: Iterable[bytes], target: Path) -> None:
    """Write the chunks to a new file beside the target, make them durable, and move the file into the target's place.

    A link is followed; a file that is replaced keeps its permissions; a device or a pipe is written to as it is.
    Raises ExportFailure where that cannot be done. Then, and whatever else is raised, the target is as it was and
    nothing is left beside it.
    """
    place = Path(os.path.realpath(target))
    try:
        mode = _mode(place)
        if mode is None or stat.S_ISREG(mode):
            _replace(chunks, place, mode)
        elif stat.S_ISDIR(mode):
            raise ExportFailure(f"{target}: a folder; name a file in it")
        else:
            with place.open("wb") as file:
                file.writelines(chunks)
    except FileNotFoundError as error:
        raise ExportFailure(f"{target}: its folder does not exist; make it first") from error
    except OSError as error:
        raise ExportFailure(f"{target}: cannot be written: {error.strerror}") from error


def _mode(place: Path) -> int | None:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None


def _replace(chunks: Iterable[bytes], place: Path, mode: int | None) -> None:
    if mode is not None and not os.access(place, os.W_OK):
        raise ExportFailure(f"{place}: cannot be written: it is read-only")
    # Not named for the target, whose name may be as long as a name can be.
    beside = place.with_name(f".annotator-{secrets.token_hex(8)}.part")
    try:
        # "x" lets the process's umask decide what a new file may be read by.
        with beside.open("xb") as file:
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode) & 0o777)
            file.writelines(chunks)
            _make_durable(file)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _make_folder_durable(place.parent)


def _make_durable(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _make_folder_durable(folder: Path) -> None:
    # Not every system opens a folder or syncs one; the file itself is safe without.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
