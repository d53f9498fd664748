"""Rows read from a database file's pages themselves, where SQLite does not get to them any more.

A row is in a leaf of its table; what leads to the leaves (inner pages, the schema, the header) may be damaged while
they are not. Which table a leaf is of is told by what its rows look like: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

from annotator.store.recovery.mending import flipped

Row: TypeAlias = tuple[Any, ...]
Pages: TypeAlias = "mmap.mmap | bytes"

_LEAF = 13
_INDEX_LEAF, _INDEX_INNER = 10, 2
_HEADER = 100
_USUAL_SIZE = 4096
_UNREADABLE = (IndexError, ValueError)
_INTEGERS = (0, 1, 2, 3, 4, 6, 8)
"""How many bytes integers have, by their serial type."""
_SHORTEST = 4
"""Bytes of the shortest cell."""
_FLOAT, _ZERO, _ONE, _BLOB = 7, 8, 9, 12


def leaf_rows(path: Path) -> Iterator[tuple[int | None, Row]]:
    """The number and values of every row of any table; what is no row is left out.

    A table that has its key in the place of numbers is kept as an index is, so rows of indexes come too, None as their
    number.
    """
    with _opened(path) as pages:
        for number in pages.numbers:
            yield from pages.rows(number)


@contextmanager
def _opened(path: Path) -> Iterator[_Pages]:
    """The pages of a file."""
    if not path.stat().st_size:
        # No map can be made of it.
        yield _Pages(b"", _USUAL_SIZE, _USUAL_SIZE)
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        size = int.from_bytes(data[16:18])
        size = 65536 if size == 1 else size
        if size < 512 or size & (size - 1):
            size = _USUAL_SIZE
        yield _Pages(data, size, size - (data[20] if data[:15] == b"SQLite format 3" else 0))


def odd_rows(path: Path, is_one: Callable[[Row], bool]) -> Iterator[Iterator[tuple[int, Row]]]:
    """For each place in a table's leaves where no row of it is read, what may have been there.

    That is what stands there, as where only the number is another that says where it begins, and every row that is one
    bit away. The table is the one that `is_one` knows the rows of; which of these was there is for digests to say.
    """
    with _opened(path) as pages:
        for number in pages.numbers:
            yield from pages.odd(number, is_one)


class _Pages:
    """The pages of a file; `usable` is how many bytes of each hold something."""

    def __init__(self, data: Pages, size: int, usable: int) -> None:
        self._data, self._size, self._usable = data, size, usable
        self.numbers = range(1, len(data) // size + 1)

    def rows(self, number: int) -> Iterator[tuple[int | None, Row]]:
        """The rows of a page, none where none can be on it."""
        page = self._page(number)
        begin = _HEADER if number == 1 else 0
        kind = page[begin]
        if kind not in (_LEAF, _INDEX_LEAF, _INDEX_INNER):
            return
        first = begin + (12 if kind == _INDEX_INNER else 8)
        for cell in range(int.from_bytes(page[begin + 3 : begin + 5])):
            at = first + 2 * cell
            try:
                where = int.from_bytes(page[at : at + 2])
                yield self._row(page, where) if kind == _LEAF else self._row_of_index(page, where, kind)
            except _UNREADABLE:
                continue

    def odd(self, number: int, is_one: Callable[[Row], bool]) -> Iterator[Iterator[tuple[int, Row]]]:
        """The same of a page, nothing where no row of the table is on it."""
        page = self._page(number)
        begin = _HEADER if number == 1 else 0
        count = int.from_bytes(page[begin + 3 : begin + 5])
        if (page[begin] ^ _LEAF).bit_count() > 1 or not count or begin + 8 + 2 * count > self._usable:
            return
        known = []
        for at in (begin + 8 + 2 * cell for cell in range(count)):
            with suppress(*_UNREADABLE):
                where = int.from_bytes(page[at : at + 2])
                if is_one(self._row(page, where)[1]):
                    known.append((where, self._end(page, where)))
        at = max(begin + 8 + 2 * count, int.from_bytes(page[begin + 5 : begin + 7]))
        for where, end in [*sorted(known), (self._usable, self._usable)] if known else ():
            if where - at >= _SHORTEST:
                yield self._one_bit_away(page, at, where)
            at = max(at, end)

    def _end(self, page: bytes, at: int) -> int:
        """Where a cell ends in its page."""
        length, at = _varint(page, at)
        _, at = _varint(page, at)
        most = self._usable - 35
        return at + length if length <= most else at + self._here(length, most) + 4

    def _one_bit_away(self, page: bytes, at: int, end: int) -> Iterator[tuple[int, Row]]:
        with suppress(*_UNREADABLE):
            yield self._row(page, at)
        for other in flipped(page[at:end]):
            with suppress(*_UNREADABLE):
                yield self._row(page[:at] + other + page[end:], at)

    def _page(self, number: int) -> bytes:
        return bytes(self._data[(number - 1) * self._size : number * self._size])

    def _row(self, page: bytes, at: int) -> tuple[int, Row]:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        return number, _values(self._payload(page, at, length, self._usable - 35))

    def _row_of_index(self, page: bytes, at: int, kind: int) -> tuple[None, Row]:
        # An inner page's cells begin with the page that is before them.
        length, at = _varint(page, at + 4 if kind == _INDEX_INNER else at)
        most = (self._usable - 12) * 64 // 255 - 23
        return None, _values(self._payload(page, at, length, most))

    def _payload(self, page: bytes, at: int, length: int, most: int) -> bytes:
        """A row's bytes: at `most` so many are on the page, others on those it goes on in; raises ValueError."""
        if length > len(self._data):
            raise ValueError("longer than the file")
        if length <= most:
            return page[at : at + length]
        here = self._here(length, most)
        parts = [page[at : at + here]]
        following, left = int.from_bytes(page[at + here : at + here + 4]), length - here
        while left > 0:
            more = self._page(following)
            if following == 0 or len(more) < self._size:
                raise ValueError("it goes on nowhere")
            parts.append(more[4 : min(self._usable, 4 + left)])
            following, left = int.from_bytes(more[:4]), left - len(parts[-1])
        return b"".join(parts)

    def _here(self, length: int, most: int) -> int:
        """How many bytes are on the first page of a row that goes on in others."""
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        return here if here <= most else least


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for byte in data[at : at + 8]:
        at, value = at + 1, value << 7 | byte & 127
        if byte < 128:
            return value, at
    return value << 8 | data[at], at + 1


def _values(record: bytes) -> Row:
    """The values of a record; raises ValueError where it has not as many bytes as it says."""
    end, at = _varint(record, 0)
    kinds = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    if at != len(record):
        raise ValueError("not as long as it says")
    return tuple(values)


def _value(record: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (_ZERO, _ONE):
        return kind - _ZERO, at
    if kind < _FLOAT:
        end = at + _INTEGERS[kind]
        return int.from_bytes(record[at:end], signed=True), end
    if kind == _FLOAT:
        # No row that is asked for has its meaning by a number with a fraction.
        return None, at + 8
    end = at + (kind - _BLOB) // 2
    part = record[at:end]
    return (part.decode() if kind % 2 else part), end


_KINDS = {"integer": int, "text": str, "blob": bytes}


def fits(row: Row, columns: list[tuple[str, bool]]) -> bool:
    """Whether a row may be one of a table with these columns: each with its declared type, and whether it may be null.

    The first column is the row's number, of which the row itself has nothing. Columns that came later may be missing.
    """
    if not row or row[0] is not None or len(row) > len(columns) or len(row) < min(len(columns), 2):
        return False
    return _fit(row, columns)


def fits_key(row: Row, columns: list[tuple[str, bool]]) -> bool:
    """The same of a table that has its key in the place of numbers; its columns stand in the order of the row."""
    return len(row) == len(columns) and _fit((None, *row), [("integer", True), *columns])


def _fit(row: Row, columns: list[tuple[str, bool]]) -> bool:
    missing = columns[len(row) :]
    given = zip(row[1:], columns[1:], strict=False)
    return len(missing) <= 1 and all(
        may_be_null if value is None else isinstance(value, _KINDS.get(type_, object))
        for value, (type_, may_be_null) in given
    )
