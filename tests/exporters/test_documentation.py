from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.exporters import FORMATS, ExportOptions, Losses
from annotator.exporters.decisions import COLUMNS as DECISION_COLUMNS
from annotator.exporters.flat_line import COLUMNS
from annotator.model.record import ClaimRecord

PAGE = Path(__file__).parents[2] / "docs" / "export.md"


def documented(heading: str) -> dict[str, bool]:
    """The names in the table under a heading, in order, and whether each is marked as text of the article."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {name: mark.strip() == "text" for name, mark in re.findall(r"^\| `([^`]+)` \|([^|]*)\|", section, re.M)}


def paths(value: object, path: str = "") -> Iterator[str]:
    """The path of every key in a JSON value, such as `attributions[].id`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            below = f"{path}.{key}" if path else key
            yield below
            yield from paths(inner, below)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{path}[]")


def written(records: list[ClaimRecord], *, with_text: bool) -> list[str]:
    ((_, pieces),) = FORMATS["jsonl"].write(records, ExportOptions(with_text=with_text), Losses())
    return list(dict.fromkeys(path for piece in pieces for path in paths(json.loads(piece))))


def test_every_column_of_the_long_table_is_documented_and_nothing_else() -> None:
    assert list(documented("Decisions")) == list(DECISION_COLUMNS)


def test_every_key_of_json_lines_is_documented_and_nothing_else(records: list[ClaimRecord]) -> None:
    assert sorted(written(records, with_text=True)) == sorted(documented("JSON Lines"))


def test_top_level_keys_are_written_in_the_documented_order(records: list[ClaimRecord]) -> None:
    top = [path for path in written(records, with_text=True) if "[" not in path]
    assert top == [name for name in documented("JSON Lines") if "[" not in name]


def test_the_keys_that_no_text_leaves_out_are_the_marked_ones(records: list[ClaimRecord]) -> None:
    gone = set(written(records, with_text=True)) - set(written(records, with_text=False))
    assert gone == {name for name, is_text in documented("JSON Lines").items() if is_text}


def test_every_column_of_csv_is_documented_in_order_and_marked_where_it_is_text() -> None:
    assert documented("CSV") == {column.name: column.of_article for column in COLUMNS}
    assert list(documented("CSV")) == [column.name for column in COLUMNS]


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_registered_under_its_own_name(name: str) -> None:
    assert FORMATS[name].name == name
    assert FORMATS[name].is_folder or FORMATS[name].suffix.startswith(".")
