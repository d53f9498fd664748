"""What to check first: how far claims are worth checking."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.errors import ImportFailure
from annotator.importers.sentence_rows import SentenceRow, read_sentence_rows
from annotator.suggesters.check_worthiness import Worthiness, assess


def assessed_rows(source: str) -> Iterator[tuple[SentenceRow, Worthiness] | ImportFailure]:
    """Each sentence of a file of JSON Lines, or of standard input ("-"), with what the model makes of it.

    One row is held at a time; a bad one is a failure among the others. Raises ImportFailure where nothing can be read.
    """
    for row in read_sentence_rows(source):
        yield row if isinstance(row, ImportFailure) else (row, assess(row.text))
