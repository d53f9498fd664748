"""Uniting databases that were worked in apart: from files, which are never changed, into the project's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.model.late import dataclass
from annotator.model.source import SourceEntity
from annotator.model.uniting import Conflict, Knowledge, conflicts
from annotator.store import Store, ledger, open_store, project, renaming, sources, uniting
from annotator.store.file.foreign import check_foreign, copy_foreign
from annotator.temporary import temporary_folder, told_as_temporary
from annotator.workflow import same_sources
from annotator.workflow.renaming import circles_cut


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of one file: what came in, and what is to be looked at afterwards.

    `conflicts` counts, by reviewer, registers that she gave two values without knowing of the other. `doubled`
    counts the sources that another one of the same name and kind could stand for, and `alike` are groups of others that
    may be one: they are proposed, and never joined by themselves. `circles` are the reviewers who
    were renamed in a circle: each stands under the first name, and is not renamed to the second.
    """

    path: Path
    entries: int
    texts: int
    purged: int
    same_file: bool
    conflicts: Counter[str]
    doubled: int
    alike: Sequence[Sequence[SourceEntity]]
    circles: Sequence[tuple[str, str]] = ()


def merge(store: Store, paths: Sequence[Path], reviewer: str | None) -> Iterator[Merged]:
    """Unite the files with the store, one after another; each is a transaction of its own.

    Raises DecisionRefused for who does not lead the project, and a StoreError for a file that cannot be taken; what
    was united before stays.
    """
    project.load_project(store).check_lead(reviewer, "merging databases")
    for path in paths:
        with _opened_copy(path) as other:
            same = other.database_id == store.database_id
            united = uniting.unite(store, other)
        found = Counter(conflict.standing.reviewer or "" for conflict in all_conflicts(store))
        registry = sources.registry(store)
        doubled = same_sources.count(registry)
        alike = same_sources.alike(registry)
        yield Merged(path, united.entries, united.texts, united.purged, same, found, doubled, alike, circles_cut(store))


@contextmanager
def _opened_copy(path: Path) -> Iterator[Store]:
    """The database of somebody else's file, copied and looked at before anything is asked of it."""
    with temporary_folder() as folder:
        copy = folder / "other.db"
        copy_foreign(path, copy)
        check_foreign(copy, path)
        with closing(open_store(copy, create=False)) as store:
            check_foreign(copy, path, store.connection)
            yield Store(store.connection, path, store.database_id, store.scheme, store.file)


def rehearse(store: Store, paths: Sequence[Path], reviewer: str | None) -> list[Merged]:
    """What `merge` would do, tried on a copy of the project."""
    with temporary_folder() as folder, told_as_temporary():
        trial = folder / "trial.db"
        copy_foreign(store.path, trial)
        with closing(open_store(trial)) as copy:
            return list(merge(copy, paths, reviewer))


def all_conflicts(store: Store, reviewer: str | None = None) -> Iterator[Conflict]:
    """What a reviewer (or everybody) decided in two ways and has not settled since, in shown articles."""
    merges, renamings = list(uniting.merges(store)), renaming.by_name(store)
    if not merges and not renamings:
        return
    knowledge = Knowledge(merges, renamings)
    for name, article_id in uniting.decided_apart(store, reviewer):
        yield from conflicts(ledger.entries_of(store, name, article_id), knowledge)
