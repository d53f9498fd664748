"""What an export says that it wrote is what is in its files, in every format and whatever was asked for."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest

from annotator.model.period import local_days
from annotator.model.review import State
from annotator.store import Store
from annotator.workflow import attributing, judging
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.session import ReviewSession

Files: TypeAlias = Mapping[str, bytes]


def _lines(files: Files) -> int:
    return sum(data.count(b"\n") for data in files.values())


def _table(mark: str) -> Callable[[Files], int]:
    def count(files: Files) -> int:
        texts = (io.StringIO(data.decode("utf-8-sig"), newline="") for data in files.values())
        return sum(len(list(csv.reader(text, delimiter=mark))) - 1 for text in texts)

    return count


def _parquet(files: Files) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_table(io.BytesIO(data)).num_rows for data in files.values())


def _tasks(files: Files) -> int:
    tasks = [task for path, data in files.items() if path.endswith("tasks.json") for task in json.loads(data)]
    return sum(len(task["annotations"]) for task in tasks)


def _sqlite(files: Files) -> int:
    found = 0
    for data in files.values():
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(data)
            found += connection.execute("select count(*) from judgement").fetchone()[0]
    return found


COUNTED: Mapping[str, Callable[[Files], int]] = {
    "jsonl": _lines,
    "csv": _table(","),
    "decisions": _table(","),
    "tsv": _table("\t"),
    "parquet": _parquet,
    "conll": lambda files: sum(data.count(b"\n# sent_id = ") for data in files.values()),
    "averitec": lambda files: sum(len(json.loads(data)) for data in files.values()),
    "claimreview": lambda files: sum(len(json.loads(data)["@graph"]) for data in files.values()),
    "prodigy": _lines,
    "doccano": _lines,
    "doccano-relations": _lines,
    "label-studio": _tasks,
    "brat": lambda files: sum(path.endswith(".ann") for path in files),
    "w3c": lambda files: sum(len(json.loads(data)["first"]["items"]) for data in files.values()),
    "huggingface": lambda files: _lines({path: data for path, data in files.items() if "/claims-" in path}),
    "sqlite": _sqlite,
    "cas-xmi": lambda files: sum(path.endswith(".xmi") for path in files),
    "cas-json": lambda files: sum(path.endswith(".json") for path in files),
}
MODULES = {"parquet": "pyarrow", "cas": "cassis"}
"""What the extras bring."""
CHOICES = {
    "everything": Choice(),
    "the untouched too": Choice(untouched=True),
    "one state": Choice(states=[State.DONE]),
    "one worth": Choice(worths=["2"]),
    "one verdict": Choice(verdicts=["refuted"]),
    "one reviewer": Choice(reviewers=["bo"]),
    "nothing": Choice(period=local_days(date(2100, 1, 1), None)),
    "no text": Choice(with_text=False),
    "parts": Choice(split=(1, 1, 1), seed=5, untouched=True),
}


@pytest.fixture
def judged(store: Store, ramp: str, rain: str) -> Store:
    """Two reviewers and two articles: verdicts on contents and on an attribution, without and with a question."""
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(ramp)
    cables = review.claims[1]
    ana.apply(attributing.accept, cables)
    ana.apply(judging.worth, cables, "2")
    ana.apply(judging.verdict, cables, "supported")
    (made, *_) = ana.open(ramp)[0].attributions
    ana.apply(judging.verdict, cables, "refuted", target=made.id)
    ana.apply(judging.evidence, cables, {"question": "Do they hold?", "answer": "They do."})
    ana.apply(judging.verdict, review.claims[2], "refuted")
    ana.apply(judging.worth, review.claims[5], "0")
    bo = ReviewSession(store, "bo")
    bo.apply(judging.worth, bo.open(ramp)[0].claims[1], "2")
    bo.apply(judging.restatement, bo.open(rain)[0].claims[0], "It rained.")
    return store


@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.extra(MODULES[row.extra])] if row.extra else [])
        for name, row in FORMATS.items()
    ],
)
def test_as_much_is_written_as_is_said(name: str, choice: Choice, judged: Store) -> None:
    tally = Tally()
    choice = replace(choice, base_url="https://example.org/")
    parts: dict[str, dict[str, bytes]] = {}
    for path, chunks in exported(judged, FORMATS[name], choice, tally):
        part = path.partition("/")[0] if choice.split and not FORMATS[name].splits else ""
        parts.setdefault(part, {})[path] = b"".join(chunks)
    files = {path: data for found in parts.values() for path, data in found.items()}
    assert tally.rows == COUNTED[name](files)
    if choice == replace(CHOICES["everything"], base_url=choice.base_url):
        assert tally.rows > 0
    if parts.keys() - {""}:
        assert dict(tally.parts) == {part: COUNTED[name](found) for part, found in parts.items()}


def test_claims_that_a_format_cannot_hold_are_no_rows_of_it(judged: Store) -> None:
    said = {}
    for name in ("jsonl", "averitec", "claimreview", "prodigy", "brat"):
        tally = Tally()
        for _, chunks in exported(judged, FORMATS[name], Choice(base_url="https://example.org/"), tally):
            list(chunks)
        said[name] = tally.rows
    assert said == {"jsonl": 5, "averitec": 2, "claimreview": 3, "prodigy": 3, "brat": 3}
    tally = Tally()
    for _, chunks in exported(judged, FORMATS["averitec"], Choice(), tally):
        list(chunks)
    assert "1 claim without a question" in tally.losses.line.split(", ")
