from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

from annotator.errors import ConfigError
from annotator.matching.embedding import Embedder

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


def test_queries_collections_and_imports_come_through_pipes(command: Command, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "a", "text": "The pool leaks"}\n{"id": 1.5}\n', encoding="utf-8")
    checks = '{"id": "x", "claim": "The pool leaks at night."}\n'
    piped = command("checks", "match", "-", "--against", COLLECTION, input='{"id": 7, "text": "Sandmouth"}\n{}\n')
    assert [json.loads(line)["id"] for line in piped.stdout.splitlines()] == [7]
    assert piped.stderr.splitlines() == ['annotator: standard input: line 2: a query needs "id" and "text"']
    against = command("checks", "match", str(queries), "--against", "-", input=checks)
    assert [each["id"] for each in json.loads(against.stdout)["matches"]] == ["x"]
    assert "standard input: 1 new" in command("checks", "import", "-", input=checks).stderr
    assert command("checks", "import", "-", input="claim;verdict\nThe ferry sank;False\n").exit_code == 0
    assert "standard input  (no publisher)  2 fact-checks" in command("checks", "list").stdout
    assert "standard input: empty" in command("checks", "import", "-", input="").stderr


def test_the_language_of_a_collection_is_a_tag(command: Command) -> None:
    result = command("checks", "import", COLLECTION, "--language", "en x")
    assert result.exit_code == 2
    assert "en x" in result.stderr
    command("checks", "import", "-", "--language", "english", input='{"claim": "The ferry sank."}\n')
    assert command("checks", "list").stdout.split()[-1] == "en"


def test_a_file_that_is_not_there_is_said(command: Command, tmp_path: Path) -> None:
    result = command("checks", "match", str(tmp_path / "no.jsonl"), "--against", COLLECTION)
    assert result.exit_code == 1
    assert "no such file" in result.stderr


def fake_model(name: str, *, fetch: bool = True) -> Embedder:
    """A model by which everything about boats is alike."""
    if name == "nowhere" or not fetch:
        raise ConfigError(f"{name}: not a model that could be loaded")

    def encode(texts: Sequence[str]) -> Any:
        rows = [[1.0, 0.0] if any(w in text.lower() for w in ("ferry", "boat")) else [0.0, 1.0] for text in texts]
        return np.array(rows, dtype=np.float32)

    return Embedder(name, encode, f"identity of {name}")


def test_vectors_are_kept_with_the_import_and_matched_in_the_database(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.matching.embedding.load_embedder", fake_model)
    checks, queries = tmp_path / "checks.jsonl", tmp_path / "queries.jsonl"
    checks.write_text('{"id": "f", "publisher": "P", "claim": "The ferry sank."}\n', encoding="utf-8")
    queries.write_text('{"id": "q", "text": "A boat went down"}\n', encoding="utf-8")
    result = command("checks", "import", str(checks), "--model", "boats")
    assert result.exit_code == 0
    assert "vectors of 1 fact-check made by boats" in result.stderr
    assert "no model" not in command("checks", "import", str(checks)).stderr
    checks.write_text('{"id": "g", "publisher": "P", "claim": "The ferry was late."}\n', encoding="utf-8")
    again = command("checks", "import", str(checks))
    assert again.exit_code == 0
    # Its model cannot be loaded without being fetched: said, and the import itself is done.
    assert "no model is asked in the review" in again.stderr

    def found(*options: str) -> list[str]:
        matched = command("checks", "match", str(queries), *options)
        assert matched.exit_code == 0, matched.stderr
        (row,) = map(json.loads, matched.stdout.splitlines())
        return [each["id"] for each in row["matches"]]

    assert found() == []
    assert sorted(found("--model", "boats")) == ["f", "g"]
    refused = command("checks", "match", str(queries), "--model", "nowhere")
    assert refused.exit_code != 0
    assert "not a model that could be loaded" in refused.stderr
