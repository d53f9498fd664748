"""Every error this project raises on purpose, as one tree.

AnnotatorError                 one clear line for the user; the command line turns it into a non-zero exit
├── SpanError                  a span that is not 0 <= start < end <= len(text)
├── TextError                  a text that cannot be an article's: empty, a lone surrogate
├── DomainError                a judgement, attribution or ledger entry that breaks an invariant
├── SchemeError                a label scheme that cannot be used
├── ImportFailure              one item that could not be imported; carries the file and the place in it
│   └── UnforeseenFailure      one that a reader stumbled over: a fault of ours, or of a library's
├── ExportFailure              an export that stopped
├── NoRoomError                no room for temporary files
├── AgreementError             ratings that cannot be compared
├── ConfigError                the user's configuration file; carries the line
├── DecisionRefused            a decision that cannot be taken now, with the reason
└── StoreError                 the database
    ├── NotADatabaseError      the file is not SQLite
    ├── OtherDatabaseError     SQLite, but another program's
    ├── NewerDatabaseError     made by a newer version of this program
    ├── ReadOnlyDatabaseError  the file or its folder cannot be written
    ├── DiskFullError          no room left on the device
    ├── DatabaseBusyError      another program kept the lock for too long
    ├── DatabaseDamagedError   SQLite says the file is malformed
    │   └── RowDamagedError    one article, ledger entry or draft in it cannot be read; the others can
    ├── IndexDamagedError      an index of words is damaged; nothing else is, and it can be made anew
    ├── DatabaseGoneError      the file was deleted, moved or replaced while it was open
    └── NotFoundError          no such article, claim or entry
"""

from __future__ import annotations

from collections import deque
from pathlib import Path


class AnnotatorError(Exception):
    """The root: its message is one line that says what is wrong and what to do."""


class SpanError(AnnotatorError):
    """A span that is not 0 <= start < end <= len(text)."""


class TextError(AnnotatorError):
    """A text that cannot be an article's."""


class DomainError(AnnotatorError):
    """A judgement, attribution or ledger entry that breaks an invariant."""


class SchemeError(AnnotatorError):
    """A label scheme that cannot be used."""


class ImportFailure(AnnotatorError):
    """One item that could not be imported.

    `origin` names the file or address, `place` the line or row in it (empty when it is the whole file).
    """

    def __init__(self, origin: str, reason: str, place: str = "") -> None:
        self.origin, self.reason, self.place = origin, reason, place
        super().__init__(f"{origin}: {place + ': ' if place else ''}{reason}")

    def __reduce__(self) -> tuple[object, ...]:
        # An exception is pickled by its message alone, and comes from processes that read for this one.
        return _failure_again, (type(self), self.origin, self.reason, self.place)


def _failure_again(kind: type[ImportFailure], origin: str, reason: str, place: str) -> ImportFailure:
    failure = kind.__new__(kind)
    ImportFailure.__init__(failure, origin, reason, place)
    return failure


class UnforeseenFailure(ImportFailure):
    """One item that a reader stumbled over, where it should have said why it cannot be imported.

    It says which exception it was and where, in our files and theirs, and never what that says: it could quote the
    item. The exception itself is the `__cause__`.
    """

    def __init__(self, origin: str, error: BaseException, place: str = "") -> None:
        where = raised_at(error)
        said = f"{type(error).__name__}{f' at {where}' if where else ''}"
        super().__init__(
            origin,
            f"cannot be read, for a reason that annotator did not foresee ({said}): leave it out, and report it",
            place,
        )


def raised_at(error: BaseException, steps: int = 2) -> str:
    """Where an exception was raised, as "file.py:line" of the last steps that it took; empty where it was not."""
    taken: deque[str] = deque(maxlen=steps)
    at = error.__traceback__
    while at is not None:
        taken.append(f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}")
        at = at.tb_next
    return ", ".join(dict.fromkeys(taken))


class ExportFailure(AnnotatorError):
    """An export that stopped; the target is as it was."""


class NoRoomError(AnnotatorError):
    """No room for temporary files; what they were for is as it was."""


class AgreementError(AnnotatorError):
    """Ratings that cannot be compared."""


class ConfigError(AnnotatorError):
    """The user's configuration file, with the line."""


class DecisionRefused(AnnotatorError):
    """A decision that cannot be taken now, with the reason."""


class StoreError(AnnotatorError):
    """The database."""


class NotADatabaseError(StoreError):
    """The file is not SQLite."""


class OtherDatabaseError(StoreError):
    """An SQLite file of another program."""


class NewerDatabaseError(StoreError):
    """A database made by a newer version of this program."""


class ReadOnlyDatabaseError(StoreError):
    """The file or its folder cannot be written."""


class DiskFullError(StoreError):
    """No room left on the device."""


class DatabaseBusyError(StoreError):
    """Another program kept the lock for too long."""


class DatabaseDamagedError(StoreError):
    """SQLite says that the file is malformed."""


class RowDamagedError(DatabaseDamagedError):
    """One article, ledger entry or draft that cannot be read; the others can."""


class IndexDamagedError(StoreError):
    """An index of words is damaged, which can be made anew; the rest is not."""


class DatabaseGoneError(StoreError):
    """The file was deleted, moved or replaced while it was open."""


class NotFoundError(StoreError):
    """No such article, claim or entry."""
