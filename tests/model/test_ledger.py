from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import DomainError
from annotator.model.ledger import (
    Change,
    Entry,
    Kind,
    changes_payload,
    effective,
    payload_json,
    registers,
    utc_now,
    uuid7,
)


def entry(
    lamport: int, kind: Kind = "decision", undoes: str | None = None, *changes: Change, database: str = "d"
) -> Entry:
    return Entry(
        id=f"e{lamport}",
        database_id=database,
        lamport=lamport,
        kind=kind,
        action=kind,
        at="",
        reviewer="ana",
        payload=changes_payload(changes),
        undoes=undoes,
    )


def worth(value: Any) -> Change:
    return Change("judgement", ("claim", "worth"), value)


@given(st.lists(st.sampled_from(["decide", "undo", "redo"]), max_size=40), st.randoms(use_true_random=False))
def test_what_holds_is_what_a_stack_of_undo_and_redo_would_keep(keys: list[str], shuffled: random.Random) -> None:
    entries: list[Entry] = []
    done: list[Entry] = []
    undone: list[tuple[Entry, Entry]] = []
    for number, key in enumerate(keys, 1):
        if key == "decide":
            entries.append(entry(number, "decision", None, worth(str(number))))
            done.append(entries[-1])
            undone.clear()
        elif key == "undo" and done:
            decision = done.pop()
            entries.append(entry(number, "undo", decision.id))
            undone.append((decision, entries[-1]))
        elif key == "redo" and undone:
            decision, undo = undone.pop()
            entries.append(entry(number, "redo", undo.id))
            done.append(decision)
    shuffled.shuffle(entries)
    held = effective(entries)
    assert held == done
    assert registers(held) == ({worth(None).register: done[-1].changes[0].value} if done else {})


def test_the_order_is_the_counter_and_then_the_database_never_the_clock() -> None:
    late = Entry("e1", "b", 1, "decision", "worth", "2030-01-01", reviewer="ana")
    early = Entry("e2", "a", 2, "decision", "worth", "2020-01-01", reviewer="ana")
    twin = Entry("e0", "a", 1, "decision", "worth", "2040-01-01", reviewer="ana")
    assert effective([early, late, twin]) == [twin, late, early]


def test_a_register_that_was_cleared_last_is_known_to_be_empty() -> None:
    assert registers([entry(1, "decision", None, worth("2")), entry(2, "decision", None, worth(None))]) == {
        ("judgement", "claim", "worth"): None
    }


def test_changes_come_back_from_the_payload_and_an_erased_payload_has_none() -> None:
    changes = (
        worth("2"),
        Change("verdict", ("claim", "content", "value"), "refuted"),
        Change("boundary", ("7",), "cut"),
    )
    assert entry(1, "decision", None, *changes).changes == changes
    assert Entry("e", "d", 1, "decision", "worth", "", reviewer="ana").changes == ()


@pytest.mark.parametrize(
    ("table", "key", "wrong"),
    [
        ("judgement", ("claim",), "cannot have the key"),
        ("judgement", ("claim", "colour"), "no such facet of a judgement"),
        ("verdict", ("claim", "value"), "cannot have the key"),
        ("verdict", ("claim", "content", "flag"), "no such facet of a verdict"),
        ("attribution", ("a", "b"), "cannot have the key"),
        ("progress", ("x",), "cannot have the key"),
    ],
)
def test_a_change_of_something_that_is_no_register_is_refused(table: Any, key: tuple[str, ...], wrong: str) -> None:
    with pytest.raises(DomainError, match=wrong):
        Change(table, key, "1")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"lamport": 0}, "starts at 1"),
        ({"kind": "undo"}, "names the entry"),
        ({"undoes": "e0"}, "names the entry"),
        ({"reviewer": None}, "needs a reviewer"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused(fields: dict[str, Any], wrong: str) -> None:
    whole: dict[str, Any] = {
        "id": "e", "database_id": "d", "lamport": 1, "kind": "decision", "action": "worth", "at": "", "reviewer": "ana"
    }  # fmt: skip
    with pytest.raises(DomainError, match=wrong):
        Entry(**whole | fields)


def test_a_payload_is_written_the_same_however_it_was_put_together() -> None:
    assert (
        payload_json({"b": "é", "a": [1, None]}) == payload_json({"a": [1, None], "b": "é"}) == '{"a":[1,null],"b":"é"}'
    )


def test_a_payload_that_has_no_utf_8_is_refused() -> None:
    with pytest.raises(DomainError, match="surrogate"):
        payload_json({"note": "a\ud800"})


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = uuid7(0x0123456789AB)
    assert re.fullmatch(r"01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made)
    assert len({uuid7(5) for _ in range(1000)}) == 1000


@given(st.lists(st.integers(0, (1 << 48) - 1), min_size=2, unique=True))
def test_ids_sort_by_their_milliseconds(times: list[int]) -> None:
    assert all(before < after for before, after in pairwise(uuid7(time) for time in sorted(times)))


def test_times_are_utc_with_microseconds() -> None:
    now = utc_now()
    assert datetime.fromisoformat(now).utcoffset() == UTC.utcoffset(None)
    assert re.fullmatch(r".{19}\.\d{6}\+00:00", now)
