"""Parquet: the rows of JSON Lines as columns, for pandas, DuckDB, Polars and Spark.

The fields are those of JSON Lines under the same names, nested ones as lists and structs; the times of the first and
last decision are timestamps in UTC (microseconds), null where nothing has been decided. A row group is written as soon
as it is full, so memory does not grow with the number of claims. The bytes are the same for the same records and the
same version of pyarrow.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias

from annotator.errors import ExportFailure
from annotator.exporters.options import ExportOptions, Files, Losses
from annotator.exporters.row import Row, rows
from annotator.model.attribution import Role
from annotator.model.record import ClaimRecord

GROUP = 2_000
"""Rows of one row group."""

Shape: TypeAlias = "str | dict[str, Shape] | list[Shape]"
"""What a field holds: one of the four below, a struct by its fields, or a list of one shape."""
TEXT, NUMBER, FLAG, TIME = "text", "number", "flag", "time"

_WORDS = frozenset({"text", "source_name", "chain"})
"""The fields that are text of the article, wherever they stand."""


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), TEXT)


_PUBLICATION = _texts("title url archived_url publisher author published_at")
_SPAN: dict[str, Shape] = {"start": NUMBER, "end": NUMBER, "text": TEXT}
_ATTRIBUTION: dict[str, Shape] = {
    **_texts("id type form anonymity"),
    "negated": FLAG,
    "parent": TEXT,
    "ancestors": [TEXT],
    **_texts("source_id source_name"),
    "chain": [TEXT],
    "spans": {role.value: [_SPAN] for role in Role},
}
_VERDICT: dict[str, Shape] = {
    **_texts("target value reason confidence justification"),
    "rests_on_evidence": FLAG,
}
_EVIDENCE = _texts(
    "id target question answer answer_type url archived_url medium publisher published_at retrieved_at passage stance"
)
FIELDS: dict[str, Shape] = {
    **_texts("article_id article_sha256"),
    **_PUBLICATION,
    **_texts("language rights origin"),
    "publications": [_PUBLICATION],
    **_texts("claim_id"),
    **dict.fromkeys(("ordinal", "start", "end"), NUMBER),
    **_texts("block text reviewer state"),
    "skipped": FLAG,
    **_texts("worth voice restatement"),
    "flag": FLAG,
    **_texts("note confidence"),
    "attributions": [_ATTRIBUTION],
    "verdicts": [_VERDICT],
    "evidence": [_EVIDENCE],
    **dict.fromkeys(("first_decided_at", "last_decided_at"), TIME),
    **_texts("tool_version scheme"),
}
"""Every field of a row, in order."""


def fields_of(options: ExportOptions) -> dict[str, Shape]:
    """The fields that are written."""
    fields = dict(_with_adjudication(FIELDS)) if options.adjudicated else FIELDS
    return fields if options.with_text else _without_words(fields)


def _with_adjudication(fields: dict[str, Shape]) -> Iterator[tuple[str, Shape]]:
    """The fields with those that say how a record of the adjudicated layer was settled, behind the reviewer."""
    for name, shape in fields.items():
        yield name, shape
        if name == "reviewer":
            yield "settled", TEXT
            yield "agreed", [TEXT]


def _without_words(fields: dict[str, Shape]) -> dict[str, Shape]:
    return {name: _bare(shape) for name, shape in fields.items() if name not in _WORDS}


def _bare(shape: Shape) -> Shape:
    if isinstance(shape, dict):
        return _without_words(shape)
    return [_bare(each) for each in shape] if isinstance(shape, list) else shape


class _Drain(io.RawIOBase):
    """A file that hands over what was written since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(self.pieces[-1])

    def taken(self) -> Iterator[bytes]:
        yield from self.pieces
        self.pieces.clear()


def tables_of(records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses) -> Iterator[Any]:
    """The records as Arrow tables of at most `GROUP` rows; raises ExportFailure like `rows`."""
    from pyarrow import ArrowException, Table

    schema, written = _schema(fields_of(options)), rows(records, options)
    while group := [_timed(row) for row in islice(written, GROUP)]:
        try:
            yield Table.from_pylist(group, schema=schema)
        except (ArrowException, UnicodeEncodeError) as error:
            raise ExportFailure(f"a row cannot be written as Parquet: {error}; run `annotator doctor`") from error


def write_tables(tables: Iterator[Any], options: ExportOptions, _losses: Losses) -> Files:
    """The rows of the tables, whatever their sizes; raises ExportFailure where pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: F401 - asked for before anything is written
    except ImportError as error:
        raise ExportFailure("parquet needs pyarrow: pip install 'annotator[parquet]'") from error
    yield "", _pieces(tables, options)


def _pieces(tables: Iterator[Any], options: ExportOptions) -> Iterator[bytes]:
    from pyarrow.parquet import ParquetWriter

    drain = _Drain()
    # A writer that is not closed writes its footer when it is collected; nobody takes it then.
    with ParquetWriter(drain, _schema(fields_of(options))) as writer:
        for group in _groups(tables):
            writer.write_table(group)
            yield from drain.taken()
    yield from drain.taken()


def _groups(tables: Iterator[Any]) -> Iterator[Any]:
    """The rows of the tables in tables of `GROUP` rows; the last has what is left."""
    from pyarrow import concat_tables

    held: list[Any] = []
    for table in tables:
        held.append(table)
        while sum(map(len, held)) >= GROUP:
            together = concat_tables(held).combine_chunks()
            yield together.slice(0, GROUP)
            held = [together.slice(GROUP)]
    if any(map(len, held)):
        yield concat_tables(held).combine_chunks()


def _timed(row: Row) -> Row:
    for name in _TIMES:
        time = row[name]
        row[name] = datetime.fromisoformat(time) if time else None
    return row


_TIMES = [name for name, shape in FIELDS.items() if shape == TIME]


def _schema(fields: dict[str, Shape]) -> Any:
    import pyarrow as pa

    return pa.schema([(name, _type(shape)) for name, shape in fields.items()])


def _type(shape: Shape) -> Any:
    import pyarrow as pa

    if isinstance(shape, dict):
        return pa.struct([(name, _type(each)) for name, each in shape.items()])
    if isinstance(shape, list):
        return pa.list_(_type(shape[0]))
    scalars = {TEXT: pa.string(), NUMBER: pa.int64(), FLAG: pa.bool_()}
    return scalars.get(shape) or pa.timestamp("us", tz="UTC")
