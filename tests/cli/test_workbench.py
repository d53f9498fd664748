from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import Result

from annotator.cli import workbench
from annotator.model.scheme import Scheme, default_scheme
from annotator.workflow import ingest
from annotator.workflow.config import Config

Command = Callable[..., Result]


@dataclass
class Screen:
    """Stands in for the screen, and remembers how it was opened."""

    status: int = 0
    calls: list[dict[str, Any]] = field(default_factory=list)

    def run_workbench(
        self,
        path: Path,
        reviewer: str | None,
        *,
        pass_: str,
        article: str | None,
        config: Config,
        scheme: Scheme,
        sample: float | None,
        session: object,
    ) -> int:
        self.calls.append({"path": path, "reviewer": reviewer, "pass": pass_, "article": article, "config": config})
        assert scheme.label == default_scheme().label
        return self.status


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    stand_in = Screen()
    module = ModuleType("annotator.tui.app")
    module.run_workbench = stand_in.run_workbench  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "annotator.tui.app", module)
    monkeypatch.setattr(workbench, "_check_terminal", lambda: None)
    return stand_in


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch, files: Path) -> Path:
    monkeypatch.setattr(ingest, "seed_folder", lambda: files)
    return files


def test_a_first_start_makes_a_database_with_the_samples(
    command: Command, screen: Screen, database: Path, samples: Path
) -> None:
    result = command()
    assert result.exit_code == 0
    assert f"first start: made {database} with 2 sample articles\n" in result.stderr
    assert [(call["path"], call["article"], call["pass"]) for call in screen.calls] == [(database, None, "both")]
    assert len(command("articles").stdout.splitlines()) == 2


def test_a_second_start_adds_nothing(command: Command, screen: Screen, database: Path, samples: Path) -> None:
    command()
    before = database.read_bytes()
    result = command()
    assert result.stderr == f"database: {database}\n"
    assert database.read_bytes() == before
    assert len(screen.calls) == 2


def test_the_real_samples_are_there(command: Command, screen: Screen, database: Path) -> None:
    result = command()
    assert "failed" not in result.stderr
    assert len(command("articles").stdout.splitlines()) >= 10


def test_review_without_an_article_goes_where_one_left_off(command: Command, screen: Screen, imported: Path) -> None:
    assert command("review").exit_code == 0
    assert screen.calls[0]["article"] == "last"


@pytest.mark.parametrize("named", ["Old ferry ramp shut", "beginning", "id"])
def test_review_opens_straight_into_an_article(
    named: str, command: Command, screen: Screen, imported: Path, files: Path
) -> None:
    (files / "titled.jsonl").write_text('{"title": "Old ferry ramp shut", "text": "It is shut."}\n')
    command("import", str(files / "titled.jsonl"))
    listed = {line.split(None, 2)[2]: line.split()[0] for line in command("articles").stdout.splitlines()}
    short = listed["Old ferry ramp shut"]
    assert command("review", short if named != "Old ferry ramp shut" else named).exit_code == 0
    article = screen.calls[0]["article"]
    assert len(article) == 64
    assert article.startswith(short)


def test_the_pass_is_handed_on(command: Command, screen: Screen, imported: Path) -> None:
    assert command("review", "--pass", "triage").exit_code == 0
    assert screen.calls[0]["pass"] == "triage"
    assert command("review", "--pass", "later").exit_code == 2


def test_an_article_that_is_not_there_opens_nothing(command: Command, screen: Screen, imported: Path) -> None:
    result = command("review", "abcdef123456")
    assert result.exit_code == 1
    assert "no article 'abcdef123456'" in result.stderr
    assert screen.calls == []


def test_an_article_of_a_database_that_is_not_there_makes_none(
    command: Command, screen: Screen, database: Path
) -> None:
    assert command("review", "abcdef123456").exit_code == 1
    assert not database.exists()


def test_without_a_terminal_nothing_is_made(command: Command, database: Path) -> None:
    result = command()
    assert result.exit_code == 1
    assert result.stderr == (
        "annotator: the workbench needs a terminal; `annotator --help` lists what works without one\n"
    )
    assert not database.exists()


@pytest.mark.parametrize(
    ("option", "variable", "configured", "expected"),
    [
        ("Ana", "eva", "ida", "ana"),
        (None, " Eva ", "ida", "eva"),
        (None, None, "IDA", "ida"),
        (None, None, None, None),
    ],
)
def test_the_reviewer_is_who_the_nearest_says(
    option: str | None,
    variable: str | None,
    configured: str | None,
    expected: str | None,
    command: Command,
    screen: Screen,
    imported: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if variable:
        monkeypatch.setenv("ANNOTATOR_REVIEWER", variable)
    if configured:
        (tmp_path / "config.toml").write_text(f'reviewer = "{configured}"\n')
    for arguments in (["--reviewer", option or "", "review"], ["review", "--reviewer", option or ""]):
        command(*([each for each in arguments if each not in ("--reviewer", "")] if option is None else arguments))
    assert [call["reviewer"] for call in screen.calls] == [expected, expected]


def test_the_configuration_is_handed_on(command: Command, screen: Screen, imported: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('theme = "nord"\nadvance = false\n\n[keys]\n"claim.next" = "N,down"\n')
    assert command("review").exit_code == 0
    config = screen.calls[0]["config"]
    assert (config.theme, config.advance, dict(config.keys)) == ("nord", False, {"claim.next": "N down"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "nord"\n[keys]\n"claim.nxt" = "n"\n', "line 3: no action is called 'claim.nxt'"),
        ("advance = true\n\nadvanse = false\n", "line 3: unknown setting 'advanse'"),
        ('[keys]\naccept = "n"\n\n"claim.next" = "n"\n', "line 4: key 'n' means both "),
        ('[keys]\naccept = "j"\n', "line 2: key 'j' means both "),
        ('theme = "nord"\n[keys]\nlayout = "rusian"\n', "line 3: no layout is called 'rusian' (known: russian, "),
        ('[keys]\naccept = "return"\n', "line 2: keys of accept: no key is called 'return'"),
        ("theme = nord\n", "line 1: not TOML"),
    ],
)
def test_a_configuration_that_is_wrong_is_one_line_with_its_place(
    text: str, said: str, command: Command, screen: Screen, database: Path, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(text)
    result = command()
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert f"annotator: {tmp_path / 'config.toml'}: {said}" in result.stderr
    assert screen.calls == []
    assert not database.exists()


def test_the_workbench_chooses_the_exit_status(command: Command, screen: Screen, imported: Path) -> None:
    screen.status = 1
    assert command("review").exit_code == 1


def test_an_article_can_be_opened_at_a_claim(command: Command, screen: Screen, imported: Path) -> None:
    assert command("review", "Ferry runs again", "--at", "60").exit_code == 0
    assert screen.calls[0]["article"].endswith("@60")
    refused = command("review", "--at", "60")
    assert (refused.exit_code, "name the article too" in refused.stderr) == (2, True)
