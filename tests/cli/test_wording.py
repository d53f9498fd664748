from __future__ import annotations

import pytest

from annotator.cli.wording import counted, entries_counted


@pytest.mark.parametrize(("count", "said"), [(0, "0 rows"), (1, "1 row"), (12, "12 rows")])
def test_a_count_comes_with_its_noun(count: int, said: str) -> None:
    assert counted(count, "row") == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 ledger entries"), (1, "1 ledger entry"), (2, "2 ledger entries")])
def test_entries_of_the_ledger_are_counted_as_english_has_it(count: int, said: str) -> None:
    assert entries_counted(count) == said
