"""Every format that `annotator export` can write: the files of the exporters, and the store's own SQLite."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.exporters import FORMATS as FILE_FORMATS
from annotator.exporters import Format
from annotator.workflow.exporting.sqlite_format import SQLITE

FORMATS: Mapping[str, Format] = {**FILE_FORMATS, SQLITE.name: SQLITE}
"""By their names."""
