from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import ExportFailure
from annotator.workflow.exporting.publish import MARKER, publish, publish_files, publish_folder


def pieces(stop: BaseException | None = None) -> Iterator[bytes]:
    yield b"one\n"
    if stop is not None:
        raise stop
    yield b"two\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_pieces_become_the_file(tmp_path: Path) -> None:
    publish(pieces(), tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"one\ntwo\n"
    assert [each.name for each in tmp_path.iterdir()] == ["new"]


def test_a_new_file_may_be_read_by_whom_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        publish(pieces(), tmp_path / "new")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o640


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "old"
    target.write_bytes(b"old")
    target.chmod(0o604)
    publish(pieces(), target)
    assert (target.read_bytes(), mode(target)) == (b"one\ntwo\n", 0o604)


@pytest.mark.parametrize("stop", [ValueError(), KeyboardInterrupt(), ExportFailure("no"), OSError(28, "No space left")])
def test_what_stops_leaves_everything_as_it_was(stop: BaseException, tmp_path: Path) -> None:
    target = tmp_path / "old"
    target.write_bytes(b"old")
    expected = ExportFailure if isinstance(stop, OSError) else type(stop)
    with pytest.raises(expected):
        publish(pieces(stop), target)
    with pytest.raises(expected):
        publish(pieces(stop), tmp_path / "new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_reader_sees_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "old"
    target.write_bytes(b"old")

    def watched() -> Iterator[bytes]:
        yield b"half"
        assert target.read_bytes() == b"old"
        yield b" and half"

    publish(watched(), target)
    assert target.read_bytes() == b"half and half"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    real = tmp_path / "folder" / "real"
    real.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(real)
    publish(pieces(), link)
    assert link.is_symlink()
    assert real.read_bytes() == b"one\ntwo\n"


def test_a_name_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 255)
    publish(pieces(), target)
    assert target.read_bytes() == b"one\ntwo\n"


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    publish(pieces(), pipe)
    reader.join(60)
    assert read == [b"one\ntwo\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_device_that_is_full_is_said() -> None:
    with pytest.raises(ExportFailure, match=r"^/dev/full: cannot be written: No space left on device$"):
        publish(pieces(), Path("/dev/full"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportFailure, match="a folder; name a file in it"):
        publish(pieces(), tmp_path)


def test_a_folder_that_is_missing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ExportFailure, match="its folder does not exist; make it first"):
        publish(pieces(), tmp_path / "nowhere" / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_path_through_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportFailure, match="cannot be written: Not a directory"):
        publish(pieces(), tmp_path / "file" / "new")


def test_a_file_that_is_read_only_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "old"
    target.write_bytes(b"old")
    target.chmod(0o444)
    # Whoever runs the tests may be allowed everything.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ExportFailure, match="it is read-only"):
        publish(pieces(), target)
    assert target.read_bytes() == b"old"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder but the marker."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def files(*names: str, stop: BaseException | None = None) -> Iterator[tuple[str, Iterator[bytes]]]:
    for name in names:
        yield name, pieces(stop)


def test_several_files_are_moved_when_all_are_written(tmp_path: Path) -> None:
    old = tmp_path / "a"
    old.write_bytes(b"old")

    def watched() -> Iterator[tuple[Path, Iterator[bytes]]]:
        yield old, pieces()
        assert old.read_bytes() == b"old"
        yield tmp_path / "b", pieces()

    publish_files(watched())
    assert tree(tmp_path) == {"a": b"one\ntwo\n", "b": b"one\ntwo\n"}


def test_of_several_files_none_is_replaced_when_one_stops(tmp_path: Path) -> None:
    old = tmp_path / "a"
    old.write_bytes(b"old")
    with pytest.raises(ExportFailure, match="no room"):
        publish_files([(old, pieces()), (tmp_path / "b", pieces(ExportFailure("no room")))])
    with pytest.raises(ExportFailure, match="a folder; name a file in it"):
        publish_files([(old, pieces()), (tmp_path, pieces())])
    assert tree(tmp_path) == {"a": b"old"}


def test_the_files_become_the_folder(tmp_path: Path) -> None:
    publish_folder(files("a.txt", "b/c.txt"), tmp_path / "new")
    assert tree(tmp_path / "new") == {"a.txt": b"one\ntwo\n", "b/c.txt": b"one\ntwo\n"}
    assert [each.name for each in tmp_path.iterdir()] == ["new"]


def test_a_folder_that_we_wrote_is_replaced_with_all_that_was_in_it(tmp_path: Path) -> None:
    target = tmp_path / "data"
    publish_folder(files("a.txt", "b/c.txt"), target)
    target.chmod(0o705)
    publish_folder(files("a.txt", "d.txt"), target)
    assert list(tree(target)) == ["a.txt", "d.txt"]
    assert mode(target) == 0o705
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    target = tmp_path / "data"
    target.mkdir()
    publish_folder(files("a.txt"), target)
    assert list(tree(target)) == ["a.txt"]


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "data"
    publish_folder(files("a.txt"), target)
    (target / "mine.txt").write_text("mine")
    with pytest.raises(ExportFailure, match=r"files of another origin \(mine.txt\); name a new or empty one"):
        publish_folder(files("b.txt"), target)
    assert list(tree(target)) == ["a.txt", "mine.txt"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").symlink_to(target / "a.txt")
    with pytest.raises(ExportFailure, match="files of another origin"):
        publish_folder(files("a.txt"), other)


@pytest.mark.parametrize("stop", [ValueError(), KeyboardInterrupt(), ExportFailure("no"), OSError(28, "No space left")])
def test_a_folder_that_stops_leaves_everything_as_it_was(stop: BaseException, tmp_path: Path) -> None:
    target = tmp_path / "data"
    publish_folder(files("a.txt"), target)
    expected = ExportFailure if isinstance(stop, OSError) else type(stop)
    for place in (target, tmp_path / "new"):
        with pytest.raises(expected):
            publish_folder(files("b.txt", stop=stop), place)
    assert list(tree(target)) == ["a.txt"]
    assert list(tmp_path.iterdir()) == [target]


def test_the_old_folder_comes_back_when_the_new_one_cannot_be_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "data"
    publish_folder(files("a.txt"), target)
    real = Path.rename

    def refuses(self: Path, to: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(5, "Input/output error")
        return real(self, to)

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(ExportFailure, match="Input/output error"):
        publish_folder(files("b.txt"), target)
    assert list(tree(target)) == ["a.txt"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_no_folder_and_the_current_folder_is_not_moved_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportFailure, match="a file, and this format is a folder"):
        publish_folder(files("a.txt"), tmp_path / "file")
    with pytest.raises(ExportFailure, match="does not exist; make it first"):
        publish_folder(files("a.txt"), tmp_path / "nowhere" / "new")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportFailure, match="current folder"):
        publish_folder(files("a.txt"), Path())


@pytest.mark.parametrize("name", ["", "../a", "/a", "a/../../b", "a\nb", "a\\b", MARKER])
def test_no_file_leaves_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportFailure, match="cannot be the name of a file in the export"):
        publish_folder(files(name), tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
