"""Of the tables of a reviewer's work no column is left out: what is not read is not examined either."""

from __future__ import annotations

import pytest

from annotator.store import Store
from annotator.store.projection import PROGRESS
from annotator.store.work_rows import TABLES


@pytest.mark.parametrize(("table", "columns"), [*TABLES.items(), ("progress", PROGRESS)])
def test_every_column_is_there_in_its_order(store: Store, table: str, columns: str) -> None:
    there = [row[1] for row in store.connection.execute(f"pragma table_info({table})")]
    named = columns.replace(f"{table}.", "").split(", ")
    assert ["article", "reviewer", *named] == there
