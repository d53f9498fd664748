"""The names that --field gives, looked for in a file's rows: a mistyped one is said before anything goes in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from annotator.errors import ImportFailure
from annotator.model.article import ReadingNote

_MOST_NAMES = 12
_LOOKED_AT = 50
_REMEDY = ": mend the name, or put a row that has it first"

Item = TypeVar("Item")


class Sought:
    """The names of a file without a header, row by row: `missing` are those that no row has had so far.

    Two names of which `folded` makes the same are one. In fewer rows than `fewest` no name is mistyped.
    """

    def __init__(self, names: Iterable[str], folded: Callable[[str], str] = str, *, fewest: int = 2) -> None:
        self._folded = folded
        self._fewest = fewest
        self.missing = {folded(name): name for name in names if name}
        self._there: dict[str, None] = {}
        self._rows = 0

    def see(self, names: Iterable[str]) -> None:
        """Take account of a row with these names."""
        if self.missing:
            self._rows += 1
            for name in names:
                self._there[name] = None
                self.missing.pop(self._folded(name), None)

    def behind(self, items: Iterator[Item], origin: str) -> Iterator[Item | ImportFailure]:
        """What is made of the rows, or one failure where of the first 50 none has one of the names.

        An article that is alone may lack a field that others have, in files of their own.
        """
        held: list[Item | ImportFailure] = []
        for item in _to_the_end(items):
            held.append(item)
            if self.missing and len(held) < _LOOKED_AT:
                continue
            if self._is_mistyped():
                break
            yield from held
            held.clear()
        if held and self._is_mistyped():
            rows, remedy = (
                ("no row", "") if len(held) < _LOOKED_AT else (f"none of the first {_LOOKED_AT} rows", _REMEDY)
            )
            reason = _said(f"{rows} has a field", next(iter(self.missing.values())), self._there)
            yield ImportFailure(origin, reason + remedy)
        else:
            yield from held

    def notes(self) -> tuple[ReadingNote, ...]:
        """That the names are missing so far."""
        return tuple(
            ReadingNote(f"without {name!r}, which --field names", _said("no field", name, self._there))
            for name in self.missing.values()
        )

    def _is_mistyped(self) -> bool:
        return bool(self.missing) and self._rows >= self._fewest


def _to_the_end(items: Iterator[Item]) -> Iterator[Item | ImportFailure]:
    """The items, with a failure that ends them as the last one."""
    try:
        yield from items
    except ImportFailure as failure:
        yield failure


def check_header(names: Iterable[str], header: Collection[str], origin: str) -> None:
    """Raise ImportFailure for a name that is not in the header of the file."""
    missing = next((name for name in names if name and name not in header), None)
    if missing is not None:
        raise ImportFailure(origin, _said("no field", missing, header))


def _said(how: str, missing: str, there: Iterable[str]) -> str:
    return f"{how} {missing!r}, which --field names (there: {listed(there)})"


def listed(names: Iterable[str]) -> str:
    """The names in quotation marks, no more than a line of them; "none" where there are none."""
    quoted = [repr(name) for name in names]
    more = f" and {len(quoted) - _MOST_NAMES} more" if quoted[_MOST_NAMES:] else ""
    return (", ".join(quoted[:_MOST_NAMES]) or "none") + more
