from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from annotator import __version__
from annotator.cli.main import COMMANDS, annotator_command

Command = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def every_command() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = [("annotator", annotator_command)]
    for name, row in COMMANDS.items():
        loaded = row.load()
        found.append((f"annotator {name}", loaded))
        if isinstance(loaded, click.Group):
            found += [(f"annotator {name} {below}", each) for below, each in loaded.commands.items()]
    return found


def test_the_version(command: Command) -> None:
    result = command("--version")
    assert (result.exit_code, result.stdout) == (0, f"annotator {__version__}\n")


def test_python_m_annotator_is_the_command(process: Process) -> None:
    assert process("--version").stdout.decode() == f"annotator {__version__}\n"


def test_the_installed_command_is_the_same() -> None:
    installed = Path(sys.executable).with_name("annotator")
    done = subprocess.run([installed, "--version"], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode() == f"annotator {__version__}\n"


def test_help_lists_every_command_with_its_line(command: Command) -> None:
    result = command("--help")
    assert result.exit_code == 0
    for name, row in COMMANDS.items():
        assert f"{name} " in result.stdout
        assert row.help in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says_of_itself(name: str) -> None:
    row = COMMANDS[name]
    loaded = row.load()
    assert loaded.name == name
    assert (loaded.help or "").split("\n\n")[0] == row.help


@pytest.mark.parametrize("name", [name for name, _ in every_command()])
def test_every_command_and_option_has_help(name: str) -> None:
    found = dict(every_command())[name]
    assert found.help
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", [name for name, _ in every_command()])
def test_every_command_tells_its_options(name: str, command: Command) -> None:
    for option in ("--help", "-h"):
        result = command(*name.split()[1:], option)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"Usage: {name} ")


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"textual", "sqlite_utils", "sqlite3", "trafilatura", "lxml", "sentencex", "charset_normalizer"}),
        (["--version"], {"textual", "sqlite_utils", "sqlite3", "trafilatura"}),
        (["split", "{file}"], {"textual", "sqlite_utils", "trafilatura"}),
        (["import", "--dry-run", "{file}"], {"textual", "sqlite_utils", "trafilatura"}),
        (["export", "--help"], {"textual", "sqlite_utils", "trafilatura"}),
        (["find", "--help"], {"textual", "sqlite_utils", "annotator.exporters"}),
    ],
)
def test_what_a_command_does_not_need_is_not_loaded(arguments: list[str], unwanted: set[str], files: Path) -> None:
    program = (
        "import sys\n"
        "from annotator.cli.main import run\n"
        "try:\n    run()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    given = [each.format(file=files / "bridge.txt") for each in arguments]
    done = subprocess.run([sys.executable, "-c", program, *given], capture_output=True, check=True, timeout=60)
    loaded = set(done.stderr.decode().split())
    assert "click" in loaded
    assert not loaded & unwanted


def test_an_unknown_command_is_a_usage_error(command: Command) -> None:
    result = command("anotate")
    assert result.exit_code == 2
    assert "No such command 'anotate'" in result.stderr
    assert result.stdout == ""


def test_an_unknown_option_is_a_usage_error(command: Command) -> None:
    result = command("doctor", "--deep")
    assert result.exit_code == 2
    assert "--deep" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "csv", "-o", "one.csv", "--output", "two.csv"], "Option '--output' is given 2 times"),
        (["report", "progress", "--format", "csv", "--format=json"], "Option '--format' is given 2 times"),
        (["report", "--html", "a", "--html", "b"], "Option '--html' is given 2 times"),
        (["--db", "a.db", "--db", "b.db", "articles"], "Option '--db' is given 2 times"),
        (["--db", "a.db", "articles", "--db", "b.db"], "--db is a.db before the command and b.db behind it"),
        (["report", "--db", "a.db", "progress", "--db", "b.db"], "--db is a.db before the command and b.db behind it"),
        (["--reviewer", "ana", "find", "--reviewer", "ben", "ferry"], "--reviewer is ana before the command and ben"),
    ],
)
def test_what_could_only_hold_once_is_refused_where_it_is_said_twice(
    arguments: list[str], said: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = command(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_same_database_may_be_named_twice_and_another_than_the_variable_s(
    command: Command, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_DB", "elsewhere.db")
    assert command("--db", str(imported), "articles", "--db", str(imported)).exit_code == 0
    assert (
        command(
            "export", "csv", "--worth", "2", "--worth", "1", "--no-text", "--no-text", "--db", str(imported)
        ).exit_code
        == 0
    )


def test_what_is_typed_wrong_so_far_is_completed_all_the_same() -> None:
    shell = ShellComplete(annotator_command, {}, "annotator", "_ANNOTATOR_COMPLETE")
    found = shell.get_completions(["export", "csv", "--nope", "-o", "one.csv", "-o", "two.csv"], "--no-")
    assert "--no-text" in [each.value for each in found]


@pytest.mark.parametrize("words", [["bundle", "--reviewer", "ana"], ["backup"], ["recover", "annotations.db"]])
def test_no_folder_is_made_for_a_file_whose_path_may_be_mistyped(
    words: list[str], command: Command, imported: Path
) -> None:
    target = imported.parent / "nowhere" / "new.db"
    result = command(*words, "-o", str(target))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == f"annotator: {target}: its folder does not exist; make it first"
    assert not target.parent.exists()


def test_a_group_without_a_command_shows_its_help(command: Command) -> None:
    result = command("report")
    assert result.exit_code == 2
    assert "progress" in result.output


@pytest.mark.parametrize("where", ["before", "behind", "variable", "default"])
def test_the_database_can_be_named_everywhere(where: str, files: Path, process: Process) -> None:
    folder = files.parent / "elsewhere"
    folder.mkdir()
    wanted = folder / "chosen.db" if where != "default" else folder / "db" / "annotations.db"
    arguments = {
        "before": ("--db", str(wanted), "import", str(files)),
        "behind": ("import", str(files), "--db", str(wanted)),
    }.get(where, ("import", str(files)))
    variable = {"variable": str(wanted), "default": ""}.get(where, str(folder / "wrong.db"))
    done = process(*arguments, environment={"ANNOTATOR_DB": variable}, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert f"database: {wanted}\n".encode() in done.stderr
    assert wanted.exists()
    assert not (folder / "wrong.db").exists()


@pytest.mark.parametrize(
    "arguments", [["articles"], ["doctor"], ["export", "jsonl"], ["report", "progress"], ["remove", "x"]]
)
def test_a_database_that_is_not_there_is_one_clear_line(arguments: list[str], command: Command, database: Path) -> None:
    result = command(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"database: {database}",
        f"annotator: {database}: no such database; `annotator import` makes one, --db names another",
    ]
    assert not database.exists()


@pytest.mark.parametrize("arguments", [["articles"], ["doctor"], ["import", "articles"]])
def test_a_file_that_is_no_database_is_left_alone(
    arguments: list[str], command: Command, database: Path, files: Path
) -> None:
    database.write_bytes(b"a diary, not a database\n" * 20)
    result = command(*arguments)
    assert result.exit_code == 1
    assert f"annotator: {database}: not an SQLite database; use --db to name another file\n" in result.stderr
    assert database.read_bytes() == b"a diary, not a database\n" * 20


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("  ", "needs at least one character"),
        ("x" * 41, "at most 40 characters, not 41"),
        ("a\x1b[2Jb", "must not have control characters"),
        ("a\u202eb", "must not have control characters"),
    ],
)
def test_what_cannot_be_a_name_is_a_usage_error(name: str, said: str, command: Command) -> None:
    result = command("--reviewer", name, "articles")
    assert result.exit_code == 2
    assert said in result.stderr


def test_control_characters_in_an_error_reach_no_terminal(command: Command, imported: Path) -> None:
    result = command("remove", "title \x1b[2J\x07 of it\nand more")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert "\x1b" not in result.stderr
    assert "\x07" not in result.stderr


def test_a_broken_pipe_is_silent(files: Path) -> None:
    many = [str(files / "bridge.txt")] * 400
    split = subprocess.Popen(
        [sys.executable, "-m", "annotator", "split", *many], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert split.stdout is not None
    assert split.stderr is not None
    assert split.stdout.read(7) == b'{"id":"'
    split.stdout.close()
    with split.stderr:
        assert split.stderr.read() == b""
    assert split.wait(60) == 141


def test_a_pipe_that_is_closed_from_the_start_is_silent(process: Process, files: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = process("split", str(files / "ferry.txt"), capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_standard_output_that_is_full_is_one_line(process: Process, files: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("split", str(files / "ferry.txt"), capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == b"annotator: standard output: No space left on device\n"


def test_a_name_in_the_environment_that_is_wrong_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "x" * 50)
    result = command("articles")
    assert result.exit_code == 2
    assert "at most 40" in result.stderr


@pytest.mark.parametrize(("name", "group"), [each for each in every_command() if isinstance(each[1], click.Group)])
def test_groups_list_their_commands_with_whole_sentences(name: str, group: click.Group, command: Command) -> None:
    shown = " ".join(command(*name.split()[1:], "--help").stdout.partition("Commands:")[2].split())
    assert shown
    assert "..." not in shown
    for each in group.commands.values():
        sentence = " ".join((each.help or "").split("\n\n")[0].split())
        assert f"{each.name} {sentence.split('. ')[0]}" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["review", "--at", "x"], "'x' is not a whole number, 0 or more"),
        (["adjudicate", "--sample", "200"], "'200' is not a number from 0 to 100"),
        (["adjudicate", "--sample", "nan"], "'nan' is not a number from 0 to 100"),
        (["serve", "--port", "99999"], "'99999' is not a whole number from 1 to 65535"),
        (["batch", "x", "-o", "y", "--workers", "0"], "'0' is not a whole number, 1 or more"),
        (["find", " "], "say which words to find"),
    ],
)
def test_a_mistyped_argument_is_named_with_what_it_may_be(words: list[str], said: str, command: Command) -> None:
    result = command(*words)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].endswith(said)


@pytest.mark.parametrize("given", [["--overlap", "2"], ["--by", "claim"], ["--limit", "3"], ["--reviewers", ""]])
def test_an_assignment_to_nobody_is_refused(given: list[str], command: Command, tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    article = tmp_path / "a.txt"
    article.write_text("The bridge closed at dawn.\n", encoding="utf-8")
    assert command("--db", path, "import", str(article)).exit_code == 0
    result = command("--db", path, "assign", *given)
    assert result.exit_code == 2
    assert f"{given[0]} draws for nobody: name them with --reviewers NAME,NAME" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assign", "--from", "{file}", "--yes"], "line 2: not UTF-8; save it as UTF-8"),
        (["scheme", "use", "{file}"], "line 2: not UTF-8; save it as UTF-8"),
        (["import", "--annotations", "brat", "--label-map", "{file}", "articles"], "line 2: not UTF-8; save it as"),
        (["agreement", "{file}"], "not UTF-8; save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_utf_8_is_told_in_our_words(
    arguments: list[str], said: str, command: Command, imported: Path, tmp_path: Path
) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes("unit,reviewer,value\n1,José,a\n".encode("latin-1"))
    result = command(*(each.format(file=file) for each in arguments))
    assert result.exit_code == 1
    assert f"annotator: {file}: {said}" in result.stderr
    assert "codec" not in result.stderr


def test_near_copies_of_nothing_are_not_those_of_all(command: Command, imported: Path) -> None:
    result = command("near", "")
    assert result.exit_code == 1
    assert "no article ''" in result.stderr
