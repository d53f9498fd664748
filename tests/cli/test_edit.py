from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]


def test_what_is_known_of_a_publication_is_changed_and_taken_back(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\nRain,It rained.\n")
    command("import", "a.csv")
    said = command("edit", "Rain", "--publisher", "Coast  Courier", "--date", "14.3.2026", "--url", "courier.example/a")
    assert (
        said.stdout == "1  title: Rain · url: https://courier.example/a · publisher: Coast Courier · date: 2026-03-14\n"
    )
    assert command("edit", "Rain", "--publisher", "").stdout.endswith("courier.example/a · date: 2026-03-14\n")
    assert command("edit", "Rain", "--undo").stdout.count("Coast Courier") == 1
    assert command("edit", "Rain", "--undo").stdout == "1  title: Rain\n"
    again = command("edit", "Rain", "--undo")
    assert (again.exit_code, "no change of this article's publications is left" in again.stderr) == (1, True)
    assert command("doctor").exit_code == 0
    assert command("articles", "--json").stdout.count('"publisher":""') == 1


def test_of_several_publications_one_is_named(command: Command, tmp_path: Path) -> None:
    rows = [{"text": "It rained.", "publisher": name} for name in ("Wire", "Gazette")]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    command("import", "a.jsonl")
    article = json.loads(command("articles", "--json").stdout)["id"]
    refused = command("edit", article, "--author", "Ana")
    assert (refused.exit_code, "2 publications: say which with --publication" in refused.stderr) == (2, True)
    said = command("edit", article, "--author", "Ana", "--publication", "2")
    assert said.stdout == "1  publisher: Wire\n2  publisher: Gazette · author: Ana\n"
    same = command("edit", article, "--publisher", "Wire", "--author", "", "--publication", "2")
    assert (same.exit_code, "has a publication with these values" in same.stderr) == (1, True)
    assert command("edit", article, "--author", "Bo", "--publication", "3").exit_code == 2
    assert command("edit", article, "--date", "3/4/2026", "--publication", "1").exit_code == 2
    assert command("doctor").exit_code == 0


def test_near_copies_are_listed_and_named_at_import(command: Command, tmp_path: Path) -> None:
    days = " ".join(f"On day {number} the office counted {number} boats in the old harbour." for number in range(20))
    (tmp_path / "a.txt").write_text(f"Boats counted\n\n{days}\n")
    (tmp_path / "b.txt").write_text(f"Boats counted again\n\n{days}\n")
    (tmp_path / "c.txt").write_text("Nothing of the kind was ever seen there.\n")
    result = command("import", "a.txt", "b.txt", "c.txt")
    assert "b.txt: nearly the same as" in result.stderr
    assert "(Boats counted), 9" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("3 articles added")
    assert "; 1 nearly the same as another article" in result.stderr.splitlines()[-1]
    (line,) = command("near").stdout.splitlines()
    assert "Boats counted · Boats counted again" in line
    (pair,) = map(json.loads, command("near", "--json").stdout.splitlines())
    assert pair["title"] == "Boats counted again"
    assert 0.9 < pair["likeness"] < 1
    assert command("near", pair["near"]).stdout.endswith("Boats counted again · Boats counted\n")
