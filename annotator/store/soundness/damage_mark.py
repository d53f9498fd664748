"""What keeps a damaged database from being written to: noted in this process, and marked beside the file by the doctor.

The mark is a file of its own, because nothing is written to what is damaged. It says which file it is of: its number
(inode), its length and time, and what it held: the last entry, and when the last place or draft was left. A restored
copy is another file by these, also where it is written into the old one or gets its number.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from annotator.errors import DatabaseDamagedError
from annotator.store.file.neighbours import neighbour
from annotator.store.file.open_file import OpenFile, content_of

WAYS_OUT = "restore a copy of it; `annotator doctor` says what is damaged, `annotator recover` brings back what can be"

_noted: dict[tuple[Path, int], str] = {}
"""What SQLite found malformed in this process, by paths and inodes."""


def note(path: Path, found: str) -> None:
    """SQLite has found the file malformed: this process writes nothing more to it."""
    with suppress(OSError):
        _noted.setdefault((path.resolve(), path.stat().st_ino), found)


def check_unnoted(path: Path, inode: int) -> None:
    """Raise DatabaseDamagedError where this file was found malformed in this process."""
    # To resolve a path takes longer than the rest, and this is asked at every decision.
    if _noted and (found := _noted.get((path.resolve(), inode))):
        raise DatabaseDamagedError(
            f"{path}: was found damaged while it was open ({found}): nothing more is stored; {WAYS_OUT}"
        )


def mark_file(path: Path) -> Path:
    """The file beside a database that says that it is damaged; the same one for a link to it."""
    return neighbour(path, "-damaged")


def mark(path: Path, found: str, opened: OpenFile | None = None) -> bool:
    """Have nobody open the database to write to it any more; False where no mark can be left.

    `found` is what is wrong with it, in words, and `opened` the file that was looked at: what is at the path by now may
    be another. Whoever has it open has emptied its log, which would be written into the file when it is closed.
    """
    with suppress(OSError):
        now = path.stat()
        if opened is not None and (now.st_dev, now.st_ino) != (opened.device, opened.inode):
            return False
        held = content_of(path)
        known = (now.st_ino, now.st_size, now.st_mtime_ns, *((*held, _last_left(path)) if held else ()))
        mark_file(path).write_text(f"{json.dumps(known)}\n{found}\n", encoding="utf-8", errors="replace")
        return True
    return False


def unmark(path: Path) -> str:
    """It is sound. Why the mark stays, where it cannot be taken away; nothing otherwise."""
    target = path.resolve()
    for known in [known for known in _noted if known[0] == target]:
        del _noted[known]
    try:
        mark_file(path).unlink(missing_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def check_unmarked(path: Path) -> None:
    """Raise DatabaseDamagedError where the doctor has found this very file damaged."""
    try:
        known, _, found = mark_file(path).read_text(encoding="utf-8", errors="replace").partition("\n")
        is_this = _is_of(known, path)
    except (OSError, ValueError, TypeError):
        return
    if is_this:
        raise DatabaseDamagedError(
            f"{path}: `annotator doctor` found it damaged ({' '.join(found.split())}): nothing is written to it until "
            f"`annotator doctor` finds it sound; {WAYS_OUT}"
        )


def _is_of(known: str, path: Path) -> bool:
    """Whether the file is the one that was marked; raises OSError, ValueError and TypeError."""
    inode, size, changed, *content = json.loads(known)
    now = path.stat()
    if now.st_ino != inode:
        return False
    if (now.st_size, now.st_mtime_ns) == (size, changed):
        return True
    # Somebody has written into it since. Who had it open then may go on, and no copy from before has later entries,
    # places or drafts; what cannot be read is none that anybody restored.
    found = content_of(path)
    if found is None:
        return True
    if not content or found[0] != content[0]:
        return False
    _, last, *left = content
    if found[1] != last:
        return bool(found[1] > last)
    latest = _last_left(path)
    return bool(left) and (latest is None or (left[0] is not None and latest > left[0]))


def _last_left(path: Path) -> int | None:
    """When the last place or draft was left in the file, without its log (microseconds since 1970); 0 for none.

    None where that cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as alone:
            (latest,) = alone.execute(
                "select max(at) from (select at from place union all select at from draft) where typeof(at) = 'integer'"
            ).fetchone()
    except sqlite3.Error:
        return None
    return int(latest or 0)
