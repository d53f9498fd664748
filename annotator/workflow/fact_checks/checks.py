"""Collections of published fact-checks in a project: imported, listed, removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice
from pathlib import PurePath

from annotator.errors import ImportFailure, NotFoundError
from annotator.importers.checks import CheckOptions, read_checks
from annotator.importers.files import called
from annotator.model.check import Check, Match, Sought
from annotator.model.late import dataclass
from annotator.store import Store
from annotator.store.fact_checks import checks as stored
from annotator.store.fact_checks.check_vectors import kept_model, settle
from annotator.store.fact_checks.checks import Collection, Outcome
from annotator.workflow.fact_checks.check_matching import Checks, in_a_language, matches, words_of
from annotator.workflow.fact_checks.check_vectors import here, kept_likeness

NO_PUBLISHER = "(no publisher)"
"""What stands for the publisher of fact-checks that name none."""

_ASKED_TOGETHER = 64
"""So many queries are looked up in one pass over all vectors."""


@dataclass(slots=True)
class ImportedChecks:
    """What became of a file's rows so far."""

    name: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows were checks."""
        return self.outcomes.total()


def import_checks(
    store: Store, path: str, options: CheckOptions, name: str = ""
) -> Iterator[ImportedChecks | ImportFailure]:
    """Import a file's fact-checks, in short transactions: what became of them so far after each, and every bad row.

    The same file again changes nothing. A row that is newer than the one about the same fact-check takes its place.
    """
    made = ImportedChecks(name or called(PurePath(path).name))
    failures: list[ImportFailure] = []

    def sound() -> Iterator[Check]:
        for item in read_checks(path, options):
            if isinstance(item, ImportFailure):
                failures.append(item)
            else:
                yield item

    rows = ((check, words_of(check)) for check in in_a_language(sound()))
    for batch in stored.in_batches(rows):
        made.outcomes += stored.save(store, batch, made.name, words_of)
        yield from failures
        failures.clear()
        yield made
    yield from failures
    yield made


def matches_in(
    store: Store, queries: Iterable[tuple[str | int, Sought]], most: int, *, with_model: bool
) -> Iterator[tuple[str | int, list[Match]]]:
    """For each query, by its id, the project's fact-checks that are most likely about the same, best first.

    With the model what the kept vectors say counts too; the model is loaded in this process.
    """
    waiting = iter(queries)
    index, language = stored.index(store), stored.main_language(store)
    while some := list(islice(waiting, _ASKED_TOGETHER)):
        like = kept_likeness(store, [sought for _, sought in some], here) if with_model else None
        for id_, sought in some:
            yield id_, matches(Checks(index, language, like), sought, most)


def model_wanted(store: Store) -> str:
    """The name or folder of the model that vectors are kept of and of which some are missing; empty for none."""
    model = kept_model(store)
    return model.name if model is not None and not model.whole else ""


def list_checks(store: Store) -> list[Collection]:
    """What there is, by file and publisher."""
    return stored.collections(store)


def renew_index(store: Store) -> int:
    """Make the index of the fact-checks anew, in one transaction; of how many. Their vectors stay."""
    count = stored.renew_index(store, words_of)
    settle(store)
    return count


def remove_checks(store: Store, name: str) -> int:
    """Remove the checks of a file or of a publisher; how many. Raises NotFoundError where there is none."""
    # Nothing was meant by an empty name: a variable of a shell that is not set.
    removed = stored.remove(store, "" if name == NO_PUBLISHER else name, words_of) if name else 0
    if not removed:
        raise NotFoundError(f"no fact-checks of {name!r}: `annotator checks list` names files and publishers")
    settle(store)
    return removed
