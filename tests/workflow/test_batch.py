"""What a batch writes is what an import on one machine makes, and loading it stores the same."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotator.cli.exits import status_of
from annotator.errors import AnnotatorError, DomainError, ImportFailure
from annotator.importers import ImportOptions
from annotator.model.article import Article, Publication
from annotator.model.prepared import read_prepared, written
from annotator.store import ledger, open_store
from annotator.store.review import load_article
from annotator.workflow import batch, ingest
from annotator.workflow.importing import preparing
from benchmarks.apparatus.articles import made_article


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A file of articles, and one row that is none."""
    path = tmp_path / "rows.jsonl"
    made = [made_article(number, 2) for number in range(12)]
    lines = [json.dumps({"text": each.text, **asdict(each.publication)}) for each in made]
    lines[7:7] = ['{"text": 3}']
    lines.append(
        json.dumps({"text": "Headline without more\n\nIt rained in Sela.", "rights": "ours", "language": "en"})
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def articles(path: Path) -> list[Article]:
    found = ingest.read_articles([str(path)], ImportOptions())
    return [each for each in found if isinstance(each, Article)]


def stored(path: Path, source: Path, *, only_worth: bool = False) -> Any:
    """Everything that an import stores but for ids of entries and times, which no two imports share."""
    with closing(open_store(path)) as store:
        items = ingest.read_articles([str(source)], ImportOptions())
        outcomes = [each.result for each in ingest.ingest(store, items, only_worth=only_worth)]
        entries = [(entry.action, entry.article_id, entry.payload) for entry in ledger.entries(store)]
        ids = list(dict.fromkeys(id_ for _, id_, _ in entries if id_ is not None))
        return outcomes, entries, [load_article(store, id_) for id_ in ids]


def run(source: Path, target: Path, workers: int = 2) -> list[batch.Done]:
    return list(batch.run_batch(ingest.read_articles([str(source)], ImportOptions()), target, "", workers))


def test_what_was_made_elsewhere_is_read_as_it_was(rows: Path) -> None:
    for article in articles(rows):
        made = preparing.prepared(article)
        assert isinstance(made, preparing.Prepared)
        row = written(article, made.segmentation, made.suggestions)
        assert "\n" not in row
        assert read_prepared(replace(article, prepared=row)) == (made.segmentation, made.suggestions)


def test_what_was_made_of_another_text_is_made_here(rows: Path) -> None:
    one, other = articles(rows)[:2]
    made = preparing.prepared(other)
    assert isinstance(made, preparing.Prepared)
    foreign = replace(one, prepared=written(other, made.segmentation, made.suggestions))
    assert read_prepared(foreign) is None
    assert preparing.prepared(foreign) == replace_article(preparing.prepared(one), foreign)


def replace_article(made: Any, article: Article) -> Any:
    return replace(made, article=article)


def test_what_an_older_version_made_is_made_anew(rows: Path) -> None:
    (one, *_) = articles(rows)
    made = preparing.prepared(one)
    assert isinstance(made, preparing.Prepared)
    old = replace(one, prepared=written(one, replace(made.segmentation, version="0"), ()))
    assert preparing.prepared(old) == replace_article(made, old)


@pytest.mark.parametrize(
    "damage",
    [
        lambda row: row["sentences"].pop(),
        lambda row: row["blocks"].clear(),
        lambda row: row["suggestions"][0]["worths"].append([0, 10**9, "0", "question", 0.9]),
        lambda row: row["suggestions"][0]["worths"].append([0, 1, "0", "question", 7]),
        lambda row: row.pop("splitter"),
        lambda row: row.update(sentences=[[5, 2, "body"]]),
        lambda row: row.update(suggestions=3),
    ],
)
def test_what_does_not_hold_for_the_text_is_one_failed_article(rows: Path, damage: Any) -> None:
    (one, *_) = articles(rows)
    made = preparing.prepared(one)
    assert isinstance(made, preparing.Prepared)
    row = json.loads(written(one, made.segmentation, made.suggestions))
    damage(row)
    odd = replace(one, prepared=json.dumps(row))
    with pytest.raises(DomainError, match="leave the column 'prepared' out"):
        read_prepared(odd)
    assert isinstance(preparing.prepared(odd), preparing.NotPrepared)


def test_without_ray_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(AnnotatorError, match=r"annotator\[batch\]"):
        run(rows, rows.with_suffix(".parquet"))


def test_a_signal_while_ray_starts_ends_the_batch_as_any_command(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    pytest.importorskip("pyarrow")

    def start(**_given: object) -> None:
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(number))
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=start))
    assert status_of(lambda: run(rows, rows.with_suffix(".parquet"))) == 143
    assert [file.name for file in rows.parent.iterdir()] == [rows.name]


def test_without_pyarrow_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ImportFailure, match=r"annotator\[parquet\]"):
        run(rows, rows.with_suffix(".parquet"))


@pytest.mark.extra("pyarrow")
def test_a_table_of_parquet_is_read_like_json_lines(rows: Path, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    good = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines() if line != '{"text": 3}']
    pq.write_table(pa.Table.from_pylist(good), tmp_path / "rows.parquet")
    read = [(each.text, each.publication, each.language) for each in articles(tmp_path / "rows.parquet")]
    assert read == [(each.text, each.publication, each.language) for each in articles(rows)]


@pytest.mark.extra("pyarrow")
@pytest.mark.parametrize("data", [b"", b"PAR1", b"no table", b"PAR1" + b"\0" * 50 + b"PAR1"])
def test_what_is_no_parquet_is_one_failure(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(data)
    (failure,) = ingest.read_articles([str(tmp_path / "a.parquet")], ImportOptions())
    assert isinstance(failure, ImportFailure)


@pytest.mark.extra("ray")
def test_a_batch_on_two_workers_is_stored_as_an_import_here_stores_it(rows: Path, tmp_path: Path) -> None:
    done = run(rows, tmp_path / "rows.parquet")
    assert [bool(each.reason) for each in done].count(True) == 1
    here, there = (
        stored(tmp_path / f"{name}.db", source)
        for name, source in (("here", rows), ("there", tmp_path / "rows.parquet"))
    )
    assert there[1:] == here[1:]
    assert [result for result in here[0] if result != "failed"] == there[0]


@pytest.mark.extra("ray")
def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(rows, tmp_path / "whole.parquet")
    marker, original = str(tmp_path / "killed"), batch.rows_of

    def killed_once(given: Any) -> Any:
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return original(given)
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    monkeypatch.setattr(batch, "rows_of", killed_once)
    monkeypatch.setattr(batch, "CHUNK", 3)
    run(rows, tmp_path / "killed.parquet")
    assert Path(marker).exists()
    import pyarrow.parquet as pq

    whole, again = (pq.read_table(tmp_path / name).to_pylist() for name in ("whole.parquet", "killed.parquet"))
    assert again == whole


@pytest.mark.extra("ray")
def test_a_batch_that_is_interrupted_leaves_no_file(rows: Path, tmp_path: Path) -> None:
    def interrupted() -> Iterator[Article]:
        yield from articles(rows)
        raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        list(batch.run_batch(interrupted(), tmp_path / "out" / "rows.parquet", "", 1))
    assert not list((tmp_path / "out").iterdir())


def test_only_what_is_worth_checking_is_stored(tmp_path: Path) -> None:
    worth = made_article(1, 2)
    dull = Article("Who is it?\n\nWhy is it so?", "dull.txt", Publication(), "en")
    with closing(open_store(tmp_path / "a.db")) as store:
        outcomes = list(ingest.ingest(store, [worth, dull], only_worth=True))
    assert [outcome.result for outcome in outcomes] == ["added", "passed"]
    assert outcomes[1].detail == ingest.NOT_WORTH
