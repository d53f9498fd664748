"""What keeps a damaged database from being written to: noted in this process, and marked beside the file by the doctor.

The mark is a file of its own, because nothing is written to what is damaged. It names the file by its number (inode):
another one that is put in its place, such as a copy that is restored, is not marked.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from annotator.errors import DatabaseDamagedError

WAYS_OUT = "restore a copy of it; `annotator doctor` says what is damaged, `annotator recover` brings back what can be"

_noted: dict[tuple[Path, int], str] = {}
"""What SQLite found malformed in this process, by paths and inodes."""


def note(path: Path, found: str) -> None:
    """SQLite has found the file malformed: this process writes nothing more to it."""
    with suppress(OSError):
        _noted.setdefault((path, path.stat().st_ino), found)


def check_unnoted(path: Path, inode: int) -> None:
    """Raise DatabaseDamagedError where this file was found malformed in this process."""
    if (path, inode) in _noted:
        raise DatabaseDamagedError(
            f"{path}: was found damaged while it was open ({_noted[path, inode]}): nothing more is stored; {WAYS_OUT}"
        )


def mark_file(path: Path) -> Path:
    """The file beside a database that says that it is damaged."""
    return path.with_name(f"{path.name}-damaged")


def mark(path: Path, found: str) -> bool:
    """Have nobody open the database to write to it any more; False where no mark can be left.

    `found` is what is wrong with it, in words.
    """
    with suppress(OSError):
        said = f"{path.stat().st_ino}\n{found}\n"
        mark_file(path).write_text(said, encoding="utf-8", errors="replace")
        return True
    return False


def unmark(path: Path) -> None:
    """It is sound."""
    with suppress(OSError):
        mark_file(path).unlink(missing_ok=True)
    for known in [known for known in _noted if known[0] == path]:
        del _noted[known]


def check_unmarked(path: Path) -> None:
    """Raise DatabaseDamagedError where the doctor has found this very file damaged."""
    try:
        inode, _, found = mark_file(path).read_text(encoding="utf-8", errors="replace").partition("\n")
        is_this = inode == str(path.stat().st_ino)
    except OSError:
        return
    if is_this:
        raise DatabaseDamagedError(
            f"{path}: `annotator doctor` found it damaged ({' '.join(found.split())}): nothing is written to it; "
            f"{WAYS_OUT}"
        )
