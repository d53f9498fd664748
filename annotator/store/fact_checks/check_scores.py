"""The best rows of the index of fact-checks by BM25 as FTS5 counts it: only those that may be among them are ranked.

FTS5 ranks every row that has one of the words, and looks its length up for that: most of the time of a query. Here the
places of the words are read alone, and lengths are looked up where a row may be one of the best whatever its length.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from heapq import nlargest
from math import inf, log

_K1, _B = 1.2, 0.75
"""What FTS5 takes (https://www.sqlite.org/fts5.html#the_bm25_function)."""
_LEAST = 1e-6
"""What a word counts that is in more than half of the rows, there too."""

_FIRST = 2
"""So many times as many rows as are wanted are scored first, to know what the others have to reach."""

Places = Sequence[tuple[float, Mapping[int, int]]]
"""A word's rarity, and how often it is in each row that has it; in the order in which FTS5 sums them up."""


def best_rows(connection: sqlite3.Connection, words: Sequence[str], most: int) -> list[int] | None:
    """The numbers of the rows with the best scores, the best first and of equally good ones the first first.

    None where only FTS5 can say it: for words that are several to it, and where the connection may make no table, not
    even one of its own. All of it is read as of one moment: another program may make the index anew meanwhile.
    """
    with _one_moment(connection):
        return _best_rows(connection, words, most)


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """As `Store.snapshot`, for a connection alone; inside a transaction that is so already."""
    if connection.in_transaction:
        yield
        return
    connection.execute("begin")
    try:
        yield
    finally:
        # Nothing was written but the connection's own table, and that is to stay.
        with suppress(sqlite3.OperationalError):
            connection.execute("commit")


def _best_rows(connection: sqlite3.Connection, words: Sequence[str], most: int) -> list[int] | None:
    docs = _docs(connection, words)
    if docs is None:
        return None
    rows, length = _size(connection)
    places = [(_rarity(rows, len(counts)), counts) for counts in map(Counter, docs)]
    sums: dict[int, float] = {}
    for rarity, counts in places:
        for row, often in counts.items():
            sums[row] = sums.get(row, 0.0) + rarity * often
    first = nlargest(_FIRST * most, sums, key=sums.__getitem__)
    scores = _scores(connection, places, dict.fromkeys(first, inf), length / rows, 0.0)
    if len(sums) > len(first):
        reached = nlargest(most, scores.values())[-1]
        # Of a row with a single word in it a word counts more than of any other.
        enough = reached / _highest(norm_of(1, length / rows))
        others = {row: sum_ for row, sum_ in sums.items() if sum_ >= enough and row not in scores}
        scores |= _scores(connection, places, others, length / rows, reached)
    return sorted(scores, key=lambda row: (-scores[row], row))[:most]


def _docs(connection: sqlite3.Connection, words: Iterable[str]) -> list[list[int]] | None:
    """For each word the rows it is in, as often as it is in each; None where a word is in none or cannot be asked."""
    with suppress(sqlite3.OperationalError):
        connection.execute(
            "create virtual table if not exists temp.fact_check_place using fts5vocab(main, fact_check_words, instance)"
        )
        asked = "select json_group_array(doc) from temp.fact_check_place where term = ?"
        found = [json.loads(connection.execute(asked, (word,)).fetchone()[0]) for word in words]
        if all(found):
            return found
    return None


def _size(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many rows FTS5 counts, and how many words: https://www.sqlite.org/fts5.html#fts5_data_structures."""
    (block,) = connection.execute("select block from fact_check_words_data where id = 1").fetchone()
    rows, *words = _varints(block)
    return rows, sum(words)


def _rarity(rows: int, having: int) -> float:
    rarity = log((rows - having + 0.5) / (having + 0.5))
    return rarity if rarity > 0 else _LEAST


def norm_of(words: int, average: float) -> float:
    """What a row's length adds below the line of its score; `average` are the words of a row."""
    return _K1 * (1 - _B + _B * words / average)


def _highest(norm: float) -> float:
    """By what a row's sum can be multiplied at most in its score; a little more, for what rounding does."""
    return (_K1 + 1) / (1 + norm) * (1 + 1e-9)


def _scores(
    connection: sqlite3.Connection, places: Places, sums: Mapping[int, float], average: float, enough: float
) -> dict[int, float]:
    """The scores of those of the rows whose sum may make `enough` of one."""
    found = {}
    norms: dict[bytes, tuple[float, float]] = {}
    for row, size in connection.execute(
        "select id, sz from fact_check_words_docsize where id in (select value from json_each(?))",
        (json.dumps(list(sums)),),
    ):
        if size not in norms:
            norm = norm_of(sum(_varints(size)), average)
            norms[size] = norm, _highest(norm)
        norm, highest = norms[size]
        if sums[row] * highest < enough:
            continue
        score = 0.0
        for rarity, counts in places:
            if often := counts.get(row):
                score += rarity * (often * (_K1 + 1.0) / (often + norm))
        found[row] = score
    return found


def _varints(block: bytes) -> list[int]:
    """The numbers in a record: seven bits a byte, the highest first (https://www.sqlite.org/fileformat2.html#varint).

    None of them is so great that it takes nine bytes.
    """
    found, number = [], 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
