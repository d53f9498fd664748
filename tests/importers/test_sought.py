"""A name of --field that a file does not have is said in one line, with the names there, before anything goes in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ImportFailure
from annotator.importers.checks import CheckOptions, read_checks
from annotator.model.article import Article

ROWS = [{"text": f"Words {number}.", "outlet": "Example Wire"} for number in range(120)]


def lines(rows: list[Any]) -> str:
    return "\n".join(map(json.dumps, rows))


@pytest.mark.parametrize("format_name", ["jsonl", "json"])
def test_a_mistyped_name_is_one_failure_and_no_row_is_read(fail: Any, format_name: str) -> None:
    data = lines(ROWS[:3]) if format_name == "jsonl" else json.dumps(ROWS[:3])
    failure = fail(data, format_name, fields={"publisher": "outlte"})
    assert failure.reason == "no row has a field 'outlte', which --field names (there: 'text', 'outlet')"


def test_so_is_the_mistyped_name_of_the_text(fail: Any) -> None:
    assert "no row has a field 'txet'" in fail(lines(ROWS[:3]), "jsonl", fields={"text": "txet"}).reason


def test_fifty_rows_are_looked_at_before_a_long_file_is_refused(read_all: Any) -> None:
    late = [*({"text": row["text"]} for row in ROWS[:49]), *ROWS[49:]]
    assert [
        each.publication.publisher for each in read_all(lines(late).encode(), "jsonl", fields={"publisher": "outlet"})
    ] == [
        *[""] * 49,
        *["Example Wire"] * 71,
    ]
    too_late = [*({"text": row["text"]} for row in ROWS[:50]), *ROWS[50:]]
    (failure,) = read_all(lines(too_late).encode(), "jsonl", fields={"publisher": "outlet"})
    assert (
        failure.reason == "none of the first 50 rows has a field 'outlet', which --field names (there: 'text'): "
        "mend the name, or put a row that has it first"
    )


def test_a_field_that_some_rows_lack_is_no_mistake(read_all: Any) -> None:
    found = read_all(
        lines([{"text": "One."}, {"text": "Two.", "by": "Ana"}]).encode(), "jsonl", fields={"author": "by"}
    )
    assert [each.publication.author for each in found] == ["", "Ana"]


def test_a_file_that_breaks_off_is_read_up_to_there_without_the_name(read_all: Any) -> None:
    found = read_all(b'{"text": "One."} {', "json", fields={"author": "by"})
    assert [type(each) for each in found] == [Article, ImportFailure]


@pytest.mark.parametrize(("format_name", "data"), [("json", "{}"), ("json", "[{}]"), ("jsonl", "{}\n")])
def test_a_row_that_is_alone_in_its_file_is_read_and_what_it_lacks_is_noted(
    read: Any, format_name: str, data: str
) -> None:
    article = read(data.replace("{}", '{"text": "One.", "writer": "Ana"}'), format_name, fields={"author": "by"})
    (note,) = article.notes
    assert note.summary == "without 'by', which --field names"
    assert note.detail == "no field 'by', which --field names (there: 'text', 'writer')"
    assert read(data.replace("{}", '{"text": "One.", "by": "Ana"}'), format_name, fields={"author": "by"}).notes == ()


@pytest.mark.extra("pyarrow")
def test_parquet_without_the_column_is_one_failure(fail: Any, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"text": ["One."], "outlet": ["Example Wire"]}), tmp_path / "a.parquet")
    failure = fail((tmp_path / "a.parquet").read_bytes(), "parquet", fields={"publisher": "outlte"})
    assert failure.reason == "no field 'outlte', which --field names (there: 'text', 'outlet')"


@pytest.mark.parametrize("as_lines", [True, False])
def test_fact_checks_are_refused_so_too(tmp_path: Path, *, as_lines: bool) -> None:
    rows = [{"claim": "The pool leaks.", "Ruling of ours": "false"}, {"claim": "It does not."}]
    path = tmp_path / "checks.json"
    path.write_text(lines(rows) if as_lines else json.dumps(rows))
    (failure,) = read_checks(str(path), CheckOptions(fields={"verdict": "rulings"}))
    assert isinstance(failure, ImportFailure)
    assert failure.reason.startswith("no row has a field 'rulings', which --field names (there: 'claim', 'Ruling")
    first, _ = read_checks(str(path), CheckOptions(fields={"verdict": "RULING OF OURS"}))
    assert not isinstance(first, ImportFailure)
    assert first.verdict == "false"


@pytest.mark.parametrize("data", ['{"claim": "The pool leaks."}', '[{"claim": "The pool leaks."}]'])
def test_a_collection_of_one_fact_check_is_no_exception(tmp_path: Path, data: str) -> None:
    path = tmp_path / "checks.json"
    path.write_text(data)
    (failure,) = read_checks(str(path), CheckOptions(fields={"verdict": "rulings"}))
    assert isinstance(failure, ImportFailure)
    assert failure.reason == "no row has a field 'rulings', which --field names (there: 'claim')"
