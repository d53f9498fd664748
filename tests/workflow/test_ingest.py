from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator import segmentation, suggesters
from annotator.errors import AnnotatorError, DiskFullError, ImportFailure, RowDamagedError, StoreError, TextError
from annotator.importers import ImportOptions
from annotator.model.article import Article, Publication
from annotator.model.attribution import Attribution
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions
from annotator.store import Store, articles, doctor, open_store, queue, review
from annotator.store.held import visibility
from annotator.workflow import ingest
from annotator.workflow.ingest import Outcome

Dumped = Callable[[sqlite3.Connection], list[str]]

SNOW = Article("Snow fell. “It lies,” Ana Roca said.", "snow.txt", Publication("Snow"))


def test_an_article_is_split_and_suggestions_are_stored_with_it(store: Store) -> None:
    (outcome,) = ingest.ingest(store, [SNOW])
    assert outcome == Outcome("added", "snow.txt", "Snow", sentences=2)
    found = review.load_article(store, SNOW.id)
    assert [sentence.span.slice(found.text) for sentence in found.sentences] == [
        "Snow fell.",
        "“It lies,” Ana Roca said.",
    ]
    assert [made.attribution.cue.slice(found.text) for _, made in found.attributions if made.attribution.cue] == [
        "said"
    ]
    assert list(doctor.examine(store)) == []


def test_the_same_again_is_there_and_elsewhere_is_a_publication(store: Store) -> None:
    elsewhere = Article(SNOW.text, "other.txt", Publication("Snow", publisher="Second Paper"))
    results = [outcome.result for outcome in ingest.ingest(store, [SNOW, SNOW, elsewhere, elsewhere])]
    assert results == ["added", "there", "publication", "there"]
    articles.hide_article(store, SNOW.id, None)
    (hidden,) = ingest.ingest(store, [SNOW])
    assert hidden.result == "there"
    assert "hidden" in hidden.detail


def test_one_that_fails_is_named_and_the_others_go_in(store: Store) -> None:
    articles.purge_article(store, articles.find_article(store, "Rain"), None)
    purged = Article("Rain fell. It stopped.", "rain.txt")
    broken = ImportFailure("list.csv", "no text", "line 3")
    outcomes = list(ingest.ingest(store, [broken, purged, SNOW]))
    assert [outcome.result for outcome in outcomes] == ["failed", "failed", "added"]
    assert outcomes[0].detail == "line 3: no text"
    assert "purged" in outcomes[1].detail


def broken(*_: Any, **__: Any) -> Suggestions:
    raise RuntimeError("out of cues")


def outside(*_: Any, **__: Any) -> Suggestions:
    return Suggestions("rules", (), (AttributionSuggestion(Attribution("a", (), Span(0, 1), (Span(2, 999),)), "r", 1),))


@pytest.mark.parametrize(("suggest", "why"), [(broken, "RuntimeError: out of cues"), (outside, "ends behind the text")])
def test_a_suggester_that_fails_stops_no_import(
    store: Store, monkeypatch: pytest.MonkeyPatch, suggest: Any, why: str
) -> None:
    monkeypatch.setattr(suggesters, "suggest", suggest)
    (outcome,) = ingest.ingest(store, [SNOW])
    assert (outcome.result, outcome.sentences) == ("added", 2)
    assert why in outcome.detail
    assert review.load_article(store, SNOW.id).attributions == ()
    assert list(doctor.examine(store)) == []


def test_a_dry_run_says_what_would_happen_and_stores_nothing(store: Store, dumped: Dumped) -> None:
    before = dumped(store.connection)
    assert [outcome.result for outcome in ingest.ingest(None, [SNOW])] == ["added"]
    assert dumped(store.connection) == before


def test_a_full_disk_stops_the_import_between_two_articles(store: Store) -> None:
    pages = store.connection.execute("pragma page_count").fetchone()[0]
    store.connection.execute(f"pragma max_page_count = {pages + 20}")
    long = Article("Snow fell and lay. " * 20_000, "long.txt")
    results: list[str] = []
    with pytest.raises(DiskFullError):  # noqa: PT012 - what had gone in before is looked at below
        for outcome in ingest.ingest(store, [SNOW, long]):
            results.append(outcome.result)  # noqa: PERF401 - the list is wanted although the loop fails
    assert results == ["added"]
    assert visibility(store, SNOW.id) == "shown"
    assert visibility(store, long.id) is None
    assert list(doctor.examine(store)) == []


def test_files_are_read_and_ingested(store: Store, tmp_path: Path) -> None:
    (tmp_path / "snow.txt").write_text(SNOW.text, encoding="utf-8")
    outcomes = list(
        ingest.import_sources(store, [str(tmp_path / "snow.txt"), str(tmp_path / "none.txt")], ImportOptions())
    )
    assert [outcome.result for outcome in outcomes] == ["added", "failed"]
    assert visibility(store, SNOW.id) == "shown"


def test_a_new_database_is_filled_with_the_sample_articles(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new.db")
    outcomes = ingest.import_seeds(store)
    assert {outcome.result for outcome in outcomes} == {"added"}
    assert all(not outcome.detail for outcome in outcomes)
    assert queue.shown_count(store) == len(outcomes) >= 10
    assert {outcome.result for outcome in ingest.import_seeds(store)} == {"there"}
    assert list(doctor.examine(store)) == []
    store.close()


def test_without_the_sample_articles_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "__file__", "/nowhere/annotator/workflow/ingest.py")
    with pytest.raises(AnnotatorError, match="annotator import PATH"):
        ingest.seed_folder()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OverflowError("Snow fell"), "did not foresee (OverflowError at "),
        (StoreError("CHECK constraint failed: Snow fell"), "did not foresee (StoreError at "),
        (RowDamagedError("a.db: article 1 cannot be read"), "a.db: article 1 cannot be read"),
        (TextError("no text"), "no text"),
    ],
)
def test_what_nobody_foresaw_costs_one_article(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    add = articles.add_articles

    def added(store: Store, rows: Any, *args: Any) -> Any:
        if any("Snow" in each.text for each in rows):
            raise error
        return add(store, rows, *args)

    monkeypatch.setattr(articles, "add_articles", added)
    failed, rain = ingest.ingest(store, [SNOW, Article("Rain fell.", "rain.txt")])
    assert (failed.result, rain.result) == ("failed", "added")
    assert said in failed.detail
    assert "Snow" not in failed.detail
    assert list(doctor.examine(store)) == []


def test_an_article_that_cannot_be_split_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = segmentation.split

    def split(text: str, **more: Any) -> Any:
        if "Snow" in text:
            raise RecursionError("Snow fell")
        return made(text, **more)

    monkeypatch.setattr(segmentation, "split", split)
    (tmp_path / "a.txt").write_text("Snow fell.")
    (tmp_path / "b.txt").write_text("Rain fell.")
    failed, (article, found) = ingest.split_articles([str(tmp_path)], ImportOptions())  # type: ignore[misc]
    assert isinstance(failed, ImportFailure)
    assert "did not foresee (RecursionError at" in failed.reason
    assert "Snow" not in failed.reason
    assert [sentence.span.slice(article.text) for sentence in found.sentences] == ["Rain fell."]
