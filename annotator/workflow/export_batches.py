"""A large export is made by this process and another together; its bytes are those of one that is made alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from annotator.errors import StoreError
from annotator.exporters import FORMATS, ExportOptions, Files, Format
from annotator.model.late import NamedTuple, dataclass
from annotator.processes import cores
from annotator.store import ledger, records, sources
from annotator.store.read_only import beside
from annotator.store.records import Work
from annotator.workflow.chosen import Choice, Chosen, Tally, chosen_of, options_of
from annotator.workflow.two_at_work import made_by_two

MANY = 10_000
"""From so many claims on, starting a process costs less than it saves."""
BATCH = 500
"""About so many claims are written at a time: calls are few, and what waits for its turn needs little memory."""


class Made(NamedTuple):
    """What a batch adds to the file, and the account of it."""

    body: bytes
    tally: Tally


def files_of(format_: Format, chosen: Chosen, options: ExportOptions) -> Files:
    """The files that the format makes of the records; raises ExportFailure."""
    work = _work_to_share(format_, chosen)
    if work:
        return iter([("", _pieces(format_, chosen, options, work))])
    return format_.write(chosen, options, chosen.tally.losses)


def _work_to_share(format_: Format, chosen: Chosen) -> Sequence[Work]:
    """What there is to write where it is much and two can write it; else nothing."""
    store = chosen.store
    # The other process has to see what this one sees, which is of one moment in a transaction alone.
    if not (format_.by_article and chosen.article_ids and store.file and store.connection.in_transaction):
        return ()
    if cores() < 2:
        return ()
    work = records.work(store, chosen.reviewers, chosen.article_ids)
    return work if sum(each.claims for each in work) >= MANY else ()


def _pieces(format_: Format, chosen: Chosen, options: ExportOptions, work: Sequence[Work]) -> Iterator[bytes]:
    store, tally = chosen.store, chosen.tally
    known = replace(chosen, registry=sources.registry(store))
    there = _Elsewhere(store.path, format_.name, chosen.choice, chosen.part, ledger.last_key(store))
    yield _heading(format_, options)
    tally.parts[chosen.part] = 0
    for batch, made in made_by_two(_batches(work), partial(_made, format_, known, options), there):
        tally.add(made.tally)
        if tally.reached is not None:
            tally.reached(chosen.places[batch[-1].article_id], len(chosen.places))
        yield made.body


def _batches(work: Sequence[Work]) -> Iterator[list[Work]]:
    """The work in its order, divided between articles."""
    batch: list[Work] = []
    for each in work:
        full = sum(earlier.claims for earlier in batch) >= BATCH
        if full and each.article_id != batch[-1].article_id:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _heading(format_: Format, options: ExportOptions) -> bytes:
    """What stands before all records."""
    return b"".join(chain.from_iterable(chunks for _, chunks in format_.write((), options, Tally().losses)))


def _made(format_: Format, chosen: Chosen, options: ExportOptions, work: Sequence[Work]) -> Made:
    tally = Tally()
    ((_, chunks),) = format_.write(replace(chosen, work=work, tally=tally), options, tally.losses)
    return Made(b"".join(chunks).removeprefix(_heading(format_, options)), tally)


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
            _opened[:] = [(self, *self._open())]
        ((_, chosen, options),) = _opened
        return _made(FORMATS[self.format_], chosen, options, work)

    def _open(self) -> tuple[Chosen, ExportOptions]:
        store = beside(self.path)
        store.connection.execute("begin")
        if ledger.last_key(store) != self.last:
            store.close()
            raise StoreError(f"{self.path}: something was decided meanwhile")
        format_ = FORMATS[self.format_]
        chosen = replace(chosen_of(store, format_, self.choice, Tally()), part=self.part)
        return replace(chosen, registry=sources.registry(store)), options_of(store, format_, self.choice)


_opened: list[tuple[_Elsewhere, Chosen, ExportOptions]] = []
"""What this process makes, for whom it works."""
