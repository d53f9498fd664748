"""Publishing: what is exported goes to its place whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from annotator.errors import ExportFailure

MARKER = ".annotator-export"
"""The file that says which files of a folder we wrote: one relative path a line, in order."""


def publish(chunks: Iterable[bytes], target: Path) -> None:
    """Write the chunks to a new file beside the target, make them durable, and move the file into the target's place.

    A link is followed; a file that is replaced keeps its permissions; a device or a pipe is written to as it is.
    Raises ExportFailure where that cannot be done. Then, and whatever else is raised, the target is as it was and
    nothing is left beside it.
    """
    publish_files([(target, chunks)])


def publish_files(files: Iterable[tuple[Path, Iterable[bytes]]]) -> None:
    """Publish several files as `publish` does one; none is moved into its place before all are written."""
    written: list[tuple[Path, Path, Path]] = []
    try:
        for target, chunks in files:
            with _told(target, "its folder does not exist; make it first"):
                place = Path(os.path.realpath(target))
                mode = _mode(place)
                if mode is None or stat.S_ISREG(mode):
                    beside = _beside(place)
                    written.append((target, place, beside))
                    _write_beside(chunks, place, beside, mode)
                elif stat.S_ISDIR(mode):
                    raise ExportFailure(f"{target}: a folder; name a file in it")
                else:
                    with place.open("wb") as file:
                        file.writelines(chunks)
        for target, place, beside in written:
            with _told(target, "its folder is gone"):
                beside.replace(place)
    except BaseException:
        for _, _, beside in written:
            beside.unlink(missing_ok=True)
        raise
    for folder in {place.parent for _, place, _ in written}:
        _make_folder_durable(folder)


def publish_folder(files: Iterable[tuple[str, Iterable[bytes]]], target: Path) -> None:
    """Write the files, by their relative paths, to a new folder beside the target and move it into the target's place.

    A folder that is there is replaced only if it is empty or holds nothing but what we wrote, and keeps its
    permissions. Raises ExportFailure where that cannot be done. Then, and whatever else is raised, the target is as
    it was and nothing is left beside it.
    """
    with _told(target, "the folder that it is to be in does not exist; make it first"):
        place = Path(os.path.realpath(target))
        mode = _mode(place)
        if mode is not None:
            _check_ours(target, place, mode)
        beside = _beside(place)
        beside.mkdir()
        try:
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            _fill(beside, files)
            _move_into(beside, place)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        _make_folder_durable(place.parent)


@contextmanager
def _told(target: Path, missing: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ExportFailure(f"{target}: {missing}") from error
    except OSError as error:
        raise ExportFailure(f"{target}: cannot be written: {error.strerror}") from error


def _mode(place: Path) -> int | None:
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None


def _beside(place: Path) -> Path:
    # Not named for the target, whose name may be as long as a name can be.
    return place.with_name(f".annotator-{secrets.token_hex(8)}.part")


def _write_beside(chunks: Iterable[bytes], place: Path, beside: Path, mode: int | None) -> None:
    if mode is not None and not os.access(place, os.W_OK):
        raise ExportFailure(f"{place}: cannot be written: it is read-only")
    # "x" lets the process's umask decide what a new file may be read by.
    with beside.open("xb") as file:
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode) & 0o777)
        file.writelines(chunks)
        _make_durable(file)


def _check_ours(target: Path, place: Path, mode: int) -> None:
    """Raise ExportFailure unless the folder may be replaced."""
    if not stat.S_ISDIR(mode):
        raise ExportFailure(f"{target}: a file, and this format is a folder; name another place")
    if place == Path.cwd() or not place.name:
        raise ExportFailure(f"{target}: not replaced while it is the current folder; name another, such as dataset")
    present = [path for path in place.rglob("*") if path.is_symlink() or not path.is_dir()]
    marker = place / MARKER
    ours = set(marker.read_text(encoding="utf-8").splitlines()) if marker in present else set()
    for path in sorted(present):
        name = path.relative_to(place).as_posix()
        if path != marker and name not in ours:
            raise ExportFailure(f"{target}: a folder with files of another origin ({name}); name a new or empty one")


def _fill(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    names = []
    for name, chunks in files:
        path = folder / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.writelines(chunks)
            _make_durable(file)
        names.append(name)
    (folder / MARKER).write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or not name.isprintable() or "\\" in name or name == MARKER:
        raise ExportFailure(f"{name!r} cannot be the name of a file in the export")
    return path


def _move_into(beside: Path, place: Path) -> None:
    # A folder that is not empty cannot be replaced in one step: for a moment there is none.
    before = beside.with_suffix(".old")
    there = place.exists()
    if there:
        place.rename(before)
    try:
        beside.rename(place)
    except BaseException:
        if there:
            before.rename(place)
        raise
    if there:
        shutil.rmtree(before, ignore_errors=True)


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
