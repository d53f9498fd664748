from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportFailure
from annotator.exporters import FORMATS, ExportOptions, Losses, parquet
from annotator.exporters.parquet import FLAG, NUMBER, TIME, Shape, fields_of
from annotator.exporters.row import rows
from annotator.model.record import ClaimRecord
from tests.exporters.writing import one_file

GOLDEN = Path(__file__).parent / "golden" / "claims.parquet"
OPTIONS = ExportOptions(tool_version="1.2.3")
NO_TEXT = replace(OPTIONS, with_text=False)


def written(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> bytes:
    return one_file("parquet", records, options)


def read(data: bytes) -> list[dict[str, Any]]:
    """The rows, with times as text again."""
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
    for row in found:
        for name in ("first_decided_at", "last_decided_at"):
            row[name] = row[name].isoformat(timespec="microseconds") if row[name] else ""
    return found


def expected(records: list[ClaimRecord], options: ExportOptions = OPTIONS) -> list[dict[str, Any]]:
    return list(rows(records, options))


def fits(value: object, shape: Shape) -> bool:
    """Whether a value of a row can stand in a column of this shape."""
    if isinstance(shape, dict):
        return isinstance(value, dict) and list(value) == list(shape) and all(map(fits, value.values(), shape.values()))
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    kinds = {NUMBER: int, FLAG: bool}
    return type(value) is kinds[shape] if shape in kinds else value is None or isinstance(value, str)


@pytest.mark.parametrize("options", [OPTIONS, NO_TEXT])
def test_the_columns_are_the_fields_of_a_row_in_their_order(records: list[ClaimRecord], options: ExportOptions) -> None:
    for row in rows(records, options):
        assert fits(row, fields_of(options)), row
    assert [name for name, shape in fields_of(options).items() if shape == TIME] == [
        "first_decided_at",
        "last_decided_at",
    ]


def test_without_pyarrow_the_extra_is_named(records: list[ClaimRecord], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportFailure, match=r"pip install 'annotator\[parquet\]'"):
        written(records)


@pytest.mark.extra("pyarrow")
def test_pyarrow_reads_the_golden_file_as_the_rows_are(records: list[ClaimRecord]) -> None:
    assert read(GOLDEN.read_bytes()) == expected(records)


@pytest.mark.extra("pyarrow")
def test_what_is_written_is_what_the_rows_are(records: list[ClaimRecord]) -> None:
    assert read(written(records)) == expected(records)
    assert read(written(records, NO_TEXT)) == expected(records, NO_TEXT)
    assert written(records) == written(records)
    assert read(written([])) == []


@pytest.mark.extra("pyarrow")
def test_a_row_group_is_written_as_soon_as_it_is_full(
    records: list[ClaimRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    monkeypatch.setattr(parquet, "GROUP", 2)
    taken = 0

    def source() -> Iterator[ClaimRecord]:
        nonlocal taken
        for record in records:
            taken += 1
            yield record

    ((_, chunks),) = FORMATS["parquet"].write(source(), OPTIONS, Losses())
    pieces = iter(chunks)
    first = next(pieces)
    assert taken == 2
    data = b"".join([first, *pieces])
    assert pq.ParquetFile(io.BytesIO(data)).metadata.num_row_groups == 3
    assert read(data) == expected(records)


@pytest.mark.extra("pyarrow")
@pytest.mark.parametrize("sizes", [[1, 1, 1, 1, 1], [1, 4], [5], [4, 1], []])
def test_tables_of_any_size_make_the_same_file(
    records: list[ClaimRecord], monkeypatch: pytest.MonkeyPatch, sizes: list[int]
) -> None:
    taken = records[: sum(sizes)]
    left = iter(taken)
    whole = list(parquet.tables_of(taken, OPTIONS, Losses()))
    parts = [next(parquet.tables_of(islice(left, size), OPTIONS, Losses())) for size in sizes]
    monkeypatch.setattr(parquet, "GROUP", 2)
    files = [parquet.write_tables(iter(tables), OPTIONS, Losses()) for tables in (whole, parts)]
    one, another = [b"".join(piece for _, chunks in made for piece in chunks) for made in files]
    assert one == another
    assert read(one) == expected(taken)


@pytest.mark.extra("pyarrow")
def test_times_are_times(records: list[ClaimRecord]) -> None:
    import pyarrow.parquet as pq

    schema = pq.read_schema(GOLDEN)
    assert str(schema.field("last_decided_at").type) == "timestamp[us, tz=UTC]"
    assert str(schema.field("start").type) == "int64"


@pytest.mark.extra("pyarrow")
def test_an_export_that_stops_says_so(records: list[ClaimRecord]) -> None:
    changed = replace(records[0], article=replace(records[0].article, text="Another text."))
    with pytest.raises(ExportFailure, match="the text is not the one its id names"):
        written([changed])


@pytest.mark.extra("pyarrow", "pandas", "polars")
def test_pandas_and_polars_read_what_the_rows_are(records: list[ClaimRecord]) -> None:
    import pandas as pd
    import polars as pl

    frame = pd.read_parquet(io.BytesIO(GOLDEN.read_bytes()))
    table = pl.read_parquet(io.BytesIO(GOLDEN.read_bytes()))
    wanted = expected(records)
    assert list(frame.columns) == table.columns == list(wanted[0])
    for name in ("text", "reviewer", "start", "flag"):
        assert frame[name].tolist() == table[name].to_list() == [row[name] for row in wanted]
    assert table["attributions"].to_list() == [row["attributions"] for row in wanted]
    assert [len(each) for each in frame["evidence"]] == [len(row["evidence"]) for row in wanted]
