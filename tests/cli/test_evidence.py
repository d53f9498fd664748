from __future__ import annotations

import csv
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]
LOG = {
    "url": "https://example.org/log",
    "publisher": "Example Log",
    "passage": "shut\x1b[31m at five",
    "stance": "supports",
}


@pytest.fixture
def cited(imported: Path) -> Path:
    """Ana rests two claims of the bridge on the log, bob one of the ferry on something else."""
    with closing(open_store(imported)) as store:
        folder = imported.parent / "articles"
        ana = ReviewSession(store, "ana")
        review, _ = ana.open(find_article(store, str(folder / "bridge.txt")))
        ana.apply(judging.evidence, review.claims[1], LOG)
        ana.apply(judging.evidence, review.claims[2], {**LOG, "stance": "context"})
        bob = ReviewSession(store, "bob")
        review, _ = bob.open(find_article(store, str(folder / "ferry.txt")))
        bob.apply(judging.evidence, review.claims[1], {"answer": "it was late"})
    return imported


def test_each_address_stands_once_with_all_its_uses(command: Command, cited: Path) -> None:
    rows = json.loads(command("evidence", "--format", "json").stdout)
    assert [(row["number"], row["url"], len(row["used_by"])) for row in rows] == [(1, "", 1), (2, LOG["url"], 2)]
    assert [use["stance"] for use in rows[1]["used_by"]] == ["context", "supports"]
    lines = command("evidence", "--format", "csv").stdout.lstrip("\ufeff").splitlines()
    assert [row["number"] for row in csv.DictReader(lines)] == ["1", "2", "2"]


def test_a_reviewer_sees_her_own(command: Command, cited: Path) -> None:
    printed = command("--reviewer", "ana", "evidence").stdout
    assert "[1] Example Log · https://example.org/log" in printed
    assert "used 2 times" in printed
    assert "late" not in printed
    assert "\x1b" not in printed


def test_words_narrow_the_list(command: Command, cited: Path) -> None:
    assert "late" in command("evidence", "LATE").stdout
    assert command("evidence", "late", "five").stdout == "No evidence was found.\n"
    assert command("evidence", "five", "--format", "markdown").stdout.startswith("1. “shut")


def test_a_blind_project_shows_nobody_anothers_evidence(command: Command, cited: Path) -> None:
    assert command("--reviewer", "lea", "project", "lead", "lea").exit_code == 0
    assert "late" not in command("--reviewer", "ana", "evidence").stdout
    nobody = command("evidence")
    assert nobody.exit_code == 1
    assert "late" not in nobody.stdout
