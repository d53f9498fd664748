from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import Result

from annotator.cli.export import export
from annotator.errors import ExportFailure
from annotator.exporters import ExportOptions, Files, Format, Losses
from annotator.model.record import ClaimRecord
from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.store.records import claim_records
from annotator.workflow import judging
from annotator.workflow.dataset import FORMATS
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_row_a_claim_and_reviewer(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl")
    assert result.exit_code == 0
    assert [(row["reviewer"], row["ordinal"], row["worth"], row["note"]) for row in rows(result)] == [
        ("ana", 2, "2", "seen at the quay"),
        ("ana", 5, "0", None),
        ("bob", 2, "1", None),
    ]
    assert result.stderr == f"database: {reviewed}\n3 rows\n"


def test_csv_is_what_the_bytes_say(process: Process, reviewed: Path) -> None:
    done = process("export", "csv")
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert done.stdout.count(b"\r\n") == 4
    table = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert table[0]["text"] == "The bridge closed at dawn."


def test_the_same_database_gives_the_same_bytes(process: Process, reviewed: Path) -> None:
    assert process("export", "jsonl").stdout == process("export", "jsonl").stdout


def test_only_some_reviewers(command: Command, reviewed: Path) -> None:
    assert {row["reviewer"] for row in rows(command("export", "jsonl", "--reviewer", "BOB"))} == {"bob"}
    both = command("export", "jsonl", "--reviewer", "bob", "--reviewer", "ana")
    assert {row["reviewer"] for row in rows(both)} == {"ana", "bob"}


def test_a_reviewer_who_has_done_nothing_is_an_error(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--reviewer", "eva")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"annotator: {reviewed}: no reviewer 'eva'; here are: ana, bob\n" in result.stderr


def test_only_some_articles(command: Command, reviewed: Path) -> None:
    ferry = command("articles").stdout.splitlines()[1].split()[0]
    assert {row["reviewer"] for row in rows(command("export", "jsonl", "--article", ferry))} == {"bob"}
    result = command("export", "jsonl", "--article", "nothing like it")
    assert result.exit_code == 1
    assert "no article 'nothing like it'" in result.stderr


def test_a_hidden_article_is_not_exported_and_asking_for_it_says_why(command: Command, reviewed: Path) -> None:
    ferry = command("articles").stdout.splitlines()[1].split()[0]
    command("remove", ferry)
    assert {row["reviewer"] for row in rows(command("export", "jsonl"))} == {"ana"}
    result = command("export", "jsonl", "--article", ferry)
    assert result.exit_code == 1
    assert f"article {ferry} is hidden; `annotator remove --undo {ferry}` shows it again" in result.stderr


def test_without_text_no_text_is_written(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--no-text")
    assert "bridge closed at dawn" not in result.stdout
    assert {(row["start"], row["end"]) for row in rows(result) if row["reviewer"] == "bob"} == {(18, 52)}


def test_all_adds_what_nobody_has_decided(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--all")
    assert [row["state"] for row in rows(result) if row["reviewer"] == "bob"] == [
        "to_do",
        "in_progress",
        "to_do",
        "to_do",
    ]
    assert result.stderr.splitlines()[-1] == "9 rows"


def test_a_file_is_written_and_named(command: Command, reviewed: Path, tmp_path: Path) -> None:
    result = command("export", "jsonl", "-o", "claims.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == "3 rows written to claims.jsonl"
    assert (tmp_path / "claims.jsonl").read_text(encoding="utf-8") == command("export", "jsonl").stdout
    assert command("export", "jsonl", "--output", "-").stdout.count("\n") == 3


def test_an_export_that_stops_leaves_the_file_as_it_was(
    command: Command, reviewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "claims.jsonl"
    target.parent.mkdir()
    target.write_text("the last good one\n")

    def stops(*arguments: object, **settings: object) -> object:
        yield next(iter(claim_records(*arguments, **settings)))  # type: ignore[arg-type]
        raise ExportFailure("article 12: not what its id names")

    monkeypatch.setattr("annotator.store.records.claim_records", stops)
    result = command("export", "jsonl", "-o", str(target))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "annotator: article 12: not what its id names"
    assert target.read_text() == "the last good one\n"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_said(command: Command, reviewed: Path) -> None:
    result = command("export", "csv", "-o", "nowhere/claims.csv")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "annotator: nowhere/claims.csv: its folder does not exist; make it first"


def test_an_unknown_format_names_the_known_ones(command: Command, reviewed: Path) -> None:
    result = command("export", "papyrus")
    assert result.exit_code == 2
    assert "'jsonl', 'csv'" in result.stderr


def test_nothing_decided_is_no_rows(command: Command, imported: Path) -> None:
    result = command("export", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == "0 rows"


def test_only_some_states_values_and_days(command: Command, reviewed: Path) -> None:
    assert [row["ordinal"] for row in rows(command("export", "jsonl", "--worth", "2", "--worth", "0"))] == [2, 5]
    assert len(rows(command("export", "jsonl", "--state", "in_progress"))) == 2
    assert [row["ordinal"] for row in rows(command("export", "jsonl", "--state", "done"))] == [5]
    assert len(rows(command("export", "jsonl", "--since", "2020-01-01", "--until", "2999-01-01"))) == 3
    assert rows(command("export", "jsonl", "--until", "2020-01-01")) == []


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--since", "2026-03-12", "--until", "2026-03-11"], 2, "--since 2026-03-12 is after --until 2026-03-11"),
        (["--since", "March"], 2, "'March' is not a day"),
        (["--state", "asleep"], 2, "'asleep' is not one of"),
        (["--verdict", "true"], 1, "no verdict 'true' in this scheme (known: supported"),
        (["--adjudicated", "--reviewer", "ana"], 1, "nobody's own: leave --reviewer or --adjudicated out"),
        (["--split", "80:20"], 2, "not the shares of train, dev, test, such as 80:10:10"),
        (["--split", "0:0:0"], 2, "not the shares of train, dev, test, such as 80:10:10"),
        (["--split", "8:1:1"], 2, "--split writes several files: name them with -o, as in -o claims.jsonl"),
        (["--base-url", "example.org"], 2, "not an http or https address"),
        (["--base-url", "https://[example"], 2, "not an http or https address"),
        (["--organisation-url", "javascript:alert(1)"], 2, "not an http or https address"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    command: Command, reviewed: Path, options: list[str], status: int, said: str
) -> None:
    result = command("export", "jsonl", *options)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_reviewers_are_anonymised(command: Command, reviewed: Path) -> None:
    result = command("export", "jsonl", "--anonymise")
    assert [row["reviewer"] for row in rows(result)] == ["r1", "r1", "r2"]
    assert "quay" not in result.stdout
    assert '"ana"' not in result.stdout
    assert "quay" not in command("export", "jsonl", "--leave-out", "note").stdout


def test_a_split_writes_a_file_for_each_part(command: Command, reviewed: Path, tmp_path: Path) -> None:
    result = command("export", "jsonl", "-o", "claims.jsonl", "--split", "1:0:1", "--seed", "3")
    assert result.exit_code == 0
    parts = {path.name: path.read_text(encoding="utf-8").splitlines() for path in tmp_path.glob("claims*")}
    assert set(parts) == {"claims.train.jsonl", "claims.test.jsonl"}
    assert sorted(line for lines in parts.values() for line in lines) == sorted(
        command("export", "jsonl").stdout.splitlines()
    )
    train, test = (len(parts[f"claims.{part}.jsonl"]) for part in ("train", "test"))
    assert result.stderr.splitlines()[-1] == f"3 rows ({train} train, {test} test) written to claims.jsonl"


def test_the_organisation_is_named_by_option_or_configuration(command: Command, reviewed: Path, tmp_path: Path) -> None:
    with closing(open_store(reviewed)) as store:
        session = ReviewSession(store, "bob")
        review, _ = session.open(find_article(store, str(reviewed.parent / "articles" / "ferry.txt")))
        session.apply(judging.verdict, review.claims[1], "supported")

    def author(*options: str) -> object:
        result = command("export", "claimreview", "--base-url", "https://example.org/", *options)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)["@graph"][0]["author"]

    (tmp_path / "config.toml").write_text('organisation = "Quay Check"\norganisation_url = "https://quay.example/"\n')
    assert author() == {"@type": "Organization", "name": "Quay Check", "url": "https://quay.example/"}
    # The configuration's address is the configuration's organisation's.
    assert author("--organisation", "Pier") == {"@type": "Organization", "name": "Pier"}
    other = author("--organisation", "Pier", "--organisation-url", "https://pier.example/")
    assert other == {"@type": "Organization", "name": "Pier", "url": "https://pier.example/"}
    (tmp_path / "config.toml").unlink()
    assert author() == {"@type": "Person", "name": "bob"}
    refused = command(
        "export", "claimreview", "--base-url", "https://a.example/", "--organisation-url", "https://b.example/"
    )
    assert refused.exit_code == 2
    assert "an organisation's address needs its name: say it with --organisation" in refused.stderr


def test_rows_are_those_that_were_written(command: Command, reviewed: Path) -> None:
    with closing(open_store(reviewed)) as store:
        session = ReviewSession(store, "bob")
        review, _ = session.open(find_article(store, str(reviewed.parent / "articles" / "ferry.txt")))
        session.apply(judging.verdict, review.claims[1], "supported")
    result = command("export", "averitec", "-o", "claims.json")
    assert result.stderr.splitlines()[-2:] == [
        "losses: 1 claim without a question, 2 claims without a verdict left out",
        "1 row written to claims.json",
    ]
    assert command("export", "brat", "-o", "brat").stderr.splitlines()[-1] == "2 documents written to brat"


def test_what_was_lost_is_said(command: Command, reviewed: Path) -> None:
    assert "losses" not in command("export", "jsonl").stderr
    with closing(open_store(reviewed)) as store:
        session = ReviewSession(store, "bob")
        review, _ = session.open(find_article(store, str(reviewed.parent / "articles" / "ferry.txt")))
        session.apply(judging.note, review.claims[1], "=1+1")
    assert command("export", "csv").stderr.splitlines()[-2:] == [
        "losses: 1 cell with an apostrophe in front",
        "3 rows",
    ]


def folder_of(records: Iterable[ClaimRecord], _options: ExportOptions, losses: Losses) -> Files:
    for record in records:
        yield f"{record.reviewer}/{record.ordinal}.txt", [record.text.encode()]
        losses.add("judgements left out")


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that is a folder, added to the others."""
    row = Format("texts", "", "the texts", "texts", ("all else",), "none", folder_of)
    monkeypatch.setattr("annotator.cli.export.FORMATS", {"texts": row})
    monkeypatch.setattr(export.params[0], "type", click.Choice(["texts"]))


@pytest.mark.usefixtures("texts")
def test_a_folder_is_written_and_replaced(command: Command, reviewed: Path, tmp_path: Path) -> None:
    for _ in range(2):
        result = command("export", "texts", "-o", "data")
        assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines()[-2:] == ["losses: 3 judgements left out", "3 rows written to data"]
    assert {path.relative_to(tmp_path / "data").as_posix() for path in (tmp_path / "data").rglob("*.txt")} == {
        "ana/2.txt",
        "ana/5.txt",
        "bob/2.txt",
    }
    (tmp_path / "data" / "mine.txt").write_text("mine")
    result = command("export", "texts", "-o", "data")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith(
        "annotator: data: a folder with files of another origin (mine.txt)"
    )


@pytest.mark.usefixtures("texts")
def test_a_folder_does_not_go_to_standard_output(command: Command, reviewed: Path) -> None:
    result = command("export", "texts")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "texts is a folder of files: say where with -o FOLDER" in result.stderr


def test_formats_are_listed_with_what_they_keep_and_lose(command: Command) -> None:
    listed = command("formats").stdout
    for row in FORMATS.values():
        assert f"{row.name}\n  {row.summary}\n  keeps    {row.keeps}\n" in listed
    assert "loses    nothing\n  offsets  code points\n" in listed
