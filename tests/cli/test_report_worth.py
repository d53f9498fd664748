from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from click.testing import Result

from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import judging
from annotator.workflow.session import ReviewSession


def test_open_claims_by_worth_what_to_check_first_on_top(
    command: Callable[..., Result], files: Path, database: Path
) -> None:
    (files / "fares.txt").write_text(
        "Fares\n\nThe council raised ferry fares by 12 percent in 2024. The gulls cried.\n", encoding="utf-8"
    )
    assert command("import", str(files)).exit_code == 0
    made = json.loads(command("report", "worth", "--format", "json").stdout)
    first = made["claims"][0]
    assert first["claim"] == "The council raised ferry fares by 12 percent in 2024."
    assert "a number" in first["reasons"]
    assert first["start"] == 7
    scores = [each["score"] for each in made["claims"]]
    assert scores == sorted(scores, reverse=True)
    assert not any("gulls" in each["claim"] for each in made["claims"])
    assert command("report", "worth", "--limit", "1").stdout.count("--at") == 1
    assert "raised ferry fares" in command("report", "worth", "--format", "markdown").stdout
    assert "raised ferry fares" in command("report", "worth", "--format", "csv").stdout


def test_what_a_reviewer_has_settled_is_not_to_check_any_more(
    command: Callable[..., Result], files: Path, database: Path
) -> None:
    (files / "fares.txt").write_text("Fares\n\nFerry fares rose by 12 percent in 2024.\n", encoding="utf-8")
    assert command("import", str(files / "fares.txt")).exit_code == 0
    with closing(open_store(database)) as store:
        session = ReviewSession(store, "ana")
        review, _ = session.open(find_article(store, str(files / "fares.txt")))
        session.apply(judging.worth, review.claims[1], "0")
    assert "Ferry fares" not in command("--reviewer", "ana", "report", "worth").stdout
    assert "Ferry fares" in command("--reviewer", "bob", "report", "worth").stdout
