"""Plain text: the characters as they are."""

from __future__ import annotations

from annotator.importers.decoding import Source, read_text
from annotator.importers.draft import Draft, Drafts
from annotator.importers.options import ImportOptions


def read_plain_text(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is not text."""
    read = read_text(source, options)
    yield Draft(read.text, notes=read.notes)
