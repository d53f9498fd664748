"""A large export is made by this process and another together; its bytes are those of one that is made alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.errors import StoreError
from annotator.exporters import ExportOptions, Files, Format, InRows
from annotator.model.late import NamedTuple, dataclass
from annotator.model.record import ClaimRecord
from annotator.processes import cores
from annotator.store import ledger, records, sources
from annotator.store.file.read_only import beside
from annotator.store.records import Work
from annotator.workflow.exporting.chosen import Choice, Chosen, Tally, chosen_of, options_of
from annotator.workflow.formats import FORMATS
from annotator.workflow.two_at_work import made_by_two

MANY = 10_000
"""From so many claims on, starting a process costs less than it saves."""
BATCH = 500
"""About so many claims are written at a time: calls are few, and what waits for its turn needs little memory."""


class Made(NamedTuple):
    """What a batch adds to the export, and the account of it: contents by the paths of their files, or rows."""

    added: Sequence[Any]
    tally: Tally


def files_of(format_: Format, chosen: Chosen, options: ExportOptions) -> Files:
    """The files that the format makes of the records; raises ExportFailure."""
    work = _work_to_share(format_, chosen)
    if work:
        maker = _Maker(format_, chosen, options)
        return maker.files(_made_in_batches(chosen, work, maker))
    return format_.write(chosen, options, chosen.tally.losses)


def _work_to_share(format_: Format, chosen: Chosen) -> Sequence[Work]:
    """What there is to write where it is much and two can write it; else nothing."""
    store = chosen.store
    # The other process has to see what this one sees, which is of one moment in a transaction alone.
    if not (format_.in_batches and chosen.article_ids and store.file and store.connection.in_transaction):
        return ()
    if cores() < 2:
        return ()
    work = records.work(store, chosen.reviewers, chosen.article_ids)
    return work if sum(each.claims for each in work) >= MANY else ()


def _made_in_batches(chosen: Chosen, work: Sequence[Work], maker: _Maker) -> Iterator[Sequence[Any]]:
    """What each batch adds, in their order, counted when it is taken."""
    store, tally = chosen.store, chosen.tally
    there = _Elsewhere(store.path, maker.format_.name, chosen.choice, chosen.part, ledger.last_key(store))
    tally.parts[chosen.part] = 0
    for batch, made in made_by_two(_batches(work), maker.made, there):
        tally.add(made.tally)
        if tally.reached is not None:
            tally.reached(chosen.places[batch[-1].article_id], len(chosen.places))
        yield made.added


def _batches(work: Sequence[Work]) -> Iterator[list[Work]]:
    """The work in its order, divided between articles."""
    batch: list[Work] = []
    claims = 0
    for each in work:
        if claims >= BATCH and each.article_id != batch[-1].article_id:
            yield batch
            batch, claims = [], 0
        batch.append(each)
        claims += each.claims
    if batch:
        yield batch


class _Maker:
    """Makes batches of one export, in one process."""

    def __init__(self, format_: Format, chosen: Chosen, options: ExportOptions) -> None:
        self.format_, self._options = format_, options
        self._chosen = replace(chosen, registry=sources.registry(chosen.store))
        self._of_nothing = [] if isinstance(format_.write, InRows) else self._written((), Tally())

    def made(self, work: Sequence[Work]) -> Made:
        """What this work adds to the export, and the account of it."""
        tally = Tally()
        records = replace(self._chosen, work=work, tally=tally)
        if isinstance(self.format_.write, InRows):
            return Made([*self.format_.write.made(records, self._options)], tally)
        files = self._written(records, tally)
        if self.format_.by_article == "files":
            return Made(files[len(self._of_nothing) :], tally)
        opening, closing = self._frame()
        path, content = files[-1]
        body = content.removeprefix(opening).removesuffix(closing)
        return Made([(path, body.removesuffix(b"\n") if self.format_.by_article == "list" else body)], tally)

    def _written(self, records: Iterable[ClaimRecord], tally: Tally) -> list[tuple[str, bytes]]:
        files = self.format_.write(records, self._options, tally.losses)
        return [(path, b"".join(chunks)) for path, chunks in files]

    def _frame(self) -> tuple[bytes, bytes]:
        """What stands before all records in the last file, and what stands behind them."""
        _, frame = self._of_nothing[-1]
        if self.format_.by_article == "lines":
            return frame, b""
        opening, closing = frame.rsplit(b"]", 1)
        return opening.rstrip(b"\n"), b"]" + closing

    def files(self, made: Iterable[Sequence[Any]]) -> Files:
        """All files, of what the batches add in their order."""
        if isinstance(self.format_.write, InRows):
            yield from self.format_.write.written(chain.from_iterable(made), self._options, self._chosen.tally.losses)
            return
        if self.format_.by_article == "files":
            for path, content in chain(self._of_nothing, chain.from_iterable(made)):
                yield path, [content]
            return
        *before, (last, _) = self._of_nothing
        for path, content in before:
            yield path, [content]
        yield last, self._pieces(made)

    def _pieces(self, made: Iterable[Sequence[tuple[str, bytes]]]) -> Iterator[bytes]:
        opening, closing = self._frame()
        is_list = self.format_.by_article == "list"
        numbering = [_Numbering(pattern) for pattern in self.format_.numbered]
        yield opening
        some = False
        for ((_, body),) in made:
            for numbers in numbering:
                body = numbers.going_on(body)
            if body:
                yield b"," + body if is_list and some else body
                some = True
        if is_list:
            _, frame = self._of_nothing[-1]
            yield b"\n" + closing if some else frame.removeprefix(opening)


class _Numbering:
    """Numbers that count through a file from 1, of which each batch begins anew."""

    def __init__(self, pattern: str) -> None:
        self._numbers = re.compile(pattern.encode())
        self._before = self._reached = 0

    def going_on(self, body: bytes) -> bytes:
        """What a batch adds, with the numbers that follow those before it."""
        self._before = self._reached
        return self._numbers.sub(self._moved, body)

    def _moved(self, match: re.Match[bytes]) -> bytes:
        # Patterns that begin with what stands before are searched many times as fast as those that look behind.
        number = self._before + int(match[2])
        self._reached = max(self._reached, number)
        return b"%b%d" % (match[1], number)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Makes batches in another process, of the database as it was when this ledger entry was the last."""

    path: Path
    format_: str
    choice: Choice
    part: str
    last: int

    def __call__(self, work: Sequence[Work]) -> Made:
        if not _opened or _opened[0][0] != self:
            _opened[:] = [(self, self._begun())]
        ((_, maker),) = _opened
        return maker.made(work)

    def _begun(self) -> _Maker:
        store = beside(self.path)
        store.connection.execute("begin")
        if ledger.last_key(store) != self.last:
            store.close()
            raise StoreError(f"{self.path}: something was decided meanwhile")
        format_ = FORMATS[self.format_]
        chosen = replace(chosen_of(store, format_, self.choice, Tally()), part=self.part)
        return _Maker(format_, chosen, options_of(store, format_, self.choice))


_opened: list[tuple[_Elsewhere, _Maker]] = []
"""What this process makes, for whom it works."""
