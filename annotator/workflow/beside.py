"""A second session of this process on the file that its first one has open: for a thread that looks things up."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import DatabaseGoneError
from annotator.model.scheme import Pass, Scheme
from annotator.workflow.session import ReviewSession, open_session


def open_beside(first: ReviewSession | None, path: Path, scheme: Scheme, reviewer: str, pass_: Pass) -> ReviewSession:
    """Another session on the file that the `first` one of this process has open, for another thread.

    Raises what `open_session` does, NotFoundError where the file was moved away, and DatabaseGoneError where another
    one is in its place: the log beside it would be taken for that one's.
    """
    file = first.store.file if first is not None else None
    if file is not None and path.exists() and not file.in_place():
        raise DatabaseGoneError(f"{path}: another file was put in its place while it was open")
    return open_session(path, scheme, reviewer, pass_, create=False)
