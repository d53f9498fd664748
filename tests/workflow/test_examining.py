"""Two processes find what one finds, in its order, of one moment, and whoever stops them leaves none."""

from __future__ import annotations

import gc
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article import Article, Publication
from annotator.model.check import Check
from annotator.model.source import SourceKind
from annotator.processes import WorkProcess, WorkProcesses
from annotator.store import Store, articles, doctor, open_store, rebuilding
from annotator.store.fact_checks import checks
from annotator.store.file.read_only import beside
from annotator.store.soundness import ledger_check, second_doctor
from annotator.store.soundness.problem import Problem
from annotator.workflow import assigning, attributing, examining, judging, leading, sources
from annotator.workflow.fact_checks.check_matching import words_of
from annotator.workflow.session import ReviewSession
from tests.workflow.conftest import segmented
from tests.workflow.renamed import RAIN, RAMP, at_work, new_store, rename, work
from tests.workflow.tampering import tamper
from tests.workflow.two_processes import give_away

FROM_NAME = "(select key from name where kind = '{}' and text = '{}')"
VERDICT, ACCEPT, IMPORTED = (f"action = {FROM_NAME.format('action', name)}" for name in ("verdict", "accept", "import"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A desk of eight articles with work, sources, questions, a handing out, a renaming, and a purge."""
    opened = new_store(tmp_path / "desk.db")
    work(opened)
    for number in range(6):
        article = Article(f"Boat {number} sailed. It was late.", "boat.txt", Publication(f"Boat {number}"))
        articles.add_article(opened, article, segmented(article.text), [], None)
        session = at_work(opened, "cleo", article)
        session.apply(judging.verdict, session.review.claims[0], "supported")
    taken_back = at_work(opened, "cleo")
    taken_back.apply(attributing.accept, taken_back.review.claims[1])
    taken_back.undo()
    session.apply_to_sources(sources.make, "The yard", SourceKind.ORGANISATION)
    assigning.assign(opened, assigning.propose_pairs(opened, [(RAIN.id, "ana"), (RAMP.id, "cleo")]), None)
    leading.set_lead(opened, "ana", None)
    rename(opened, "ana", "dora", "ana")
    articles.purge_article(opened, articles.shown_ids(opened)[4], None)
    checks.save(opened, [(each, words_of(each)) for each in [Check("one", "Rain fell.")]], "checks.jsonl", words_of)
    yield opened
    opened.close()


@pytest.fixture
def given_away(monkeypatch: pytest.MonkeyPatch) -> list[Future[Any]]:
    """Every database is examined by two, however small; what the other process was given."""

    def answered(asked_for: Any, answer: Future[Any]) -> None:
        if asked_for is second_doctor.of_indexes:
            # Or all articles of so few would have been examined here by then.
            answer.exception()

    return give_away(monkeypatch, examining, answered)


@pytest.fixture
def asked(given_away: list[Future[Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The same, and the other process is this one: all that is asked of it, and all that it says, is pickled."""
    found: list[str] = []

    def submit(_: WorkProcesses, function: Callable[..., object], *arguments: object) -> Future[object]:
        found.append(function.__name__)
        made: Future[object] = Future()
        call, given = pickle.loads(pickle.dumps((function, arguments)))
        try:
            made.set_result(pickle.loads(pickle.dumps(call(*given))))
        except Exception as error:  # noqa: BLE001 - as over there
            made.set_exception(error)
        return made

    monkeypatch.setattr(WorkProcesses, "submit", submit)
    yield found
    second_doctor.end()


def by_two(store: Store) -> list[Problem]:
    return list(examining.examine(store, doctor.nobody, words_of))


def alone(store: Store) -> list[Problem]:
    return list(doctor.examine(store, words_of=words_of))


def test_two_processes_find_nothing_in_a_sound_database(store: Store, given_away: list[Future[Any]]) -> None:
    reached: list[tuple[int, int]] = []
    found = list(examining.examine(store, lambda done, of: reached.append((done, of)), words_of))
    assert found == alone(store) == []
    assert reached == [(done, 8) for done in range(1, 9)]
    assert len(given_away) > 3
    assert all(made.exception() is None for made in given_away)
    assert not store.connection.in_transaction


DAMAGES = {
    "entries that are not what was written, or cannot be read": [
        f"update ledger set payload = '{{' where {ACCEPT}",
        f"update ledger set payload = replace(payload, 'supported', 'refuted') where {VERDICT} and article > 3",
        "update ledger set at = at + 1 where kind = 1",
        "update name set text = 'Cleo' where text = 'cleo'",
    ],
    "entries that say what no entry says": [
        f"update ledger set payload = '{{\"changes\": 5}}' where {VERDICT} and article = 3",
        f'update ledger set payload = \'[["a","a",[]]]\' where {ACCEPT}',
        f"update ledger set payload = json_remove(payload, '$.s[0]') where {IMPORTED} and article = 4",
        f"update ledger set payload = json_remove(payload, '$.b') where {IMPORTED} and article = 6",
        f"update ledger set payload = json_set(payload, '$.language', 'xx') where {IMPORTED} and article = 7",
        f"update ledger set payload = json_set(payload, '$.publication', 7) where {IMPORTED} and article = 8",
    ],
    "entries that are gone": [f"delete from ledger where {VERDICT}", f"delete from ledger where {IMPORTED}"],
    "what is everybody's": [
        "update article set hidden = 1 where ordinal > 2",
        "update publication set title = 'Another' where article < 5",
        "delete from publication where article > 6",
        "delete from source_use",
        "update source_entity set name = 'Another'",
        "delete from assignment",
        "update question set text = 'Why?'",
        "delete from setting where name = 'lead'",
    ],
    "a reviewer's work": [
        "update verdict set value = 'refuted' where article > 2",
        "delete from judgement",
        "update attribution set negated = 1",
        "update attribution set parent = id where article = 1",
        "update attribution set spans = '[' where article = 1",
        "delete from progress where article = 3",
        "update progress set both_done = 7 where article > 4",
        "insert into boundary select 2, key, 5, 'cut' from name where kind = 'reviewer' and text = 'dora'",
    ],
    "texts, suggestions and their worth": [
        "update article_text set text = replace(text, 'late', 'soon') where article in (3, 6)",
        "delete from article_text where article = 4",
        "update article set length = 1, sentences = 9, beginning = 'Ramp' where ordinal in (2, 7)",
        "update article set worth = 0.5 where ordinal in (1, 8)",
        "update suggestion set current = zeroblob(9)",
    ],
    "indexes": [
        "insert into text_index (text_index) values ('delete-all')",
        "update fact_check_word set checks = checks + 1",
    ],
    "names and settings": [f"update ledger set payload = '{{' where action = {FROM_NAME.format('action', 'rename')}"],
    "the numbers of names": ["update ledger set reviewer = 700 where article = 5 or article = 3"],
}


@pytest.mark.parametrize("statements", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_said_by_two_as_by_one(store: Store, asked: list[str], statements: list[str]) -> None:
    tamper(store, *statements)
    found = by_two(store)
    assert found == alone(store) != []
    assert {"begin", "of_indexes", "of_articles"} <= set(asked)


def test_both_read_by_the_scheme_that_the_database_was_opened_with(store: Store, asked: list[str]) -> None:
    waived = tuple(replace(value, waives_verdict=True) for value in store.scheme.worth)
    opened = replace(store, scheme=replace(store.scheme, worth=waived))
    assert [problem.check for problem in by_two(opened)] == ["worth"]
    assert "of_articles" in asked


def test_all_damage_at_once_is_said_by_two_processes_as_by_one(store: Store, given_away: list[Future[Any]]) -> None:
    tamper(store, *(statement for name, all_ in DAMAGES.items() if "gone" not in name for statement in all_))
    found = by_two(store)
    assert found == alone(store)
    assert len(found) > 40
    assert any(type(made.result()) is list and made.result() for made in given_away)


@pytest.mark.parametrize("table", ["article_text", "ledger", "verdict", "text_index_data"])
def test_a_page_that_cannot_be_read_is_said_by_two_as_by_one(store: Store, asked: list[str], table: str) -> None:
    (page,) = store.connection.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
    store.connection.execute("pragma wal_checkpoint(truncate)")
    path = store.path
    store.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * (page - 1) + 8 : 4096 * page] = b"\xff" * 4088
    path.write_bytes(bytes(whole))
    found = []
    for look in (alone, by_two):
        with closing(open_store(path)) as damaged:
            found.append(look(damaged))
    assert found[0] == found[1] != []


def test_both_take_the_same_for_damage(store: Store) -> None:
    with closing(beside(store.path).connection) as connection:
        assert connection.execute("pragma cell_size_check").fetchone() == (1,)


def test_an_error_in_an_article_comes_behind_what_was_found_before_it(
    store: Store, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(store, "update article set length = 1 where ordinal in (2, 6)")
    lines = ledger_check.lines_of_article

    def failing(store: Store, article: int) -> Iterator[Any]:
        if article == 5:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return lines(store, article)

    monkeypatch.setattr("annotator.store.soundness.ledger_check.lines_of_article", failing)
    assert [problem.check for problem in by_two(store)] == ["article", "integrity"]


@pytest.mark.parametrize("failing", ["begin", "of_indexes", "of_articles"])
def test_what_fails_there_is_examined_here(
    store: Store, asked: list[str], monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    tamper(store, *DAMAGES["a reviewer's work"], *DAMAGES["indexes"])
    expected = alone(store)
    submit = WorkProcesses.submit

    def refuse(processes: WorkProcesses, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        if function.__name__ != failing:
            return submit(processes, function, *arguments)
        made: Future[Any] = Future()
        made.set_exception(OSError("no"))
        return made

    monkeypatch.setattr(WorkProcesses, "submit", refuse)
    assert by_two(store) == expected


def test_a_process_that_breaks_down_costs_no_finding(store: Store, given_away: list[Future[Any]]) -> None:
    tamper(store, *DAMAGES["a reviewer's work"])
    expected = alone(store)
    found = []
    processes: list[WorkProcess] = []
    started = WorkProcess.__init__

    def noted(process: WorkProcess) -> None:
        started(process)
        processes.append(process)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WorkProcess, "__init__", noted)
        for problem in examining.examine(store, doctor.nobody, words_of):
            found.append(problem)
            processes[0].end()
    assert found == expected
    # The one that is started in its place was not there when it began.
    assert len(processes) == 2
    assert not any(process.usable for process in processes)


def test_what_others_write_meanwhile_is_seen_by_neither(store: Store, given_away: list[Future[Any]]) -> None:
    def meanwhile(done: int, _of: int) -> None:
        if done == 1:
            with closing(open_store(store.path)) as other:
                for article_id in articles.shown_ids(other):
                    session = ReviewSession(other, "eva")
                    session.open(article_id)
                    session.apply(judging.verdict, session.review.claims[0], "refuted")
                other.connection.execute("update progress set both_done = 0")

    assert list(examining.examine(store, meanwhile, words_of)) == []
    assert all(made.exception() is None for made in given_away)
    assert alone(store) != []


def test_what_is_written_while_they_begin_has_all_begin_anew(store: Store) -> None:
    seen: list[int] = []

    def begin() -> None:
        with closing(sqlite3.connect(store.path)) as other:
            if not seen:
                other.execute("update article set hidden = 1 where ordinal = 1")
                other.commit()
            seen.append(other.execute("select sum(hidden) from article").fetchone()[0])

    with rebuilding.one_moment(store, begin) as copy:
        assert copy.connection.execute("select sum(hidden) from stored.article").fetchone() == (1,)
        assert store.connection.execute("select sum(hidden) from article").fetchone() == (1,)
    assert seen == [1, 1]


def test_whoever_stops_leaves_no_process(
    store: Store, given_away: list[Future[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_doctor, "MOST_NEW", 12_345)
    tamper(store, "update article set length = 1")
    before = gc.get_threshold()
    findings = examining.examine(store, doctor.nobody, words_of)
    assert next(findings).check == "article"
    assert gc.get_threshold()[0] == 12_345
    findings.close()
    assert gc.get_threshold() == before
    assert not store.connection.in_transaction
    assert given_away[-1].cancelled() or given_away[-1].done()


@pytest.mark.parametrize("why", ["little", "one core", "no file"])
def test_one_process_is_enough_where_nothing_would_be_gained(
    store: Store, given_away: list[Future[Any]], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    tamper(store, "update article set length = 1")
    expected = alone(store)
    if why == "little":
        monkeypatch.setattr(examining, "MANY", 50_000)
    if why == "one core":
        monkeypatch.setattr(examining, "cores", lambda: 1)
    if why == "no file":
        store.close()
        opened = beside(store.path)
        with closing(opened):
            assert list(examining.examine(opened, doctor.nobody, words_of)) == expected
    else:
        assert by_two(store) == expected
    assert not given_away
