from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]


def test_one_json_line_an_article(command: Command, files: Path, database: Path) -> None:
    result = command("split", str(files))
    assert result.exit_code == 0
    assert result.stderr == ""
    bridge, ferry = map(json.loads, result.stdout.splitlines())
    assert bridge["text"] == (files / "bridge.txt").read_text(encoding="utf-8").rstrip()
    assert bridge["id"] == hashlib.sha256(bridge["text"].encode()).hexdigest()
    assert bridge["origin"] == str(files / "bridge.txt")
    said = [bridge["text"][each["start"] : each["end"]] for each in bridge["sentences"]]
    assert said[:3] == [
        "Bridge at Porto Velho closed",
        "The bridge closed at dawn.",
        "Nobody was hurt, said Ines Duarte, the harbour master.",
    ]
    assert [each["kind"] for each in ferry["sentences"]] == ["headline", "body", "body", "body"]
    assert [each["kind"] for each in ferry["blocks"]] == ["headline", "body"]
    assert not database.exists()


def test_offsets_are_code_points_of_the_normalised_text(command: Command) -> None:
    given = "\ufeffA 🌉 e\u0301clair fell.\r\nIt was “sweet”.\r\n"
    result = command("split", "-", input=given.encode())
    (article,) = map(json.loads, result.stdout.splitlines())
    assert article["text"] == "A 🌉 e\u0301clair fell.\nIt was “sweet”."
    assert [article["text"][each["start"] : each["end"]] for each in article["sentences"]] == [
        "A 🌉 e\u0301clair fell.",
        "It was “sweet”.",
    ]


def test_the_fields_that_were_found(command: Command, tmp_path: Path) -> None:
    row = {
        "body": "The bridge is shut.",
        "title": "Shut",
        "url": "https://example.org/shut",
        "publisher": "Example Wire",
        "author": "I. Duarte",
        "published_at": "2026-03-10",
        "language": "en",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    result = command("split", "--field", "text=body", "rows.jsonl")
    (article,) = map(json.loads, result.stdout.splitlines())
    assert {name: article[name] for name in row if name != "body"} == {n: v for n, v in row.items() if n != "body"}
    assert article["text"] == "Shut\n\nThe bridge is shut."


def test_a_line_is_a_line_for_every_reader(command: Command) -> None:
    result = command("split", "-", input="One\u2028two\x85three \x9b31m.\n".encode())
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stdout)["text"] == "One\u2028two\x85three \x9b31m."


def test_what_fails_is_named_and_the_rest_is_printed(command: Command, files: Path) -> None:
    (files / "broken.jsonl").write_text("{\n")
    result = command("split", str(files), "nowhere.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    first, second = result.stderr.splitlines()
    assert first.startswith(f"annotator: {files / 'broken.jsonl'}: line 1: ")
    assert second.startswith("annotator: nowhere.txt: no such file")


def test_the_options_of_reading_apply(command: Command, tmp_path: Path) -> None:
    (tmp_path / "wrapped.txt").write_text("The bridge was\nshut at dawn.\n")
    joined = json.loads(command("split", "--unwrap", "wrapped.txt").stdout)
    assert joined["text"] == "The bridge was shut at dawn."
    assert command("split", "--max-size", "5", "wrapped.txt").exit_code == 1
