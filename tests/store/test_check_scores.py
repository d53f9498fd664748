"""The best rows of the index of fact-checks are those that FTS5 finds, without its ranking all that have a word."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.check import Check
from annotator.store import Store, open_store
from annotator.store.fact_checks import checks
from annotator.store.fact_checks.check_index import CheckIndex, Words, in_memory
from annotator.store.fact_checks.check_scores import best_rows

WORDS = [f"w{number}" for number in range(60)]


@pytest.fixture(scope="module")
def index() -> Iterator[CheckIndex]:
    """Rows of one to forty words, some of them often in one row, and a few as common as words get."""
    drawing = random.Random(5)
    weights = [1 / (1 + at) for at in range(len(WORDS))]

    def words(most: int) -> list[str]:
        return drawing.choices(WORDS, weights, k=drawing.randint(0, most))

    rows = [(Check(str(at), "a claim"), ([*words(30), f"own{at}"], words(10))) for at in range(700)]
    rows.append((Check("post", "a claim"), (["since", "1990's", "café"], ["a.b"])))
    with in_memory() as found:
        with found.filling():
            found.add(rows)
        yield found


@pytest.mark.parametrize("most", [1, 7, 120, 5000])
def test_they_are_fts5_s_in_its_order(index: CheckIndex, most: int) -> None:
    drawing = random.Random(6)
    for number in (1, 2, 5, 12, 30):
        for _ in range(6):
            asked = drawing.sample(WORDS, number)
            assert best_rows(index.connection, asked, most) == index._best_by_fts5(asked, most)


def test_fts5_ranks_nothing_for_it_and_few_lengths_are_looked_up(index: CheckIndex) -> None:
    statements: list[str] = []
    index.connection.set_trace_callback(statements.append)
    found = index.candidates(["w50", "w55", "w0"], most=5)
    index.connection.set_trace_callback(None)
    assert len(found) == 5
    assert not any("rank" in statement for statement in statements)
    (one, *others) = [statement for statement in statements if "docsize" in statement]
    assert one.count(",") < 15
    assert all(statement.count(",") < 400 for statement in others)


def test_words_that_are_several_to_fts5_are_left_to_it(index: CheckIndex) -> None:
    assert best_rows(index.connection, ["1990's", "w3"], 5) is None
    assert index.candidates(["1990's"])[0].id == "post"
    assert [each.id for each in index.candidates(["café"])] == ["post"]
    assert [each.id for each in index.candidates(["a.b"])] == ["post"]


def test_a_connection_that_may_write_nothing_finds_the_same() -> None:
    with in_memory() as found:
        with found.filling():
            found.add([(Check("one", "a claim"), (["rain"], ["snow"])), (Check("two", "a claim"), (["fog"], ["rain"]))])
        found.connection.execute("pragma query_only = on")
        assert best_rows(found.connection, ["rain", "snow"], 5) is None
        assert [each.id for each in found.candidates(["rain", "snow"])] == ["one", "two"]


@pytest.mark.parametrize("before", ["fact_check_words_data where id", "fact_check_words_docsize"])
def test_an_index_that_another_makes_anew_meanwhile_is_read_as_of_one_moment(
    store: Store, path: Path, before: str
) -> None:
    words: Words = (["ferry", "sank"], ["night"])
    rows = [(Check(str(at), "a claim", url=f"https://a.example/{at}"), words) for at in range(9)]
    checks.save(store, rows, "a", lambda _: words)
    expected = best_rows(store.connection, ["ferry", "night"], 3)
    assert expected == [1, 2, 3]
    emptied: list[str] = []

    def empty(statement: str) -> None:
        if before in statement and statement.startswith("select") and not emptied:
            emptied.append(statement)
            with closing(open_store(path)) as other, other.transaction():
                checks.index(other).empty()

    store.connection.set_trace_callback(empty)
    found = best_rows(store.connection, ["ferry", "night"], 3)
    store.connection.set_trace_callback(None)
    assert emptied
    assert found == expected
    assert not store.connection.in_transaction
    assert best_rows(store.connection, ["ferry", "night"], 3) is None
