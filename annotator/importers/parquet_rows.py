"""Parquet, by way of pyarrow (the extra `parquet`): a row an article, with the columns that JSON Lines has as fields.

What `annotator batch` has written has more columns: what was made of the text, where that was read, and how many of its
sentences are suggested as worth checking. Rows are read a few at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from annotator.errors import ImportFailure
from annotator.importers.decoding import Source
from annotator.importers.draft import Draft, Drafts, place_of
from annotator.importers.options import ImportOptions
from annotator.importers.records import draft_of
from annotator.importers.rows import one_row
from annotator.importers.sought import check_header

OWN = ("prepared", "origin", "archived_url", "worth_checking")
"""The columns that `annotator batch` adds."""

_ROWS = 256


def pyarrow_parquet(origin: str) -> Any:
    """The library; raises ImportFailure, with what to install, where it is not there."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError as error:
        reason = "Parquet needs the extra 'parquet': pip install 'annotator[parquet]', or use JSON Lines"
        raise ImportFailure(origin, reason) from error


def read_parquet(source: Source, options: ImportOptions) -> Drafts:
    """An article or a failure a row.

    Raises ImportFailure for what is no Parquet file, for a name of --field that no column has, and without pyarrow.
    """
    library = pyarrow_parquet(source.origin)
    try:
        table = library.ParquetFile(source.stream)
    # A third-party boundary: pyarrow names its errors apart from OSError and ValueError, and not all of them.
    except Exception as error:
        reason = f"no Parquet file, or a broken one ({type(error).__name__}): write it again"
        raise ImportFailure(source.origin, reason) from error
    check_header(options.fields.values(), table.schema_arrow.names, source.origin)
    for line, row in enumerate(_rows(table, source.origin), start=1):
        try:
            with one_row(source.origin, place_of(line)):
                draft = _draft(row, source.origin, options, line)
            yield draft
        except ImportFailure as failure:
            yield failure


def _rows(table: Any, origin: str) -> Iterator[dict[str, Any]]:
    try:
        for batch in table.iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()
    except Exception as error:
        raise ImportFailure(origin, f"broken from here on ({type(error).__name__}): write it again") from error


def _draft(row: dict[str, Any], origin: str, options: ImportOptions, line: int) -> Draft:
    own = {name: row.pop(name, None) for name in OWN} if "prepared" in row else {}
    draft = draft_of({name: value for name, value in row.items() if value is not None}, origin, options, line)
    if not isinstance(own.get("prepared"), str):
        return draft
    publication = replace(draft.publication, archived_url=str(own["archived_url"] or ""))
    return replace(
        draft,
        publication=publication,
        prepared=str(own["prepared"]),
        origin=str(own["origin"] or ""),
        headed=True,
        wrapped=False,
    )
