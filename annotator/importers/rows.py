"""The edge of a row: whatever reading one raises ends there, as the failure of that row, and the next one is read.

A reader says itself why it refuses something, by an ImportFailure. An exception that comes to the edge is a fault of
ours or of a library's, so its failure says so and where, and counts as a failed row; it is never passed over. Readers
of rows stand around every row, and what calls the readers around every file, for those that are one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from annotator.errors import AnnotatorError, ImportFailure, UnforeseenFailure

Item = TypeVar("Item")


@contextmanager
def one_row(origin: str, place: str = "") -> Iterator[None]:
    """Reading one row: what it raises is an ImportFailure, or the operating system's refusal (OSError)."""
    try:
        yield
    except (ImportFailure, OSError):
        raise
    except AnnotatorError as error:
        raise ImportFailure(origin, str(error), place) from error
    # The boundary of readers, ours and those of libraries: a fault in one row must not cost all others.
    except Exception as error:
        raise UnforeseenFailure(origin, error, place) from error


def told(items: Iterable[Item], origin: str, place: str = "") -> Iterator[Item | ImportFailure]:
    """What reading one row yields, and then why it could not go on, if it could not."""
    try:
        with one_row(origin, place):
            yield from items
    except ImportFailure as failure:
        yield failure
