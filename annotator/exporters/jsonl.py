"""JSON Lines: one object a claim and reviewer, nested, in UTF-8 without a byte order mark.

The first row of each article also has the whole text, as `article_text`, so that an import needs no other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, json_text, with_articles
from annotator.exporters.row_json import RowJson
from annotator.model.record import ClaimRecord


def write_jsonl(records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses) -> Files:
    """One line a record, each ended by LF; raises ExportFailure like `rows`."""
    yield "", _lines(records, options)


def _lines(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[bytes]:
    known, opening = "", b""
    said: Row = {}
    claim_json = RowJson(options).claim
    for record, of_article in with_articles(records):
        if of_article is not said:
            said, opening = of_article, _encoded(json_text(of_article).removesuffix("}"))
        text = ""
        if record.article.id != known and options.with_text:
            text = f',"article_text":{json_text(record.article.text)}'
        known = record.article.id
        yield opening + _encoded(f",{claim_json(record)}{text}}}\n")


def _encoded(text: str) -> bytes:
    # A lone surrogate, which only a hand-made record can carry, has no UTF-8 but is valid JSON as \udXXX.
    return text.encode("utf-8", "backslashreplace")
