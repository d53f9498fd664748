"""Plain text: the characters as they are."""

from __future__ import annotations

from annotator.importers.decoding import Source, decode, read_whole
from annotator.importers.draft import Draft, Drafts
from annotator.importers.options import ImportOptions


def read_plain_text(source: Source, options: ImportOptions) -> Drafts:
    """One article; raises ImportFailure for what is not text."""
    yield Draft(decode(read_whole(source, options), source.origin, source.charset))
