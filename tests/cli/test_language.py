from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Command = Callable[..., Result]
SAID = {
    "fr": "« Nous n’avons rien trouvé », a déclaré la maire, Ilse Durand. Pourquoi ? Selon la police, rien n’est sûr.",
    "es": "«No encontramos nada», dijo la alcaldesa Inés Prado. ¿Por qué? Según la policía, nadie resultó herido.",
    "ja": "「何も見つかりませんでした」とドゥアルテ港長は述べた。なぜ？　警察によると、けが人はいない。",
    "hi": "“हमें कुछ नहीं मिला,” महापौर इनेस प्रादो ने कहा। क्यों? पुलिस के अनुसार कोई घायल नहीं हुआ।",
    "de": "„Wir haben nichts gefunden“, sagte Ilse Brandt am Montag. Warum? Laut Polizei wurde niemand verletzt.",
    "en": "“We found nothing,” said the mayor, Ines Prado. Why? According to the police, nobody was hurt.",
}


@pytest.mark.parametrize("code", SAID)
def test_attributions_are_proposed_in_english_alone_and_questions_everywhere(
    command: Command, tmp_path: Path, code: str
) -> None:
    (tmp_path / "a.txt").write_text(SAID[code], encoding="utf-8")
    (row,) = map(json.loads, command("suggest", "--print", "a.txt").stdout.splitlines())
    assert row["language"] == code
    assert bool(row["attributions"]) is (code == "en")
    assert [worth["rule"] for worth in row["worths"] if worth["worth"] == "0"] == ["question"]
    assert any(worth["worth"] == "2" for worth in row["worths"]) is (code == "en")


def test_the_language_that_is_said_goes_before_a_guess(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAID["en"], encoding="utf-8")
    (row,) = map(json.loads, command("split", "--language", "en_gb", "a.txt").stdout.splitlines())
    assert row["language"] == "en-GB"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": SAID["en"], "language": "ger"}))
    (row,) = map(json.loads, command("suggest", "--print", "--language", "en", "a.jsonl").stdout.splitlines())
    assert (row["language"], row["attributions"]) == ("de", [])
    assert command("split", "--language", "no language", "a.txt").exit_code == 2


def test_a_language_that_is_none_is_named_and_guessed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": SAID["fr"], "language": "klingonese!"}))
    result = command("import", "a.jsonl")
    assert "no language: 'klingonese!'" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("1 in fr (guessed); 1 with a language that is none")


def test_a_language_is_changed_and_guessed_later(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": SAID["en"], "language": "de"}))
    command("import", "a.jsonl")
    short = command("articles").stdout.split()[0]

    def proposed() -> str:
        return command("suggest").stderr.splitlines()[-1]

    assert proposed() == "1 article, 1 proposal"
    assert command("language", "en-gb", short).stderr.splitlines()[-2:] == [
        f"{short} {SAID['en']}: now in en-GB",
        "1 article changed",
    ]
    assert proposed() != "1 article, 1 proposal"
    assert command("language").stdout == f"{short}\ten-GB\t{SAID['en']}\n"
    assert command("language", "EN_GB", short).stderr.splitlines()[-1] == "0 articles changed"
    assert command("language", "guess", short).stderr.splitlines()[-1] == "0 articles changed"
    assert command("language", "fr", short).exit_code == 0
    assert command("language", "guess").stderr.splitlines()[-1] == "0 articles changed"
    assert "now in en" in command("language", "guess", short).stderr
    assert command("doctor").exit_code == 0


def test_a_language_is_said_of_something(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAID["en"], encoding="utf-8")
    command("import", "a.txt")
    assert command("language", "fr").exit_code == 2
    assert command("language", "a language", "x").exit_code == 2
