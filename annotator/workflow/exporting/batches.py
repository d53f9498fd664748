"""A large export is made by this process and another together; its bytes are those of one that is made alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.errors import StoreError
from annotator.exporters import ExportOptions, Files, Format, InRows
from annotator.model.late import NamedTuple, dataclass
from annotator.processes import cores
from annotator.store import ledger, records, sources
from annotator.store.file.read_only import beside
from annotator.store.records import Work
from annotator.workflow.exporting.chosen import Choice, Chosen, Tally, chosen_of, options_of
from annotator.workflow.exporting.in_bytes import InBytes
from annotator.workflow.formats import FORMATS
from annotator.workflow.two_at_work import made_by_two

MANY = 10_000
"""From so many claims on, starting a process costs less than it saves."""
BATCH = 500
"""About so many claims are written at a time: calls are few, and what waits for its turn needs little memory."""


class Made(NamedTuple):
    """What a batch adds to the export, which the format puts together, and the account of it."""

    added: Sequence[Any]
    tally: Tally


def files_of(format_: Format, chosen: Chosen, options: ExportOptions) -> Files:
    """The files that the format makes of the records; raises ExportFailure."""
    work = _work_to_share(format_, chosen)
    if work:
        maker = _Maker(format_, chosen, options)
        return maker.files(_made_in_batches(format_, chosen, work, maker))
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


def _made_in_batches(format_: Format, chosen: Chosen, work: Sequence[Work], maker: _Maker) -> Iterator[Sequence[Any]]:
    """What each batch adds, in their order, counted when it is taken."""
    store, tally = chosen.store, chosen.tally
    there = _Elsewhere(store.path, format_.name, chosen.choice, chosen.part, ledger.last_key(store))
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
        self._steps = format_.write if isinstance(format_.write, InRows) else InBytes(format_, options)
        self._chosen, self._options = replace(chosen, registry=sources.registry(chosen.store)), options

    def made(self, work: Sequence[Work]) -> Made:
        """What this work adds to the export, and the account of it."""
        tally = Tally()
        records = replace(self._chosen, work=work, tally=tally)
        return Made([*self._steps.made(records, self._options, tally.losses)], tally)

    def files(self, made: Iterable[Sequence[Any]]) -> Files:
        """All files, of what the batches add in their order."""
        return self._steps.written(chain.from_iterable(made), self._options, self._chosen.tally.losses)


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
