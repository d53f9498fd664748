from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]
COLLECTION = str(Path(__file__).parents[1] / "data" / "fact_checks.jsonl")


def test_a_line_a_query_with_the_best_checks_first(command: Command, tmp_path: Path, database: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text(
        '{"id": 7, "text": "Until 2019 Sandmouth had eleven night routes."}\n{"id": "none", "text": "zzxqv"}\n',
        encoding="utf-8",
    )
    result = command("checks", "match", str(queries), "--against", COLLECTION, "--limit", "3")
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["id"] == 7
    assert first["matches"][0]["id"] == "https://sober.example.org/night-bus-routes"
    assert len(first["matches"]) == 3
    scores = [each["score"] for each in first["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert "same name (Sandmouth)" in first["matches"][0]["why"]
    assert second == {"id": "none", "matches": []}
    assert not database.exists()


def test_bad_rows_are_named_one_by_one_and_the_rest_goes_on(command: Command, tmp_path: Path) -> None:
    queries, checks = tmp_path / "queries.jsonl", tmp_path / "checks.jsonl"
    queries.write_text('{"id": "a"}\n[1]\n{"id": "b", "text": "The pool leaks"}\n', encoding="utf-8")
    checks.write_text(
        '{"id": "x", "claim": "The pool leaks at night."}\nnot json\n{"verdict": "true"}\n'
        '{"id": "h", "claim": {"a": [[]]}}\n{"id": "s", "claim": "half \\ud800 character"}\n'
        f'{{"id": "n", "claim": {"[" * 3000}{"]" * 3000}}}\n',
        encoding="utf-8",
    )
    result = command("checks", "match", str(queries), "--against", str(checks))
    assert result.exit_code == 1
    (row,) = map(json.loads, result.stdout.splitlines())
    assert [each["id"] for each in row["matches"]] == ["x"]
    said = result.stderr.splitlines()
    assert [line.split(": ")[2] for line in said] == [f"line {n}" for n in (2, 3, 4, 5, 6, 1, 2)]


def test_a_file_that_is_not_there_is_said(command: Command, tmp_path: Path) -> None:
    result = command("checks", "match", str(tmp_path / "no.jsonl"), "--against", COLLECTION)
    assert result.exit_code == 1
    assert "no such file" in result.stderr
