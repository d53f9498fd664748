from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from annotator.cli.exits import BROKEN_PIPE, DONE, FAILED, INTERRUPTED, USAGE
from annotator.cli.main import COMMANDS, annotator_command
from annotator.model.scheme import default_scheme
from annotator.tui.keymap import REVIEW, Keymap, actions
from annotator.workflow.config import SETTINGS, load_config

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = {
    heading.strip("`"): body
    for heading, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
}


def commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {"annotator": annotator_command}
    for name, row in COMMANDS.items():
        loaded = found[f"annotator {name}"] = row.load()
        if isinstance(loaded, click.Group):
            found |= {f"annotator {name} {below}": each for below, each in loaded.commands.items()}
    return found


def first_cells(section: str) -> list[str]:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in section.splitlines() if line.startswith("| ")]
    return rows[2:]


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert set(SECTIONS) - {"Configuration"} == set(commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_is_documented_and_no_other(name: str) -> None:
    options = {option for each in commands()[name].params for option in [*each.opts, *each.secondary_opts]}
    wanted = {option for option in options if option.startswith("-")} - {"--help", "-h"}
    documented = {
        option for cell in first_cells(SECTIONS[name]) for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cell)
    }
    assert documented == wanted


def test_every_setting_is_documented_and_no_other() -> None:
    assert [cell.strip("`") for cell in first_cells(SECTIONS["Configuration"])] == list(SETTINGS)


def test_every_exit_status_is_documented() -> None:
    said = PAGE.split("| Exit status", 1)[1].split("\n## ", 1)[0]
    assert [int(status) for status in re.findall(r"^\| (\d+) ", said, re.MULTILINE)] == [
        DONE,
        FAILED,
        USAGE,
        INTERRUPTED,
        BROKEN_PIPE,
    ]


def test_the_example_of_a_configuration_is_one(tmp_path: Path) -> None:
    example = SECTIONS["Configuration"].split("\n\n    ", 1)[1]
    (tmp_path / "example.toml").write_text(re.sub(r"^    ", "", f"    {example}", flags=re.MULTILINE))
    known = actions(default_scheme())
    config = load_config(tmp_path / "example.toml", {action.id for action in known})
    assert (config.reviewer, config.advance) == ("ana", False)
    found = Keymap(actions(default_scheme(), config.keys)).action(REVIEW, "ctrl+n")
    assert found is not None
    assert found.id == "claim.next"
