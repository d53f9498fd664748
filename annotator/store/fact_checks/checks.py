"""Published fact-checks in a project's database: added in batches, listed, removed, and what was found by them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from annotator.model.check import Check, Since
from annotator.model.late import dataclass
from annotator.model.ledger import Entry
from annotator.store.connection import Store, translated
from annotator.store.digests import row_digest
from annotator.store.fact_checks.check_index import (
    FIELDS,
    PRESENT,
    CheckIndex,
    Counted,
    Words,
    check_from,
    is_imported,
    key_of,
)
from annotator.store.held import PURGE
from annotator.store.ledger import DECISION, HOLDS, SHARED, entries_where
from annotator.store.names import known_key

_BATCH = 2_000
_WAS_OTHER = (
    "with recursive older (ordinal, verdict) as (select ordinal, verdict from fact_check where replaced_by = ?1 union "
    "select old.ordinal, old.verdict from fact_check as old join older on old.replaced_by = older.ordinal) "
    "select exists (select 1 from older where verdict != ?2)"
)
"""Whether a fact-check has replaced any, one after the other, with another verdict than its own."""


class Outcome(StrEnum):
    """What became of a row: new, there already, in place of an older one, or older than what is there."""

    NEW = "new"
    SAME = "there already"
    REPLACED = "corrected or withdrawn"
    OLDER = "older than what is there"


@dataclass(frozen=True, slots=True)
class Collection:
    """The checks of one publisher that came with one file."""

    name: str
    publisher: str
    language: str
    checks: int
    first: str
    last: str
    withdrawn: int
    replaced: int


def index(store: Store) -> CheckIndex:
    """The index over the project's checks."""
    return CheckIndex(store.connection)


def save(
    store: Store, rows: Sequence[tuple[Check, Words]], collection: str, words_of: Callable[[Check], Words]
) -> Counter[Outcome]:
    """Add a batch of checks in one transaction; the same ones again change nothing.

    What a newer one replaces is found no more and makes no word less rare; `words_of` says with which words it went in.
    """
    outcomes: Counter[Outcome] = Counter()
    found = index(store)
    counted = Counted()
    with store.transaction():
        for check, words in rows:
            known = _present(store, check)
            outcome = _outcome(check, known)
            outcomes[outcome] += 1
            if outcome is Outcome.NEW:
                found.insert_words(counted.more(words), found.insert(check, collection))
            elif outcome is Outcome.REPLACED and known is not None:
                found.remove_words(known[0], counted.less(words_of(known[1])))
                found.insert_words(counted.more(words), _replace(store, found, check, known[0], collection))
        if outcomes[Outcome.NEW] or outcomes[Outcome.REPLACED]:
            found.count(counted)
    return outcomes


def _present(store: Store, check: Check) -> tuple[int, Check] | None:
    """The number of the row about the same fact-check, and what it says."""
    connection = store.connection
    row = connection.execute(
        f"select ordinal, {', '.join(FIELDS)} from fact_check where key = ? and replaced_by is null", (key_of(check),)
    ).fetchone()
    return (row[0], check_from(row[1:])) if row is not None else None


def _outcome(check: Check, known: tuple[int, Check] | None) -> Outcome:
    if known is None:
        return Outcome.NEW
    if known[1] == check:
        return Outcome.SAME
    return Outcome.OLDER if check.latest < known[1].latest else Outcome.REPLACED


def _replace(store: Store, found: CheckIndex, check: Check, older: int, collection: str) -> int:
    """Put a check in the place of the row with this number; its own."""
    connection = store.connection
    # Itself for a moment: the key of what is present is unique.
    connection.execute("update fact_check set replaced_by = ordinal where ordinal = ?", (older,))
    ordinal = found.insert(check, collection)
    connection.execute("update fact_check set replaced_by = ? where ordinal = ?", (ordinal, older))
    connection.execute("delete from fact_check_vector where ordinal = ?", (older,))
    return ordinal


def collections(store: Store) -> list[Collection]:
    """What there is, by file and publisher."""
    with translated(store.path):
        rows = store.connection.execute(
            "select collection, publisher, group_concat(distinct nullif(language, '')), "
            "sum(replaced_by is null and not withdrawn), "
            "coalesce(min(nullif(date, '')), ''), max(date), sum(replaced_by is null and withdrawn), "
            "sum(replaced_by is not null) from fact_check group by 1, 2 order by 1, 2"
        )
        return [Collection(row[0], row[1], row[2] or "", *row[3:]) for row in rows]


def remove(store: Store, name: str, words_of: Callable[[Check], Words]) -> int:
    """Remove the checks of a file or of a publisher, in short transactions; how many.

    What they had replaced is there again, unless it goes too. What is interrupted stays as far as it came. Where one is
    not what was imported, the index may have other words of it: then that is made anew.
    """
    removed = last = 0
    asked = "select ordinal from fact_check where ordinal > ? and ? in (collection, publisher) order by 1 limit ?"
    while True:
        with store.transaction():
            # An older row has the smaller number: where both go, it is gone when the newer one does.
            going = [row[0] for row in store.connection.execute(asked, (last, name, _BATCH))]
            if not going:
                return removed
            are_whole = all(_is_whole(store, ordinal) for ordinal in going)
            _remove(store, going, words_of)
            if not are_whole:
                _index_anew(store, words_of)
        removed, last = removed + len(going), going[-1]


def _is_whole(store: Store, ordinal: int) -> bool:
    """Whether a row is what was imported, and what took its place, if anything did, is about the same."""
    key, digest, newer, collection, *fields = store.connection.execute(
        f"select key, digest, coalesce((select key from fact_check where ordinal = own.replaced_by), key), "
        f"collection, {', '.join(FIELDS)} from fact_check as own where ordinal = ?",
        (ordinal,),
    ).fetchone()
    return bool(key == newer) and is_imported(key, digest, collection, check_from(fields))


def _remove(store: Store, going: Sequence[int], words_of: Callable[[Check], Words]) -> None:
    connection, found, counted = store.connection, index(store), Counted()
    for ordinal in going:
        for check in _of_index(store, ordinal):
            found.remove_words(ordinal, counted.less(words_of(check)))
        (newer,) = connection.execute("select replaced_by from fact_check where ordinal = ?", (ordinal,)).fetchone()
        older = connection.execute("select ordinal from fact_check where replaced_by = ?", (ordinal,)).fetchone()
        if older is None:
            connection.execute("delete from fact_check where ordinal = ?", (ordinal,))
            continue
        # Itself for a moment: the key of what is present is unique.
        connection.execute("update fact_check set replaced_by = ordinal where ordinal = ?", older)
        connection.execute("delete from fact_check where ordinal = ?", (ordinal,))
        connection.execute("update fact_check set replaced_by = ? where ordinal = ?", (newer, *older))
        for check in _of_index(store, *older):
            found.insert_words(counted.more(words_of(check)), *older)
    found.count(counted)


def _of_index(store: Store, ordinal: int) -> Iterator[Check]:
    """The check with this number, if it is in the index: if nothing has replaced it."""
    yield from (check_from(row[1:]) for row in store.connection.execute(f"{PRESENT} and ordinal = ?", (ordinal,)))


def renew_index(store: Store, words_of: Callable[[Check], Words]) -> int:
    """Make the index anew of the fact-checks that are here, in one transaction; of how many."""
    with store.transaction():
        return _index_anew(store, words_of)


def _index_anew(store: Store, words_of: Callable[[Check], Words]) -> int:
    found = index(store)
    found.empty()
    counted = Counted()
    reading = store.connection.cursor()
    for ordinal, *row in reading.execute(PRESENT):
        found.insert_words(counted.more(words_of(check_from(row))), ordinal)
    found.count(counted)
    return counted.checks


def outdated(store: Store, urls: Iterable[str]) -> Mapping[str, Since]:
    """By address, what has become of fact-checks that were corrected or withdrawn."""
    found: dict[str, Since] = {}
    with translated(store.path):
        for url in dict.fromkeys(urls):
            row = store.connection.execute(
                "select coalesce(nullif(verdict, ''), title), ordinal, verdict, withdrawn from fact_check "
                "where key = ? and replaced_by is null",
                (key_of(Check("", "", url=url)),),
            ).fetchone()
            if row is None:
                continue
            was_other = bool(store.connection.execute(_WAS_OTHER, row[1:3]).fetchone()[0])
            if was_other or row[3]:
                found[url] = Since(row[0], was_other, bool(row[3]))
    return found


def main_language(store: Store) -> str:
    """The language that most checks are in."""
    row = store.connection.execute(
        "select language from fact_check where replaced_by is null group by language order by count(*) desc, 1 limit 1"
    ).fetchone()
    return str(row[0]) if row is not None else ""


# What was found


def seen(store: Store, article_id: str, reviewer: str) -> tuple[str, Any] | None:
    """What was found for an article's claims, and what it was made of; None where nothing was looked up.

    None too where it is not what was kept: it is looked up anew then.
    """
    with translated(store.path):
        row = store.connection.execute(
            "select cast(made_of as blob), cast(found as blob) from seen_before where article = ? and reviewer = ?",
            (article_id, reviewer),
        ).fetchone()
    if row is None or not is_kept(article_id, reviewer, *row):
        return None
    return row[0].decode().rpartition(_DIGEST)[0], json.loads(row[1])


_DIGEST = "\n"
"""Stands in `made_of` in front of the digest of the row."""


def is_kept(article_id: str, reviewer: str, made_of: bytes, found: bytes) -> bool:
    """Whether a row of the table seen_before is what was kept; one of an earlier version has no digest to say so.

    Its last two columns are given as bytes: damage may leave what is no UTF-8.
    """
    made, _, digest = made_of.decode(errors="surrogateescape").rpartition(_DIGEST)
    return digest == _digest_of(article_id, reviewer, made, found.decode(errors="surrogateescape"))


def _digest_of(article_id: str, reviewer: str, made_of: str, found: str) -> str:
    return row_digest("seen_before", article_id, reviewer, made_of, found).hex()


def keep_seen(store: Store, article_id: str, reviewer: str, made_of: str, found: Any, since: int) -> bool:
    """Keep what was found for an article's claims; False where it was not: something was purged meanwhile.

    `since` is the number of the ledger's last entry before anything was read: what was found may quote what is erased
    by now.
    """
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    made = f"{made_of}{_DIGEST}{_digest_of(article_id, reviewer, made_of, written)}"
    with store.transaction():
        connection = store.connection
        purge = known_key(connection, "action", PURGE)
        kept = connection.execute(
            "insert into seen_before (article, reviewer, made_of, found) select ?1, ?2, ?3, ?4 where exists "
            "(select 1 from article where id = ?1 and purged_at is null) and not exists "
            f"(select 1 from ledger where key > ?5 and kind = {SHARED} and action = ?6) "
            "on conflict do update set made_of = excluded.made_of, found = excluded.found",
            (article_id, reviewer, made, written, since, purge),
        )
        return kept.rowcount > 0


def takings(store: Store, named: str) -> Iterator[Entry]:
    """The decisions that hold and whose payload has an entry of this name, in their order."""
    where = f"ledger.kind = {DECISION} and instr(ledger.payload, ?) > 0 and {HOLDS}"
    with translated(store.path):
        yield from (entry for entry in entries_where(store, where, [json.dumps(named)]) if named in entry.payload)


def in_batches(rows: Iterable[tuple[Check, Words]]) -> Iterator[list[tuple[Check, Words]]]:
    """Short batches, so that whoever else writes need not wait."""
    batch: list[tuple[Check, Words]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
