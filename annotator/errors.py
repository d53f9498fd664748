"""Every error this project raises on purpose, as one tree.

AnnotatorError                 one clear line for the user; the command line turns it into a non-zero exit
├── SpanError                  a span that is not 0 <= start < end <= len(text)
├── TextError                  a text that cannot be an article's: empty, a lone surrogate
├── DomainError                a judgement, attribution or ledger entry that breaks an invariant
├── SchemeError                a label scheme that cannot be used
├── ImportFailure              one item that could not be imported; carries the file and the place in it
├── ExportFailure              an export that stopped
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
    └── NotFoundError          no such article, claim or entry
"""


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


class ExportFailure(AnnotatorError):
    """An export that stopped; the target is as it was."""


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


class NotFoundError(StoreError):
    """No such article, claim or entry."""
