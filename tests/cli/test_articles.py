from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]


def test_one_line_an_article_in_the_order_they_came(command: Command, imported: Path) -> None:
    result = command("articles")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.split()[1] == "5"
    assert "Bridge at Porto Velho closed" in first
    assert second.split()[1] == "4"
    assert result.stderr == f"database: {imported}\n2 articles\n"


def test_as_json_with_the_whole_id(command: Command, tmp_path: Path) -> None:
    row = {"text": "Shut.", "title": "A", "publisher": "Wire", "published_at": "2026-03-10"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    command("import", "a.jsonl")
    (found,) = map(json.loads, command("articles", "--json").stdout.splitlines())
    assert len(found.pop("id")) == 64
    assert found == {"title": "A", "publisher": "Wire", "published_at": "2026-03-10", "sentences": 2}


def test_titles_steer_no_terminal_and_stay_on_their_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "Shut.", "title": "A \x1b]0;x\x07 \u202e b"}) + "\n")
    command("import", "a.jsonl")
    (line,) = command("articles").stdout.splitlines()
    assert not {"\x1b", "\x07", "\u202e"} & set(line)


def test_many_articles_are_all_listed(command: Command, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"It rained for {number} days."}) + "\n" for number in range(501))
    (tmp_path / "many.jsonl").write_text(rows)
    command("import", "many.jsonl")
    lines = command("articles").stdout.splitlines()
    assert len({line.split()[0] for line in lines}) == 501


def test_a_hidden_article_is_not_listed(command: Command, imported: Path) -> None:
    short = command("articles").stdout.split()[0]
    command("remove", short)
    assert short not in command("articles").stdout
