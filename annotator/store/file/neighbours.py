"""The files that stand beside a database: those of a link stand beside the file that it points to, as SQLite's do."""

from __future__ import annotations

import os
from pathlib import Path

LOG = "-wal"
"""SQLite's write-ahead log: without it, what was committed last may be missing in the database."""


def neighbour(path: Path, suffix: str) -> Path:
    """The file of that ending beside the database that `path` names."""
    # To resolve every path would take longer than all else that a decision asks of the file.
    real = Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 - Path takes thrice as long
    return real.with_name(f"{real.name}{suffix}")
