from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportFailure, NotFoundError, SchemeError
from annotator.exporters import ExportOptions, Files, Format, Losses
from annotator.exporters.split import PARTS, part_of
from annotator.model.article import Article, Publication
from annotator.model.period import local_days
from annotator.model.record import ClaimRecord
from annotator.model.review import State
from annotator.store import Store, open_store, records
from annotator.workflow import judging
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.ingest import ingest
from annotator.workflow.session import ReviewSession

PAGE = Path(__file__).parents[2] / "docs" / "export.md"


@pytest.fixture
def judged(store: Store, ramp: str, rain: str) -> Store:
    """Ana has judged three claims of the ramp; bo one there and one of the rain."""
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(ramp)
    ana.apply(judging.worth, review.claims[1], "2")
    ana.apply(judging.note, review.claims[1], "ask the yard")
    ana.apply(judging.verdict, review.claims[1], "supported")
    ana.apply(judging.worth, review.claims[2], "1")
    ana.apply(judging.worth, review.claims[5], "0")
    bo = ReviewSession(store, "bo")
    review, _ = bo.open(ramp)
    bo.apply(judging.verdict, review.claims[1], "refuted")
    review, _ = bo.open(rain)
    bo.apply(judging.restatement, review.claims[0], "It rained.")
    return store


def rows(store: Store, choice: Choice, tally: Tally | None = None) -> list[dict[str, Any]]:
    files = exported(store, FORMATS["jsonl"], choice, tally or Tally())
    return [json.loads(line) for _, chunks in files for line in chunks]


def keys(store: Store, choice: Choice) -> list[tuple[str, int]]:
    return [(row["reviewer"], row["ordinal"]) for row in rows(store, choice)]


def test_every_format_is_documented_as_it_is_registered_and_no_other() -> None:
    section = PAGE.read_text(encoding="utf-8").split("\n## Formats\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    assert [[cell.strip() for cell in line] for line in lines] == [
        [
            f"`{row.name}`",
            row.summary,
            row.keeps,
            "; ".join(row.loses) or "nothing",
            row.offsets,
            row.extra and f"`{row.extra}`",
        ]
        for row in FORMATS.values()
    ]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), [("ana", 2), ("ana", 3), ("ana", 6), ("bo", 2), ("bo", 1)]),
        (Choice(["bo"]), [("bo", 2), ("bo", 1)]),
        (Choice(worths=["1", "0"]), [("ana", 3), ("ana", 6)]),
        (Choice(verdicts=["supported"]), [("ana", 2)]),
        (Choice(verdicts=["supported", "refuted"], reviewers=["bo"]), [("bo", 2)]),
        (Choice(worths=["2"], verdicts=["not_enough"]), []),
        (
            Choice(period=local_days(date(2000, 1, 1), date(2999, 12, 31))),
            [("ana", 2), ("ana", 3), ("ana", 6), ("bo", 2), ("bo", 1)],
        ),
        (Choice(period=local_days(date(2999, 12, 31), None)), []),
        (Choice(period=local_days(None, date(2000, 1, 1)), untouched=True), []),
    ],
)
def test_what_is_chosen_is_exported(judged: Store, choice: Choice, expected: list[tuple[str, int]]) -> None:
    assert keys(judged, choice) == expected


def test_the_days_of_the_last_decision_are_both_included(judged: Store) -> None:
    day = datetime.fromisoformat(rows(judged, Choice())[0]["last_decided_at"]).astimezone().date()
    assert len(rows(judged, Choice(period=local_days(day, day)))) == 5


def test_of_states_each_will_do_and_to_do_brings_the_untouched(judged: Store, rain: str) -> None:
    assert {row["state"] for row in rows(judged, Choice(states=[State.IN_PROGRESS]))} == {"in_progress"}
    assert keys(judged, Choice(states=[State.TO_DO], articles=[rain])) == [("bo", 2)]
    assert keys(judged, Choice(states=[State.TO_DO, State.IN_PROGRESS], articles=[rain])) == [("bo", 1), ("bo", 2)]


def test_what_is_not_there_is_said_before_anything_is_written(judged: Store) -> None:
    with pytest.raises(NotFoundError, match="no reviewer 'eva'"):
        exported(judged, FORMATS["jsonl"], Choice(["eva"]), Tally())
    with pytest.raises(SchemeError, match="no verdict 'true' in this scheme"):
        exported(judged, FORMATS["jsonl"], Choice(verdicts=["true"]), Tally())
    with pytest.raises(SchemeError, match="no check-worthiness '7'"):
        exported(judged, FORMATS["jsonl"], Choice(worths=["7"]), Tally())
    with pytest.raises(ExportFailure, match="nobody's own: leave --reviewer or --adjudicated out"):
        exported(judged, FORMATS["jsonl"], Choice(["ana"], adjudicated=True), Tally())


def test_anonymised_reviewers_are_numbered_by_name_and_their_private_words_left_out(judged: Store) -> None:
    found = rows(judged, Choice(anonymised=True))
    assert [row["reviewer"] for row in found] == ["r1", "r1", "r1", "r2", "r2"]
    assert {row["note"] for row in found} == {None}
    assert found[-1]["restatement"] == "It rained."
    assert rows(judged, Choice(["bo"], anonymised=True))[0]["reviewer"] == "r2"


@pytest.mark.parametrize("format_", [name for name, row in FORMATS.items() if not row.extra])
def test_what_reviewers_differ_on_is_counted_once_in_every_format(judged: Store, ramp: str, format_: str) -> None:
    for reviewer in ("ana", "bo"):
        session = ReviewSession(judged, reviewer)
        review, _ = session.open(ramp)
        session.apply(judging.voice, review.claims[1])
    tally = Tally()
    choice = Choice(adjudicated=True, base_url="https://example.org/")
    for _, chunks in exported(judged, FORMATS[format_], choice, tally):
        list(chunks)
    assert tally.differing.claims == 1


def test_words_are_left_out_as_asked(judged: Store) -> None:
    found = rows(judged, Choice(leave_out=frozenset({"restatement"})))
    assert {row["restatement"] for row in found} == {None}
    assert found[0]["note"] == "ask the yard"
    assert rows(judged, Choice(leave_out=frozenset({"note"})))[0]["note"] is None


@pytest.mark.parametrize("anonymised", [False, True])
def test_the_folders_of_the_machine_that_imported_an_article_stay_there(store: Store, anonymised: bool) -> None:
    origins = ["/home/ana/press/a.txt", "C:\\Users\\ana\\b.txt", "https://example.org/x/c", "-"]
    many(store, origins)
    found = [row["origin"] for row in rows(store, Choice(anonymised=anonymised))]
    assert list(dict.fromkeys(found)) == ["a.txt", "b.txt", "https://example.org/x/c", "-"]


def many(store: Store, origins: Sequence[str]) -> None:
    """An article from each origin, every claim of it judged."""
    made = [Article(f"Number {number} fell. It rose.", origin) for number, origin in enumerate(origins)]
    list(ingest(store, made))
    session = ReviewSession(store, "ana")
    for article in made:
        review, _ = session.open(article.id)
        for claim in review.claims:
            session.apply(judging.worth, claim, "1")


def test_a_split_never_divides_an_article_and_loses_none(store: Store) -> None:
    many(store, ["-"] * 30)
    tally = Tally()
    choice = Choice(split=(60, 20, 20), seed=4)
    parts: dict[str, list[dict[str, Any]]] = {}
    for path, chunks in exported(store, FORMATS["jsonl"], choice, tally):
        parts[path] = [json.loads(chunk) for chunk in chunks]
    assert list(parts) == ["train", "dev", "test"]
    ids = {part: {row["article_id"] for row in found} for part, found in parts.items()}
    assert sum(map(len, ids.values())) == len(set().union(*ids.values())) == 30
    assert {part: len(found) for part, found in parts.items()} == dict(tally.parts)
    assert tally.rows == 60
    assert len(ids["train"]) > len(ids["dev"]) > 0
    assert all(part_of(id_, (60, 20, 20), 4) == part for part, there in ids.items() for id_ in there)


def test_another_seed_is_another_split_and_a_share_of_nothing_no_part(store: Store) -> None:
    many(store, ["-"] * 12)

    def test_part(seed: int) -> list[str]:
        files = exported(store, FORMATS["jsonl"], Choice(split=(50, 0, 50), seed=seed), Tally())
        found = {path: [json.loads(chunk)["article_id"] for chunk in chunks] for path, chunks in files}
        assert list(found) == ["train", "test"]
        return found["test"]

    assert test_part(0) == test_part(0)
    assert test_part(0) != test_part(1)


def test_a_part_that_no_article_falls_into_is_empty_and_not_everything(store: Store) -> None:
    many(store, ["-"])
    files = exported(store, FORMATS["jsonl"], Choice(split=(1, 0, 10**9 - 1)), Tally())
    assert [(path, b"".join(chunks) != b"") for path, chunks in files] == [("train", False), ("test", True)]


def folder(seen: Any, options: ExportOptions, _losses: Losses) -> Files:
    yield "a.txt", [record.reviewer.encode() for record in seen]
    yield "b/c.txt", [str(options.split).encode(), *(record.reviewer.encode() for record in seen)]


def test_a_folder_is_divided_into_folders_unless_it_divides_by_itself(judged: Store) -> None:
    row = Format("pairs", "", "", "", (), "none", folder)
    choice = Choice(split=(1, 0, 1))
    paths = [path for path, _ in exported(judged, row, choice, Tally())]
    assert paths == ["train/a.txt", "train/b/c.txt", "test/a.txt", "test/b/c.txt"]
    own = Format("own", "", "", "", (), "none", folder, splits=True)
    tally = Tally()
    files = {path: b"".join(chunks) for path, chunks in exported(judged, own, choice, tally)}
    # Gone through twice, and counted once.
    assert files == {"a.txt": b"anaanaanabobo", "b/c.txt": b"(1, 0, 1)anaanaanabobo"}
    assert tally.rows == 5


def test_records_are_read_one_article_at_a_time_and_progress_is_told(
    judged: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    real = records.claim_records

    def watched(*arguments: Any, **settings: Any) -> Iterator[ClaimRecord]:
        for record in real(*arguments, **settings):
            taken.append(record.reviewer)
            yield record

    monkeypatch.setattr(records, "claim_records", watched)
    reached: list[tuple[int, int]] = []
    ((_, chunks),) = exported(
        judged, FORMATS["jsonl"], Choice(), Tally(reached=lambda place, of: reached.append((place, of)))
    )
    pieces = iter(chunks)
    next(pieces)
    assert len(taken) == 1
    list(pieces)
    assert reached == [(1, 2), (2, 2)]


def test_the_share_of_each_part_is_met_on_average() -> None:
    ids = [f"{number:064x}" for number in range(4000)]
    counts = {part: sum(part_of(id_, (80, 10, 10), 0) == part for id_ in ids) / len(ids) for part in PARTS}
    assert counts["train"] == pytest.approx(0.8, abs=0.03)
    assert counts["dev"] == pytest.approx(0.1, abs=0.03)


def test_what_is_decided_during_an_export_is_not_in_it(judged: Store, path: Path, ramp: str) -> None:
    with judged.snapshot():
        ((_, chunks),) = exported(judged, FORMATS["jsonl"], Choice(), Tally())
        pieces = iter(chunks)
        next(pieces)
        with closing(open_store(path)) as other:
            ana = ReviewSession(other, "ana")
            review, _ = ana.open(ramp)
            ana.apply(judging.worth, review.claims[3], "1")
        assert len(list(pieces)) == 4
        assert len(rows(judged, Choice())) == 5
    assert len(rows(judged, Choice())) == 6


@pytest.mark.parametrize(("title", "exported_title"), [("The  ramp shut", ""), ("Evening edition", "Evening edition")])
def test_without_text_a_title_that_is_the_articles_headline_is_left_out(
    store: Store, title: str, exported_title: str
) -> None:
    article = Article("The ramp shut\n\nIt rained all day.\n", "a.txt", Publication(title=title))
    list(ingest(store, [article]))
    ana = ReviewSession(store, "ana")
    review, _ = ana.open(article.id)
    ana.apply(judging.worth, review.claims[1], "1")
    assert {row["title"] for row in rows(store, Choice(with_text=False))} == {exported_title}
    assert {row["title"] for row in rows(store, Choice())} == {title}
