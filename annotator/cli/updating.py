"""What is said on standard error while a database of an earlier version is brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.cli.streams import narrate

_THOUSANDTHS = 1000


class Narration:
    """Says what opening a database waits for: the store's `Told`."""

    def waits(self, path: Path) -> None:
        """Another program is bringing it up to date."""
        narrate(f"{path}: another program is bringing the database up to date; waiting until it is done")

    @contextmanager
    def updates(self, path: Path, copy: Path | None) -> Iterator[Callable[[int, int], None]]:
        """A bar on a terminal, a plain line now and then elsewhere; what stays is said where Ctrl-C ends it."""
        # Deferred: what is up to date already is opened without it.
        from annotator.cli.progress import progress, told_what_stays

        said = "cannot be written, so a copy is brought up to date and read"
        if copy is not None:
            said = f"is brought up to date, once; as it was it stays in {copy.name}"
        narrate(f"{path}: was made by an earlier version and {said}")
        with told_what_stays("the database is as it was"), progress("bringing it up to date", _THOUSANDTHS) as bar:
            yield lambda done, of: bar.reached(done * _THOUSANDTHS // max(of, 1))
            bar.reached(_THOUSANDTHS)

    def shrinks(self) -> None:
        """It is up to date by then."""
        narrate("it is up to date; freeing the space that it no longer needs")
