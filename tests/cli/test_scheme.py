from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Command = Callable[..., Result]


def test_the_schemes_are_listed_without_a_database(command: Command, database: Path) -> None:
    result = command("scheme")
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["*", "annotator-default@1"],
        ["-", "averitec-4@1"],
        ["-", "fever-3@1"],
        ["-", "politifact-6@1"],
    ]
    assert "no database" in result.stderr
    assert not database.exists()


def test_a_scheme_of_one_s_own_goes_from_a_shipped_one_through_a_file_into_the_project(
    command: Command, reviewed: Path, tmp_path: Path
) -> None:
    written = command("scheme", "show", "--format", "toml").stdout
    file = tmp_path / "mine.toml"
    file.write_text(written.replace('name = "supported"', 'name = "borne out"'), encoding="utf-8")
    assert command("scheme", "check", str(file)).stdout == (
        f"{file}: annotator-default@1 can be used; its keys are 0 1 2 s r m n\n"
    )
    used = command("scheme", "use", str(file))
    assert used.exit_code == 0, used.stderr
    assert used.stderr.splitlines()[-1] == "scheme: annotator-default@1, it was annotator-default@1"
    assert "s borne out (supported)" in command("scheme", "show").stdout
    assert command("scheme", "use", str(file)).stderr.splitlines()[-1] == "scheme: annotator-default@1, as before"

    file.write_text(file.read_text(encoding="utf-8").replace("version = 1", "version = 1\nevidence_required = true"))
    used = command("scheme", "use", str(file))
    assert used.stderr.splitlines()[-2:] == [
        "scheme: annotator-default@2, it was annotator-default@1; everybody's progress was counted anew",
        "the file says version 1, which another scheme of this id has: it is annotator-default@2 here",
    ]
    assert command("scheme").stdout.splitlines()[0].startswith("*  annotator-default@2")
    assert command("doctor").exit_code == 0


def test_check_says_everything_that_is_wrong(command: Command, tmp_path: Path, database: Path) -> None:
    text = command("scheme", "show", "fever-3", "--format", "toml").stdout
    file = tmp_path / "mine.toml"
    file.write_text(text.replace('key = "n"', 'key = "q"').replace('verify = ["verdict"]', "verify = []"))
    result = command("scheme", "check", str(file))
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{file}: verdict 'not_enough': a scheme may not use the key 'q' (it may use 0 1 2")
    assert second.startswith(f"{file}: pass 'verify': it asks for nothing")
    assert command("scheme", "use", str(file)).exit_code == 1
    assert command("scheme", "check", str(tmp_path / "none.toml")).exit_code == 1
    assert not database.exists()


def test_what_is_in_use_is_not_removed_and_the_count_is_said(command: Command, reviewed: Path, tmp_path: Path) -> None:
    text = command("scheme", "show", "--format", "toml").stdout
    start, end = text.index('[[worth]]\nid = "1"'), text.index('[[worth]]\nid = "2"')
    (tmp_path / "mine.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    result = command("scheme", "use", "mine.toml")
    assert result.exit_code == 1
    assert "annotator-default lacks what is in use: check-worthiness '1' (1)" in result.stderr


def test_other_verdicts_leave_in_the_export_what_was_decided_under_which_scheme(
    command: Command, reviewed: Path
) -> None:
    assert command("scheme", "use", "politifact-6", "--reviewer", "eva").exit_code == 0
    rows = [json.loads(line) for line in command("export", "jsonl").stdout.splitlines()]
    assert {row["scheme"] for row in rows} == {"annotator-default@1"}
    assert "pants on fire" in command("scheme", "show").stdout
    assert command("report", "progress").exit_code == 0


def test_a_new_project_can_begin_with_a_scheme(command: Command, database: Path, files: Path) -> None:
    assert command("scheme", "use", "fever-3").exit_code == 0
    assert command("import", str(files)).exit_code == 0
    assert command("scheme").stdout.splitlines()[2].startswith("*  fever-3@1")


def test_pages_are_attached_shown_and_taken_away(command: Command, imported: Path, tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# House rules\n\nBe kind.\n", encoding="utf-8")
    assert command("scheme", "page", "rules.md").stderr.splitlines()[-1] == "page rules.md: attached"
    assert command("scheme", "page", "rules.md").stderr.splitlines()[-1] == "page rules.md: attached already"
    assert command("scheme", "show").stdout.endswith("Pages\n\n  rules.md  House rules\n")
    assert command("scheme", "show", "--format", "markdown").stdout.endswith("---\n\n# House rules\n\nBe kind.\n")
    assert command("scheme", "page", "--remove", "rules.md").stderr.splitlines()[-1] == "page rules.md: taken away"
    again = command("scheme", "page", "--remove", "rules.md")
    assert (again.exit_code, again.stderr.splitlines()[-1]) == (
        1,
        "annotator: no page 'rules.md' is attached (attached: none)",
    )
    assert command("scheme", "page", "none.md").exit_code == 1
