from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]


def test_a_row_in_and_a_row_out_without_a_database(command: Command, database: Path) -> None:
    rows = [
        {"id": "a", "text": "The pier was paid with 4.2 million crowns."},
        {"id": 2, "text": "What a lovely morning, I thought."},
    ]
    result = command("worth", "-", input="".join(json.dumps(row) + "\n" for row in rows))
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert list(first) == ["id", "score", "worth", "reasons"]
    assert (first["id"], first["worth"]) == ("a", True)
    assert {"a number", "money", "past fact"} <= set(first["reasons"])
    assert (second["id"], second["worth"]) == (2, False)
    assert 0 <= second["score"] < first["score"] <= 1
    assert result.stderr == ""
    assert not database.exists()


def test_bad_rows_are_one_line_each_and_the_rest_is_scored(command: Command, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(
        '{"id": 1, "text": "The pier fell."}\nnonsense\x1b[31m\n{"id": 3}\n{"id": 4, "text": "It rose."}\n'
    )
    result = command("worth", "rows.jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 4]
    first, second = result.stderr.splitlines()
    assert first.startswith("annotator: rows.jsonl: line 2: broken JSON")
    assert second == 'annotator: rows.jsonl: line 3: no "text" that is a string'


def test_a_file_that_is_not_there(command: Command) -> None:
    result = command("worth", "none.jsonl")
    assert result.exit_code == 1
    assert result.stderr == "annotator: none.jsonl: no such file: check the path\n"
