"""How much of a file has been read, for whoever shows how far an import is."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

Opened = Callable[[BinaryIO], BinaryIO]
"""What is done with a file that was opened for reading, before it is read."""

_AT_ONCE = 65_536


def as_it_is(stream: BinaryIO) -> BinaryIO:
    """The file itself: nobody asks how far it is."""
    return stream


def metered(stream: BinaryIO, told: Callable[[int], None]) -> BinaryIO:
    """A seekable file that tells how many more bytes of it have been read, each byte once, however often it is read."""
    return io.BufferedReader(_Metered(stream, told), _AT_ONCE)


class _Metered(io.RawIOBase):
    def __init__(self, stream: BinaryIO, told: Callable[[int], None]) -> None:
        super().__init__()
        self._stream, self._told, self._farthest = stream, told, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # RawIOBase allows None, which files never give
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        at = self._stream.tell()
        if at > self._farthest:
            more, self._farthest = at - self._farthest, at
            self._told(more)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
