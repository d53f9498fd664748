"""A copy of a damaged file to recover from, in which the header and the SQL that made the tables are mended.

Most of a header is the same in every database of this program, and the rest follows from the file
(https://www.sqlite.org/fileformat2.html#the_database_header). Where a table lies is in another column of the schema;
what it looks like is known.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from annotator.errors import NotADatabaseError, NotFoundError
from annotator.store.file.neighbours import LOG, neighbour
from annotator.store.migration.own_schema import own_tables
from annotator.store.opening import APPLICATION_ID, SCHEMA_VERSION
from annotator.store.recovery.schema_version import told_schema
from annotator.temporary import told_as_temporary

COPY = "broken.db"


def copied(broken: Path, folder: Path) -> sqlite3.Connection:
    """A connection to a copy, with the write-ahead log that lies beside the file: nothing is written to either."""
    if broken.is_dir():
        raise NotADatabaseError(f"{broken}: a folder, not a database")
    copy, log = folder / COPY, folder / f"{COPY}{LOG}"
    for suffix in ("", LOG):
        file = neighbour(broken, suffix)
        if file.is_file():
            with told_as_temporary():
                shutil.copyfile(file, folder / f"{COPY}{suffix}")
    if not copy.exists() and not log.exists():
        raise NotFoundError(f"{broken}: no such file")
    if log.exists() and not (copy.exists() and copy.stat().st_size):
        _write_pages(copy, log.read_bytes(), _page_size_of_log(log))
        log.unlink()
    _mend_header(copy, log)
    # What SQLite does not get to is looked for in the pages themselves.
    with suppress(sqlite3.DatabaseError):
        _mend_schema(copy)
    return _connected(copy)


def cut_off(broken: Path) -> str:
    """How much of the file is missing at its end, in words; empty for nothing, or where its header does not say it."""
    try:
        with broken.open("rb") as file:
            header = file.read(_HEADER)
        there = broken.stat().st_size
    except OSError:
        return ""
    size = _page_size(header[16:18])
    if len(header) < _HEADER or not size or header[24:28] != header[92:96]:
        return ""
    pages = int.from_bytes(header[28:32])
    return f"the file's end: it has {there // size} of its {pages} pages" if there // size < pages else ""


def _connected(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy)
    # What is no SQL any more is passed over.
    connection.execute("pragma writable_schema = on")
    return connection


_HEADER = 100
_FIXED = {
    0: b"SQLite format 3\0",
    # No bytes of a page reserved, and the fractions that have to be.
    20: bytes((0, 64, 32, 32)),
    # The format of the schema, UTF-8, and nothing about vacuums.
    44: (4).to_bytes(4),
    52: bytes(4),
    56: (1).to_bytes(4),
    64: bytes(4),
    68: APPLICATION_ID.to_bytes(4),
    72: bytes(20),
}
"""What a header has at these offsets in every database of ours."""
_USUAL_PAGE = 4096


def _mend_header(copy: Path, log: Path) -> None:
    """Write the header of the copy as it must be; what is too short to have one is left as it is."""
    with copy.open("r+b") as file:
        header = bytearray(file.read(_HEADER))
        if len(header) < _HEADER:
            return
        size = _page_size(bytes(header[16:18])) or _page_size_of_log(log) or _USUAL_PAGE
        header[16:18] = (1 if size == _LARGEST_PAGE else size).to_bytes(2)
        # How it is read and written: with a log, where neither way is said.
        if bytes(header[18:20]) not in (b"\1\1", b"\2\2"):
            header[18:20] = b"\2\2"
        for at, held in _FIXED.items():
            header[at : at + len(held)] = held
        # How many pages there are, which counts where the two numbers of changes are equal.
        header[28:32] = (copy.stat().st_size // size).to_bytes(4)
        header[92:96] = header[24:28]
        file.seek(0)
        file.write(header)


_LARGEST_PAGE = 65536


def _page_size(held: bytes) -> int:
    """Bytes of a page as a header says it; 0 where that is none."""
    said = int.from_bytes(held)
    size = _LARGEST_PAGE if said == 1 else said
    return size if size >= 512 and not size & (size - 1) else 0


def _page_size_of_log(log: Path) -> int:
    """The same as the header of a write-ahead log says it."""
    with suppress(OSError), log.open("rb") as file:
        said = int.from_bytes(file.read(12)[8:12])
        return _page_size(said.to_bytes(4)) if said <= _LARGEST_PAGE else 0
    return 0


_LOG_HEADER, _FRAME_HEADER = 32, 24
_NUMBER, _COMMITTED, _SALTS, _SALTS_OF_LOG = slice(4), slice(4, 8), slice(8, 16), slice(16, 24)


def _write_pages(copy: Path, log: bytes, size: int) -> None:
    """Write the pages of a log, as they were when it was last committed, into a file that has none.

    SQLite deletes such a file's log (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
    """
    frames = []
    for at in range(_LOG_HEADER, len(log) - size - _FRAME_HEADER + 1, size + _FRAME_HEADER) if size else ():
        header = log[at : at + _FRAME_HEADER]
        if header[_SALTS] == log[_SALTS_OF_LOG]:
            frames.append((int.from_bytes(header[_NUMBER]), int.from_bytes(header[_COMMITTED]), at + _FRAME_HEADER))
    pages = max((committed for _, committed, _ in frames), default=0)
    while frames and not frames[-1][1]:
        frames.pop()
    with copy.open("wb") as file:
        for number, _, at in frames:
            if 0 < number <= pages:
                file.seek((number - 1) * size)
                file.write(log[at : at + size])


def _mend_schema(copy: Path) -> None:
    with closing(_connected(copy)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        if told_schema(connection) != SCHEMA_VERSION:
            return
        connection.executemany(
            "update sqlite_master set sql = ?2 where type = 'table' and name = ?1 and sql is not ?2",
            own_tables().items(),
        )
        connection.commit()
