"""Of the tables of a reviewer's work no column is left out: what is not read is not examined either."""

from __future__ import annotations

import pytest

from annotator.store import Store
from annotator.store.projection import PROGRESS
from annotator.store.work_rows import TABLES, Remembered, rows_of, work_of


@pytest.mark.parametrize(("table", "columns"), [*TABLES.items(), ("progress", PROGRESS)])
def test_every_column_is_there_in_its_order(store: Store, table: str, columns: str) -> None:
    there = [row[1] for row in store.connection.execute(f"pragma table_info({table})")]
    named = columns.replace(f"{table}.", "").split(", ")
    assert ["article", "reviewer", *named] == there


def test_of_a_long_article_nothing_is_made_again_but_what_has_changed() -> None:
    made: list[int] = []

    def make(row: tuple[int, str]) -> list[object]:
        made.append(row[0])
        return [*row]

    remembered = Remembered(make)
    long = 20_000
    before = remembered.of((at, "2") for at in range(long))
    for changed in range(3):
        made.clear()
        # What was changed stays so.
        after = remembered.of((at, "1" if at <= changed else "2") for at in range(long))
        assert made == [changed]
        assert [at for at in range(long) if after[at] is not before[at]] == [changed]
        before = after
    # As long as few others are read it stays, and then it is given back.
    remembered.of((-at, "0") for at in range(1, 500))
    made.clear()
    assert remembered.of([(5, "2")]) == [[5, "2"]]
    assert made == []
    for others in range(1, 4):
        remembered.of((-at, f"{others}") for at in range(1, 1_000))
    made.clear()
    remembered.of([(6, "2")])
    assert made == [6]


def test_the_judgements_and_verdicts_of_a_long_article_are_the_same_when_it_is_read_again() -> None:
    registers: dict[tuple[str, ...], str] = {("judgement", f"{at:064x}", "worth"): "2" for at in range(3_000)}
    registers |= {("verdict", f"{at:064x}", "content", "value"): "supported" for at in range(3_000)}
    rows = rows_of(registers)
    first, again = (work_of(lambda table: sorted(rows[table])) for _ in range(2))
    for facet in ("judgements", "verdicts"):
        assert len(again[facet]) == 3_000
        assert all(again[facet][key] is value for key, value in first[facet].items())
