from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator.model.attribution import Attribution
from annotator.model.ledger import uuid7
from annotator.model.span import Span
from annotator.store import open_store
from annotator.store.articles import find_article
from annotator.workflow import attributing, judging
from annotator.workflow.session import ReviewSession

Command = Callable[..., Result]


@pytest.fixture
def cited(imported: Path) -> Path:
    """Ana and bob have Ines Duarte say that nobody was hurt, and do not agree whether it holds."""
    with closing(open_store(imported)) as store:
        for reviewer, verdict in (("ana", "supported"), ("bob", "refuted")):
            session = ReviewSession(store, reviewer)
            session.open(find_article(store, str(imported.parent / "articles" / "bridge.txt")))
            text = session.review.article.text
            claim = next(c for c in session.review.claims if "Nobody" in c.span.slice(text))

            def span(words: str, text: str = text) -> Span:
                return Span(text.index(words), text.index(words) + len(words))

            said = Attribution(
                uuid7(), (span("Ines Duarte, the harbour master"),), span("said"), (span("Nobody was hurt"),)
            )
            session.apply(attributing.keep_attribution, claim, said)
            session.apply(judging.verdict, claim, verdict)
    return imported


def sources(command: Command, *options: str) -> list[dict[str, Any]]:
    result = command("report", "sources", "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout)["sources"])


def test_both_reviewers_cite_one_source(command: Command, cited: Path) -> None:
    (duarte,) = sources(command)
    assert (duarte["name"], duarte["kind"], duarte["claims"], duarte["attributions"]) == ("Ines Duarte", "person", 1, 2)
    assert duarte["verdicts"] == {"refuted": 1, "supported": 1}
    assert [article["title"] for article in duarte["articles"]] == ["Bridge at Porto Velho closed"]
    assert "Ines Duarte" in command("report", "sources").stdout


def test_only_one_reviewers_work(command: Command, cited: Path) -> None:
    (duarte,) = sources(command, "--reviewer", "Bob")
    assert duarte["verdicts"] == {"refuted": 1}
    result = command("report", "sources", "--reviewer", "eva")
    assert result.exit_code == 1
    assert "no reviewer 'eva'" in result.stderr


def test_the_terminal_is_the_default_and_nothing_is_said_as_such(command: Command, imported: Path) -> None:
    result = command("report", "sources")
    assert (result.exit_code, result.stdout) == (0, "No attribution has a source yet.\n")


def test_exports_name_the_source(command: Command, cited: Path) -> None:
    rows = [json.loads(line) for line in command("export", "jsonl", "--reviewer", "ana").stdout.splitlines()]
    (made,) = [attribution for row in rows for attribution in row["attributions"]]
    assert made["source_name"] == "Ines Duarte"
    assert made["source_id"] == sources(command)[0]["source_id"]
