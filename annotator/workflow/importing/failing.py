"""Failing: which exceptions cost one article, and which end an import."""

from __future__ import annotations

from annotator.errors import AnnotatorError, ImportFailure, RowDamagedError, StoreError, UnforeseenFailure


def of_one(error: Exception, origin: str, place: str = "") -> ImportFailure:
    """The failure of the article that an exception was raised for, while it was split, searched or stored.

    Raises it again where it is the database's, and so every article's. What nobody foresaw costs one article: its
    transaction is rolled back, and its failure names the fault.
    """
    # The error of SQLite that is none of the others is a constraint that these rows break.
    if isinstance(error, ImportFailure):
        return error
    if type(error) is StoreError:
        return UnforeseenFailure(origin, error, place)
    if isinstance(error, StoreError | OSError) and not isinstance(error, RowDamagedError):
        raise error
    return (
        ImportFailure(origin, str(error), place)
        if isinstance(error, AnnotatorError)
        else UnforeseenFailure(origin, error, place)
    )
