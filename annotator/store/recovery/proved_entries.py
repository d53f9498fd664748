"""Reading a damaged file of the third schema or a later one: the entries that their digests and seals prove.

Names, and the ids of articles and entries, are in the file twice: in their table and in its unique index. Where an
entry is not proved with what the tables say, it is tried with the other copies, and an article's id with that of its
text.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, islice, product
from pathlib import Path
from typing import Any

from annotator.errors import DomainError
from annotator.model.article import Publication
from annotator.model.hashing import sha256
from annotator.model.ledger import Entry
from annotator.model.text import article_id as id_of_text
from annotator.store import digests, ledger
from annotator.store.packing import packed_id, unpacked_id
from annotator.store.recovery.leaves import Leaves
from annotator.store.recovery.mending import Mender, Row, mended
from annotator.store.recovery.recovered_rows import (
    ARTICLE,
    CHANGED,
    UNREAD,
    ArticleRow,
    DigestOf,
    Recovered,
    Sealed,
    Suggested,
    publications_of,
    read_by_key,
    rows_of,
    why,
)
from annotator.store.soundness.damage import UNREADABLE
from annotator.store.suggestions import suggestion_digest

_ENTRY = (
    "key, id, database, lamport, kind, action, at, reviewer, session, article, claim, payload, payload_version, "
    "scheme, suggestions, others_visible, undoes, salt, digest, seal"
)
_AT = {name: at for at, name in enumerate(_ENTRY.split(", "))}
_OF_NAMES = [_AT[name] for name in ("database", "action", "reviewer", "session", "scheme")]
_OF_SUGGESTIONS = "sqlite_autoindex_suggestion_1"
_MOST_TRIED = 256
"""With so many combinations of copies an entry is tried at most."""

Copies = dict[int, list[Any]]
"""What a number may stand for, the likeliest first."""


class ProvedReader:
    """Reads a damaged file: names and ids first, then whatever is asked for."""

    def __init__(self, source: sqlite3.Connection, copy: Path, found: Recovered) -> None:
        self._source, self._found, self._leaves = source, found, Leaves(source, copy)
        read = self._read_texts()
        self._names = self._twice("name", "text", "sqlite_autoindex_name_1", "kind, text")
        self._articles = dict(self.rows("article", ARTICLE))
        self._article_ids = self._twice("article", "id", "sqlite_autoindex_article_1", "id")
        self._texts = {number: _whole(data, self._article_ids.get(number, ())) for number, data in read.items()}
        self._find_texts()
        for number, text in self._texts.items():
            _add(self._article_ids, number, id_of_text(text))
        self._entry_ids = self._twice("ledger", "id", "sqlite_autoindex_ledger_1", "id")
        self._mender = Mender()
        # What is asked for from here on has a digest, by which a text that is no UTF-8 any more may be mended.
        source.text_factory = _any_text

    def _read_texts(self) -> dict[int, bytes]:
        """The bytes of texts: one that is no UTF-8 any more may be mended."""
        self._source.text_factory = _any_text
        try:
            rows = self.rows("article_text", "text")
            return {number: _bytes(row[0]) for number, row in rows}
        finally:
            self._source.text_factory = str

    def _find_texts(self) -> None:
        """Look for texts that are not where they were, in all places where no row is read."""
        lost = {number: ids for number, ids in self._article_ids.items() if number not in self._texts}
        if not any(self._articles.get(number, UNREAD)[-1] is None for number in lost):
            return
        # Where only its number is another, it stands among the others.
        for _, (text,) in self._leaves.rows("article_text", "text"):
            self._keep_lost_text(lost, text)
        for place in self._leaves.odd_rows("article_text", "text"):
            any(self._keep_lost_text(lost, text) for _, (text,) in place)

    def _keep_lost_text(self, lost: Copies, text: str) -> bool:
        """Keep a text where it is one of those that are lost, by their articles' ids."""
        made = id_of_text(text)
        for number in [number for number, ids in lost.items() if made in ids]:
            del lost[number]
            self._texts[number] = text
            self._found.lost = [line for line in self._found.lost if not line.startswith(f"article_text {number}: ")]
            return True
        return False

    def rows(self, table: str, columns: str, expected: Collection[int] = ()) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows of a table with their numbers; those that SQLite does not get to are looked for in all pages.

        Rows with the `expected` numbers are known to have been there.
        """
        return self._read(table, columns, self._found, expected)

    def _read(
        self, table: str, columns: str, found: Recovered, expected: Collection[int] = ()
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        unread: dict[int, str] = {}
        read = set()
        for number, row in rows_of(self._source, table, columns, unread):
            read.add(number)
            yield number, row
        for number in sorted({*expected} - read):
            unread.setdefault(number, f"{table} {number}: it is not where it was")
        if not unread:
            return
        for number, row in self._leaves.rows(table, columns):
            if number not in read:
                read.add(number)
                yield number, row
        found.lost += [line for number, line in unread.items() if number not in read]

    def _twice(self, table: str, column: str, index: str, order: str) -> Copies:
        """What stands for each number of a table: what the table itself says, and then what its unique index says."""
        copies: Copies = {}
        unread = Recovered()
        second: Copies = {}
        for number, value in read_by_key(
            self._source, unread, f"{table} indexed by {index}", ("rowid", column), order.split(", ")
        ):
            _add(second, number, value)
        for number, (value,) in self._read(table, column, unread, second):
            copies[number] = [value]
        for number, values in second.items():
            for value in values:
                _add(copies, number, value)
        return copies

    def texts(self) -> Iterator[str]:
        """The texts of articles."""
        yield from self._texts.values()

    def publications(self) -> Iterator[tuple[str, Publication]]:
        """Where articles stood, by their ids, as far as SQLite gets there."""
        return publications_of(
            self._source, "article", lambda number: next(iter(self._article_ids.get(number, ())), None)
        )

    def entries(self) -> Iterator[Sealed]:
        """The entries whose digests and seals are right, in their order."""
        proved: dict[str, Sealed] = {}
        for number, row in self.rows("ledger", _ENTRY, self._entry_ids):
            try:
                sealed = self._mender.mended(row, self._proved)
                proved[sealed[0].id] = sealed
            except UNREADABLE as error:
                self._found.lost.append(f"ledger entry {self._called(number)}: {why(error)}")
        if any(line.startswith("ledger ") for line in self._found.lost) or self._missing(proved):
            for sealed in chain(self._odd_entries(), self._renumbered(proved)):
                proved.setdefault(sealed[0].id, sealed)
            self._forgive(proved)
        yield from sorted(proved.values(), key=lambda each: each[0].order)

    def _called(self, number: int) -> object:
        ids = self._entry_ids.get(number)
        return unpacked_id(ids[0]) if ids else number

    def _missing(self, proved: Collection[str]) -> list[int]:
        """The numbers of entries that there were and none of which is proved yet.

        Where two rows have come to have one number, it has an id of another one beside its own, which alone counts.
        """
        numbers = Counter(chain.from_iterable(self._entry_ids.values()))
        own = {number: [id_ for id_ in ids if numbers[id_] == 1] or ids for number, ids in self._entry_ids.items()}
        return [number for number, ids in own.items() if not any(unpacked_id(id_) in proved for id_ in ids)]

    def _forgive(self, proved: Collection[str]) -> None:
        """What was said to be lost, and is here after all."""
        gone = {*self._missing(proved)}
        here = {f"ledger {number}" for number in self._entry_ids if number not in gone}
        here |= {f"ledger entry {id_}" for id_ in proved}
        # A number that nothing knows was that of an entry, where none is missing.
        unknown = "ledger entry" if not gone else "-"
        self._found.lost = [
            line
            for line in self._found.lost
            if (name := line.partition(": ")[0]) not in here and not _is_number(name, unknown)
        ]

    def _renumbered(self, proved: Collection[str]) -> Iterator[Sealed]:
        """Entries of which only the number is another: whose it is the index says."""
        missing = self._missing(proved)
        for _, row in self._leaves.every_row("ledger", _ENTRY) if missing else ():
            for number in missing[:_MOST_TRIED]:
                with suppress(*UNREADABLE):
                    yield self._proved((number, *row[1:]))
                    break

    def _odd_entries(self) -> Iterator[Sealed]:
        """Entries that are one bit away from what stands where no entry is read."""
        for place in self._leaves.odd_rows("ledger", _ENTRY):
            for _, row in place:
                with suppress(*UNREADABLE):
                    yield self._proved(row)
                    break

    def _proved(self, row: tuple[Any, ...]) -> Sealed:
        """The entry, with the first copies that prove it; raises what is UNREADABLE where none do."""
        salt, digest, seal = row[-3:]
        numbers: list[tuple[Copies, int | None]] = [(self._names, row[at]) for at in _OF_NAMES]
        numbers += [(self._article_ids, row[_AT["article"]])]
        numbers += [(self._entry_ids, row[_AT["key"]]), (self._entry_ids, row[_AT["undoes"]])]
        choices = [[None] if number is None else copies.get(number, []) for copies, number in numbers]
        if not all(choices):
            raise DomainError("what it names is not there any more")
        wrong: Exception = ValueError(CHANGED)
        for chosen in islice(product(*choices), _MOST_TRIED):
            try:
                entry = _entry(row, chosen)
                whole = salt is None or digests.payload_digest(entry.payload, salt) == digest
                if not whole:
                    break
                if digests.seal(entry, digest) == seal:
                    self._settle(numbers, chosen)
                    return entry, salt, digest, seal
            except UNREADABLE as error:
                wrong = error
        raise wrong

    def _settle(self, numbers: Sequence[tuple[Copies, int | None]], chosen: Sequence[Any]) -> None:
        """What proved an entry is the likeliest from now on."""
        for (copies, number), value in zip(numbers, chosen, strict=True):
            if number is not None and copies[number][0] != value:
                copies[number].sort(key=lambda each: each != value)

    def suggested(self) -> Iterator[tuple[str, Suggested]]:
        """What was proposed for articles, by their ids, and is what was written."""
        columns, index = "article, suggester, current, superseded, digest", Recovered()
        there = read_by_key(
            self._source,
            index,
            f"suggestion indexed by {_OF_SUGGESTIONS}",
            ("rowid", "article", "suggester"),
            ("article", "suggester"),
        )
        numbers = {number: (article, suggester) for number, article, suggester in there}
        missing, unread, mender = {*numbers.values()}, Recovered(), Mender()
        for _, row in self._read("suggestion", columns, unread, numbers):
            with suppress(*UNREADABLE):
                whole, key = mender.mended(row, self._proved_suggestion)
                missing.discard(key)
                yield whole
        if missing or unread.lost:
            for whole, key in self._odd_suggestions(columns):
                if key in missing or index.lost:
                    missing.discard(key)
                    yield whole
        for article in sorted({article for article, _ in missing}):
            self._found.lose_suggestions(str(next(iter(self._article_ids.get(article, ())), "that is not there")))
        self._found.lost += unread.lost if index.lost else ()

    def _odd_suggestions(self, columns: str) -> Iterator[tuple[tuple[str, Suggested], tuple[int, int]]]:
        """What was proposed, where only the row's number is another, or it is one bit away from what stands there."""
        every = (iter([each]) for each in self._leaves.every_row("suggestion", columns))
        for place in chain(every, self._leaves.odd_rows("suggestion", columns)):
            for _, row in place:
                with suppress(*UNREADABLE):
                    yield self._proved_suggestion(row)
                    break

    def _proved_suggestion(self, row: Row) -> tuple[tuple[str, Suggested], tuple[int, int]]:
        """The article's id, what was proposed, and the row's key; raises what is UNREADABLE where it is not whole."""
        article, suggester, current, superseded, digest = row
        for article_id, name in product(self._article_ids[article], self._names[suggester]):
            if suggestion_digest(article_id, name, current, superseded) == digest:
                return (article_id, (name, current, superseded, digest)), (article, suggester)
        raise ValueError(CHANGED)

    def odd_rows(self, table: str, columns: str) -> Iterator[Iterator[tuple[int, tuple[Any, ...]]]]:
        """For each place where no row of the table is read, what may have been there."""
        return self._leaves.odd_rows(table, columns)

    def owned(self, table: str, columns: Sequence[str], made: DigestOf) -> Iterator[tuple[Any, ...]]:
        """Rows of the table place or draft, where their reviewer and article are known."""
        key = ("article", "reviewer") if table == "place" else ("article", "reviewer", "kind", "subject")
        asked = ("article", "reviewer", *columns, "digest")
        proved = partial(self._proved_own, made)
        unread = Recovered()
        taken: set[Row] = set()
        for row in read_by_key(self._source, unread, table, asked, key):
            try:
                whole = self._mender.mended(row, proved)
                taken.add(whole[: len(key)])
                yield whole
            except UNREADABLE:
                yield from self._unproved_own(table, row)
        if unread.lost:
            self._found.lost += unread.lost
            yield from self._own_of_pages(table, proved, taken, len(key))

    def _proved_own(self, made: DigestOf, row: Row) -> Row:
        article, reviewer, *values, digest = row
        for chosen in product(self._names[reviewer], self._article_ids[article]):
            if made(*chosen, *values) == digest:
                return (*chosen, *values, digest)
        raise ValueError(CHANGED)

    def _unproved_own(self, table: str, row: Row) -> Iterator[Row]:
        """The row as it is, for whoever can say whose it is."""
        article, reviewer, *values = row
        if reviewer in self._names and article in self._article_ids:
            yield (self._names[reviewer][0], self._article_ids[article][0], *values)
        else:
            self._found.lost.append(f"{table}: one whose reviewer or article is not there any more")

    def _own_of_pages(self, table: str, proved: Callable[[Row], Row], taken: set[Row], of_key: int) -> Iterator[Row]:
        """What is proved of what all pages have; of one key the latest, as unused pages may have earlier ones."""
        found = []
        for row in self._leaves.rows_by_key(table):
            with suppress(*UNREADABLE):
                found.append(proved(row))
        for whole in sorted(found, key=lambda each: str(each[-2]), reverse=True):
            if whole[:of_key] not in taken:
                taken.add(whole[:of_key])
                yield whole

    def articles(self) -> Iterator[ArticleRow]:
        """The articles' rows in the order of their numbers; of one known by its text alone, its id."""
        for number, (id_, *_) in sorted(self._article_ids.items()):
            yield (id_, *self._articles.get(number, UNREAD)[1:])


def _whole(data: bytes, ids: Collection[str]) -> str:
    """The text, mended where it is one bit away from one that has one of the ids."""
    if sha256(data).hexdigest() in ids:
        return data.decode()
    return mended(data, ids) or data.decode(errors="replace")


def _bytes(text: str | bytes) -> bytes:
    """The bytes of a text; one bit makes it a blob of the same ones."""
    return text if isinstance(text, bytes) else text.encode(errors="surrogateescape")


def _is_number(name: str, before: str) -> bool:
    """Whether it is this with a number behind it."""
    return name.startswith(f"{before} ") and name.removeprefix(f"{before} ").isdecimal()


def _any_text(data: bytes) -> str:
    """A text, in which lone surrogates stand for what is no UTF-8."""
    return data.decode(errors="surrogateescape")


def _add(copies: Copies, number: int, value: Any) -> None:
    known = copies.setdefault(number, [])
    if value not in known:
        known.append(value)


def _entry(row: tuple[Any, ...], chosen: Sequence[Any]) -> Entry:
    database, action, reviewer, session, scheme, article_id, id_, undoes = chosen
    joined = (
        id_, database, *row[3:5], action, row[6], reviewer, session, article_id,
        *row[10:13], scheme, row[14], row[15], None if undoes is None else packed_id(unpacked_id(undoes)),
    )  # fmt: skip
    return ledger.entry_of_row(joined)
