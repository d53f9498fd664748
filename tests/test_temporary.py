"""Temporary files that find no room: one line about their folder, and nothing about what they were made for."""

from __future__ import annotations

import errno
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pytest

from annotator.errors import DiskFullError, NoRoomError
from annotator.temporary import temporary_file, temporary_folder, told_as_temporary
from annotator.tui.context import NotEdited
from annotator.tui.external_editor import edited


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), DiskFullError("a.db: the disk")])
def test_a_lack_of_room_is_told_of_the_folder(error: Exception) -> None:
    with pytest.raises(NoRoomError) as told, temporary_folder() as folder, told_as_temporary():
        raise error
    assert str(told.value) == (
        f"{tempfile.gettempdir()}: no room for temporary files: free some, or name another folder in the variable "
        "TMPDIR"
    )
    assert not folder.exists()


def test_any_other_fault_stays_what_it_is() -> None:
    with pytest.raises(PermissionError), told_as_temporary():
        raise PermissionError(errno.EACCES, "Permission denied")


def test_no_folder_for_temporary_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", nowhere)
    for opened in (temporary_folder(), temporary_file()):
        with pytest.raises(NoRoomError, match=r"^no folder for temporary files"), opened:
            pass


def test_a_file_that_finds_no_room_says_so_once(tmp_path: Path) -> None:
    """Closing it tries again to write what is still in memory."""
    code = (
        "import resource, signal; from annotator.temporary import temporary_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "with temporary_file() as file:\n    file.write(b'x' * 100)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_note_that_finds_no_room_is_not_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(NotEdited, match="cannot be written to a temporary file"):
        edited("a note", nullcontext)
