"""`annotator project`, `assign` and `adjudicate` at the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.model.reviewer import ADJUDICATED
from annotator.model.source import SourceKind
from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import judging, sources
from annotator.workflow.session import ReviewSession
from tests.store.test_read_only import as_somebody_else, folder, protect

__all__ = ["folder"]
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

Command = Callable[..., Result]


def test_a_project_has_a_lead_once_somebody_says_so(command: Command, reviewed: Path) -> None:
    assert command("project").stdout.startswith("lead: nobody\nvisibility: blind")
    assert command("--reviewer", "lea", "project", "lead", "lea").exit_code == 0
    refused = command("--reviewer", "ben", "project", "open")
    assert refused.exit_code == 1
    assert "for lea, who leads this project (you are ben)" in refused.stderr
    assert command("--reviewer", "lea", "project", "open").exit_code == 0
    assert "visibility: open" in command("project").stdout
    assert command("doctor").exit_code == 0


def test_who_is_to_lead_and_is_nobody_yet_is_asked_about(
    command: Command, reviewed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = command("--reviewer", "ana", "project", "lead", "bbo")
    assert refused.exit_code == 1
    reason = "no bbo has done anything here yet (here are: ana, bob): add --yes if the name is right"
    assert refused.stderr.splitlines()[1:] == [f"annotator: nobody can be asked here: {reason}"]
    assert command("project").stdout.startswith("lead: nobody\n")
    monkeypatch.setattr("annotator.cli.asking.is_screen", lambda _stream: True)
    assert command("--reviewer", "ana", "project", "lead", "bbo", input="n\n").exit_code == 1
    assert command("project").stdout.startswith("lead: nobody\n")
    assert command("--reviewer", "ana", "project", "lead", "bbo", input="y\n").exit_code == 0
    assert command("--reviewer", "bbo", "project", "lead", "caro", "--yes").exit_code == 0
    # Whoever has done something, and oneself, needs no question; who may not say it is told that first.
    assert "for caro, who leads" in command("--reviewer", "ana", "project", "lead", "dora").stderr
    assert command("--reviewer", "caro", "project", "lead", "bob").exit_code == 0


def test_what_was_settled_is_no_reviewer(command: Command, reviewed: Path) -> None:
    before = command("project").stdout
    with closing(open_store(reviewed)) as store:
        layer = ReviewSession(store, ADJUDICATED, by="lea")
        review, _ = layer.open(find_article(store, command("articles").stdout.split()[0]))
        layer.apply(judging.worth, review.claims[0], "0")
    assert command("project").stdout == before
    assert ", 2 reviewers, " in command("doctor").stdout
    assert "(here are: ana, bob)" in command("--reviewer", "ana", "project", "lead", "bbo").stderr


def test_work_is_shown_handed_out_and_taken_back(command: Command, reviewed: Path) -> None:
    assert command("assign").stdout == "nothing is assigned: everybody reviews everything\n"
    shown = command("assign", "--reviewers", "Ben,caro", "--dry-run")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0].split() == ["reviewer", "articles", "claims", "left", "before", "left", "after"]
    assert command("assign").stdout.startswith("nothing is assigned")
    asked = command("assign", "--reviewers", "ben,caro")
    assert asked.exit_code == 1
    assert "add --yes" in asked.stderr
    assert command("assign", "--reviewers", "ben,caro", "--yes").exit_code == 0
    assert [line.split()[0] for line in command("assign").stdout.splitlines()[1:]]
    assert "reviewers: ana, ben, bob, caro\n" in command("project").stdout
    assert command("assign", "--undo").exit_code == 0
    assert command("assign").stdout.startswith("nothing is assigned")
    assert command("doctor").exit_code == 0


def test_a_table_says_who_reviews_what(command: Command, reviewed: Path, tmp_path: Path) -> None:
    article = command("articles").stdout.split()[0]
    table = tmp_path / "plan.csv"
    table.write_text(f"article,reviewer\n{article},ben\n", encoding="utf-8")
    assert command("assign", "--from", str(table), "--yes").exit_code == 0
    assert command("assign").stdout.splitlines()[1].split()[:2] == ["ben", "1"]
    table.write_text(f"article,reviewer\n{article},\n", encoding="utf-8")
    wrong = command("assign", "--from", str(table), "--yes")
    assert (wrong.exit_code, f"{table}: line 2: the column 'reviewer' is empty" in wrong.stderr) == (1, True)
    table.write_text("text\nx\n", encoding="utf-8")
    wrong = command("assign", "--from", str(table), "--reviewers", "ben", "--yes")
    assert f"{table}: line 1: no column 'article'" in wrong.stderr


@pytest.mark.parametrize("grain", ["article", "claim"])
def test_the_hand_out_is_a_table_that_hands_out_the_same_elsewhere(
    command: Command, files: Path, tmp_path: Path, grain: str
) -> None:
    plan, other = tmp_path / "plan.csv", str(tmp_path / "other.db")
    assert command("import", str(files)).exit_code == 0
    # Another order there: articles are the same by their texts.
    assert command("--db", other, "import", str(files / "ferry.txt")).exit_code == 0
    assert command("--db", other, "import", str(files / "bridge.txt")).exit_code == 0
    assert command("assign", "--format", "csv").stdout_bytes.decode() == "\ufeffarticle,reviewer\r\n"
    handed_out = command("assign", "--reviewers", "ben,-caro", "--overlap", "50%", "--by", grain, "--yes")
    assert handed_out.exit_code == 0, handed_out.stderr
    written = command("assign", "--format", "csv").stdout_bytes.decode()
    assert written.startswith("\ufeffarticle,reviewer" + (",claim" if grain == "claim" else "") + "\r\n")
    assert ",'-caro" in written
    plan.write_text(written, encoding="utf-8", newline="")
    again = command("--db", other, "assign", "--from", str(plan), "--yes")
    assert again.exit_code == 0, again.stderr
    assert command("--db", other, "assign").stdout == command("assign").stdout
    there = command("--db", other, "assign", "--format", "csv").stdout_bytes.decode()
    assert sorted(there.splitlines()) == sorted(written.splitlines())
    assert "nothing to hand out" in command("--db", other, "assign", "--from", str(plan), "--yes").stderr
    assert command("--db", other, "doctor").exit_code == 0


def test_a_table_of_claims_needs_reviewers_and_is_of_what_is_there(
    command: Command, reviewed: Path, tmp_path: Path
) -> None:
    table = tmp_path / "plan.csv"
    table.write_text("article,claim\nx,y\n", encoding="utf-8")
    assert "a column 'claim' needs one that says whose they are" in command("assign", "--from", str(table)).stderr
    wrong = command("assign", "--format", "csv", "--undo")
    assert (wrong.exit_code, "leave --reviewers, --from and --undo out" in wrong.stderr) == (2, True)


def test_what_cannot_be_handed_out_is_said(command: Command, reviewed: Path) -> None:
    assert "needs 2 reviewers" in command("assign", "--reviewers", "ben", "--overlap", "2").stderr
    assert "is no overlap" in command("assign", "--reviewers", "ben", "--overlap", "some").stderr
    assert "no assignment" in command("assign", "--undo").stderr


def test_a_blind_project_wants_to_know_who_asks(command: Command, reviewed: Path) -> None:
    command("--reviewer", "lea", "project", "lead", "lea")
    refused = command("export", "jsonl")
    assert refused.exit_code == 1
    assert "say who you are" in refused.stderr
    bundle = command("bundle", "--reviewer", "ana").stderr
    assert "say who you are: annotator --reviewer lea ..." in bundle
    assert command("--reviewer", "lea", "export", "jsonl").exit_code == 0
    assert command("--reviewer", "lea", "report", "progress").exit_code == 0
    assert "is the lead's to see" in command("--reviewer", "ana", "report", "agreement").stderr


def test_a_reviewer_is_renamed_and_renamed_back(command: Command, reviewed: Path) -> None:
    command("--reviewer", "lea", "project", "lead", "lea")
    assert "for lea, who leads" in command("--reviewer", "ana", "project", "rename", "ana", "dora").stderr
    before = command("--reviewer", "lea", "export", "jsonl").stdout_bytes
    done = command("--reviewer", "lea", "project", "rename", "Ana", "Dora")
    assert done.exit_code == 0
    assert "ana becomes dora, with" in done.stderr
    assert "`annotator project rename --undo ana` takes it back" in done.stderr
    assert "renamed: ana is dora\n" in command("project").stdout
    after = command("--reviewer", "lea", "export", "jsonl").stdout_bytes
    assert b'"dora"' in after
    assert b'"ana"' not in after
    for told in (("export", "jsonl"), ("report", "progress"), ("find", "bridge"), ("assign",), ("report", "worth")):
        refused = command("--reviewer", "ana", *told)
        assert refused.exit_code == 1
        assert "ana is called dora in this project now: annotator --reviewer dora ..." in refused.stderr
    assert command("doctor").exit_code == 0
    assert command("--reviewer", "lea", "project", "rename", "--undo").exit_code == 0
    assert command("--reviewer", "lea", "export", "jsonl").stdout_bytes == before
    assert "nobody was renamed" in command("--reviewer", "lea", "project", "rename", "--undo").stderr
    assert command("doctor").exit_code == 0


def test_a_circle_of_names_is_told_where_databases_are_merged(command: Command, reviewed: Path) -> None:
    other = reviewed.with_name("other.db")
    shutil.copyfile(reviewed, other)
    assert command("project", "rename", "ana", "bob", "--yes").exit_code == 0
    assert command("--db", str(other), "project", "rename", "bob", "ana", "--yes").exit_code == 0
    told = "bob was renamed to ana, and ana back to bob elsewhere: the work of both is bob's"
    assert told in command("merge", str(other)).stderr
    assert told in command("project").stderr
    assert "renamed: ana is bob\n" in command("project").stdout
    assert command("doctor").exit_code == 0


def test_what_a_joining_means_is_shown_and_asked_first(command: Command, reviewed: Path) -> None:
    shown = command("project", "rename", "ana", "bob", "--dry-run")
    assert shown.exit_code == 0
    assert "ana and bob become one, bob, who gets" in shown.stderr
    asked = command("project", "rename", "ana", "bob")
    assert asked.exit_code == 1
    assert "add --yes to join them" in asked.stderr
    assert "reviewers: ana, bob\n" in command("project").stdout
    assert command("project", "rename", "ana", "bob", "--yes").exit_code == 0
    assert "reviewers: bob\n" in command("project").stdout
    assert command("project", "rename").exit_code == 2
    assert command("project", "rename", "--undo", "ana", "bob").exit_code == 2
    assert "no reviewer 'nobody'" in command("project", "rename", "nobody", "dora").stderr
    assert command("project", "rename", "bob", "a\u200bb").exit_code == 2


def test_nothing_starts_under_an_old_name(command: Command, reviewed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command("project", "rename", "ana", "dora")
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    assert "ana is called dora" in command("serve", "--reviewers", "bob,ana").stderr
    started = command("--reviewer", "ana")
    assert (started.exit_code, "ana is called dora" in started.stderr) == (1, True)
    Path("config.toml").write_text('reviewer = "ana"\n', encoding="utf-8")
    refused = command("find", "bridge")
    assert (refused.exit_code, "ana is called dora" in refused.stderr) == (1, True)
    assert command("doctor").exit_code == 0


def test_nothing_to_settle_is_said(command: Command, reviewed: Path) -> None:
    result = command("--reviewer", "lea", "adjudicate")
    assert result.exit_code == 1
    assert "nothing to settle" in result.stderr
    assert command("--reviewer", "adjudicated", "articles").exit_code == 2


def test_a_merge_says_what_is_to_be_chosen_and_by_which_key(
    command: Command, files: Path, database: Path, tmp_path: Path
) -> None:
    apart = tmp_path / "apart.db"
    for path, worth in ((database, "2"), (apart, "1")):
        assert command("--db", str(path), "import", str(files / "ferry.txt")).exit_code == 0
        with closing(open_store(path)) as store:
            ana = ReviewSession(store, "ana")
            review, _ = ana.open(find_article(store, "Ferry runs again"))
            ana.apply(judging.worth, review.claims[1], worth)
    merged = command("merge", str(apart))
    assert merged.exit_code == 0
    said = "ana decided 1 thing in two ways, each not knowing of the other: Z in the queue lists them"
    assert said in merged.stderr


def test_sources_that_machines_made_apart_are_counted_listed_and_joined(
    command: Command, files: Path, database: Path, tmp_path: Path
) -> None:
    apart = tmp_path / "apart.db"
    for path, reviewer, other in ((database, "ana", "INES DUARTE"), (apart, "ben", "Lia Prado")):
        assert command("--db", str(path), "import", str(files / "ferry.txt")).exit_code == 0
        with closing(open_store(path)) as store:
            mine = ReviewSession(store, reviewer)
            for name in ("Ines Duarte", "Bruno Reis", other):
                mine.apply_to_sources(sources.make, name, SourceKind.PERSON)
    none = command("project", "sources", "--db", str(apart))
    assert (none.stdout, "no two sources have names that say the same" in none.stderr) == ("", True)
    merged = command("merge", str(apart))
    assert "2 sources have the name and kind of another, and count as other ones: `annotator project" in merged.stderr
    assert merged.stderr.count("may be the same: Ines Duarte (person) and INES DUARTE (person)") == 1
    listed = command("project", "sources").stdout.splitlines()
    assert listed[:2] == ["2 times: Bruno Reis (person)", "2 times: Ines Duarte (person)"]
    assert len(listed) == 3
    nobody = command("project", "sources", "--join")
    assert (nobody.exit_code, "annotator --reviewer NAME project sources --join" in nobody.stderr) == (1, True)
    assert "2 sources have the name and kind" in command("report", "agreement").stderr
    assert "the name and kind" not in command("report", "agreement", "--facet", "worth").stderr
    assert "2 sources have the name and kind" in command("--reviewer", "lea", "adjudicate").stderr
    joined = command("--reviewer", "lea", "project", "sources", "--join")
    assert "2 sources joined with those of the same name and kind" in joined.stderr
    assert len(command("project", "sources").stdout.splitlines()) == 1
    assert "the name and kind of another" not in command("merge", str(apart)).stderr
    assert command("doctor").exit_code == 0


def test_the_project_and_its_sources_are_shown_where_nothing_may_be_written(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(folder / "config.toml"))
    there = str(folder / "work.db")
    with closing(open_store(folder / "work.db")) as store:
        for name in ("Ines Duarte", "INES DUARTE"):
            ReviewSession(store, "ana").apply_to_sources(sources.make, name, SourceKind.PERSON)
    protect(folder)

    def shown() -> list[str]:
        return [command("--db", there, "project", *more).stdout for more in ((), ("sources",))]

    project, listed = as_somebody_else(shown)
    assert "reviewers: ana\n" in project
    assert listed.startswith("may be the same: ")


def test_of_many_sources_that_may_be_the_same_a_merge_names_some_and_counts_the_others(
    command: Command, files: Path, database: Path, tmp_path: Path
) -> None:
    apart = tmp_path / "apart.db"
    for path, name in ((database, "Person {}"), (apart, "PERSON {}")):
        assert command("--db", str(path), "import", str(files / "ferry.txt")).exit_code == 0
        with closing(open_store(path)) as store:
            mine = ReviewSession(store, "ana")
            for number in range(12):
                mine.apply_to_sources(sources.make, name.format(number), SourceKind.PERSON)
    said = command("merge", str(apart)).stderr
    assert said.count("sources that may be the same") == 10
    assert "and 2 more that may be the same: `annotator project sources` lists them" in said
