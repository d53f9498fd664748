from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Command = Callable[..., Result]


@pytest.fixture
def bridge(imported: Path, command: Command) -> str:
    """The beginning of the bridge's id."""
    return command("articles").stdout.split()[0]


def listed(command: Command) -> list[str]:
    return [line.split()[0] for line in command("articles").stdout.splitlines()]


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch, command: Command) -> Command:
    """The command line where somebody can be asked."""

    def run(*arguments: str, answer: str) -> Result:
        # click puts a stream of its own in the place of standard input for the time of the command.
        with monkeypatch.context() as patch:
            patch.setattr("annotator.cli.asking.is_screen", lambda _stream: True)
            return command(*arguments, input=answer)

    return run


def test_hide_and_show_again(bridge: str, command: Command) -> None:
    hidden = command("remove", bridge)
    assert hidden.exit_code == 0
    assert f"hidden: {bridge} Bridge at Porto Velho closed" in hidden.stderr
    assert f"`annotator remove --undo {bridge}` shows it again" in hidden.stderr
    assert bridge not in listed(command)
    assert f"already hidden: {bridge}" in command("remove", bridge).stderr
    shown = command("remove", "--undo", bridge)
    assert shown.exit_code == 0
    assert f"shown: {bridge}" in shown.stderr
    assert bridge in listed(command)
    assert f"already shown: {bridge}" in command("remove", "--undo", bridge).stderr


def test_purge_with_yes_erases_the_text_from_the_files(bridge: str, command: Command, imported: Path) -> None:
    assert command("remove", "--purge", "--yes", bridge).exit_code == 0
    assert bridge not in listed(command)
    for file in imported.parent.glob("annotations.db*"):
        assert b"harbour master" not in file.read_bytes()
    assert command("doctor").exit_code == 0


def test_what_was_purged_stays_out(bridge: str, command: Command, files: Path) -> None:
    command("remove", "--purge", "--yes", bridge)
    result = command("import", str(files))
    assert result.exit_code == 1
    assert f"article {bridge} was purged here and stays out" in result.stderr


def test_purge_without_a_terminal_refuses(bridge: str, command: Command) -> None:
    result = command("remove", "--purge", bridge, input="y\n")
    assert result.exit_code == 1
    assert "annotator: nobody can be asked here: add --yes to erase the article for good\n" in result.stderr
    assert bridge in listed(command)


def test_purge_asks_and_does_it(bridge: str, command: Command, on_a_terminal: Command) -> None:
    result = on_a_terminal("remove", "--purge", bridge, answer="y\n")
    assert result.exit_code == 0
    assert "with everything decided about it, for good? [y/N]" in result.stderr
    assert "erased: " in result.stderr
    assert bridge not in listed(command)


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_purge_asks_and_leaves_it(answer: str, bridge: str, command: Command, on_a_terminal: Command) -> None:
    result = on_a_terminal("remove", "--purge", bridge, answer=answer)
    assert result.exit_code == 1
    assert "annotator: nothing was changed\n" in result.stderr
    assert bridge in listed(command)


def test_purge_that_is_not_answered_is_interrupted(bridge: str, command: Command, on_a_terminal: Command) -> None:
    assert on_a_terminal("remove", "--purge", bridge, answer="").exit_code == 130
    assert bridge in listed(command)


def test_purge_and_undo_exclude_each_other(bridge: str, command: Command) -> None:
    result = command("remove", "--purge", "--undo", "--yes", bridge)
    assert result.exit_code == 2
    assert bridge in listed(command)


def test_an_article_that_is_not_there(imported: Path, command: Command) -> None:
    result = command("remove", "Ferry burns")
    assert result.exit_code == 1
    assert "no article 'Ferry burns'; give an id, its beginning, an address or the exact title" in result.stderr
