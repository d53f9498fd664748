from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.decisions import COLUMNS
from annotator.model.facets import FACETS
from annotator.model.record import ClaimRecord, FirstValues

GOLDEN = Path(__file__).parent / "golden" / "decisions.csv"
FIRST = FirstValues(
    {"worth": "1", "voice": "author"}, {"worth": "accepted", "voice": "none shown"}, "annotator-default@1", "2026-03-10"
)


def written(records: list[ClaimRecord], losses: Losses | None = None) -> bytes:
    ((_, chunks),) = FORMATS["decisions"].write(records, ExportOptions(), losses or Losses())
    return b"".join(chunks)


def rows(records: list[ClaimRecord]) -> list[Mapping[str, str]]:
    return list(csv.DictReader(io.StringIO(written(records).decode("utf-8-sig"), newline=""), strict=True))


def test_the_bytes_are_the_golden_ones(records: list[ClaimRecord]) -> None:
    losses = Losses()
    data = written([replace(records[0], first=FIRST), *records[1:]], losses)
    assert data == GOLDEN.read_bytes()
    assert losses.written == data.count(b"\r\n") - 1


def test_a_row_is_a_claim_a_reviewer_and_a_facet_and_none_stands_twice(records: list[ClaimRecord]) -> None:
    found = rows(records)
    assert tuple(found[0]) == COLUMNS
    keys = [(row["unit"], row["reviewer"], row["facet"]) for row in found]
    assert len(set(keys)) == len(keys)
    assert {facet for _, _, facet in keys} == set(FACETS)


def test_what_was_said_first_and_what_is_said_now_stand_beside_each_other(records: list[ClaimRecord]) -> None:
    record = next(record for record in records if record.judgement.worth == "2" and record.judgement.voice is None)
    found = {row["facet"]: row for row in rows([replace(record, first=FIRST)])}
    assert (found["worth"]["value"], found["worth"]["present"], found["worth"]["suggestion"]) == ("1", "2", "accepted")
    assert found["voice"]["value"] == "author"
    # Without an independent first decision there is nothing that agreement could be measured on.
    assert {row["value"] for row in rows([record])} == {""}
    assert {row["present"] for row in rows([record])} >= {"2"}


def test_no_cell_runs_in_a_spreadsheet(records: list[ClaimRecord]) -> None:
    hostile = replace(FIRST, values={"worth": "=1+1"}, scheme="@SUM(A1)")
    (row,) = (row for row in rows([replace(records[0], first=hostile)]) if row["facet"] == "worth")
    assert (row["value"], row["scheme"]) == ("'=1+1", "'@SUM(A1)")
