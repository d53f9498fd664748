"""JSON Lines: one object a claim and reviewer, nested, in UTF-8 without a byte order mark.

The first row of each article also has the whole text, as `article_text`, so that an import needs no other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, json_text, row_parts
from annotator.model.record import ClaimRecord


def write_jsonl(records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses) -> Files:
    """One line a record, each ended by LF; raises ExportFailure like `rows`."""
    # A lone surrogate, which only a hand-made record can carry, has no UTF-8 but is valid JSON as \udXXX.
    yield "", (line.encode("utf-8", errors="backslashreplace") for line in _lines(records, options))


def _lines(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[str]:
    known, opening = "", ""
    said: Row = {}
    for record, of_article, of_claim in row_parts(records, options):
        if of_article is not said:
            said, opening = of_article, json_text(of_article).removesuffix("}")
        if record.article.id != known and options.with_text:
            of_claim["article_text"] = record.article.text
        known = record.article.id
        yield f"{opening},{json_text(of_claim).removeprefix('{')}\n"
