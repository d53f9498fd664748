"""The ledger followed article by article, each entry read once: whether it is as it was written, and what it makes.

What each reviewer's entries on an article make is compared with what is stored of it at once; what is everybody's is
folded into a copy of its own, and compared when all was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.model.late import dataclass
from annotator.model.ledger import Entry, names_sources
from annotator.store import aliases, articles, project, sources
from annotator.store.connection import Store, stored_scheme
from annotator.store.rebuilding import differences
from annotator.store.soundness import ledger_check
from annotator.store.soundness.article_check import ArticleCheck, ReadEntry, Terms, differing, examined, why
from annotator.store.soundness.damage import UNREADABLE
from annotator.store.soundness.problem import Problem
from annotator.store.work_rows import TABLES, Work

_OWN = (*TABLES, "progress")


@dataclass(frozen=True, slots=True)
class Examined:
    """What an article's check found, apart from what its entries make that is everybody's.

    `name` says which article it is, `worked` are the reviewers' works that were compared, and `shared` the entries that
    may make something that is everybody's; what was found of the entries comes before what those make.
    """

    name: str
    of_entries: Sequence[Problem]
    shared: Sequence[ReadEntry]
    of_work: Sequence[Problem]
    worked: frozenset[Work]

    def without_spans(self) -> Examined:
        """The same for another process, which needs no more of an article's blocks and sentences than their number."""
        shared = [
            replace(each, entry=replace(each.entry, payload=_without_spans(each.entry.payload))) for each in self.shared
        ]
        return replace(self, shared=shared)


def _without_spans(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    sentences = payload.get("sentences")
    if not isinstance(sentences, list):
        return payload
    return {**{name: value for name, value in payload.items() if name != "blocks"}, "sentences": range(len(sentences))}


class Following:
    """Follows the ledger of a store; `copy` is what `rebuilding.shared_copy` made of it."""

    def __init__(self, store: Store, copy: Store) -> None:
        self._store, self._copy = store, copy
        self._terms = Terms(store, copy, frozenset(), {})
        self._sources = sources.Rebuilding(copy)
        self._worked: set[Work] = set()

    def entries_of_no_article(self) -> Iterator[Problem]:
        """The entries that are about the whole project; to be examined first."""
        try:
            # All else is read in these terms.
            project.name_reviewers(self._copy)
            connected = aliases.all_connected(self._store.connection)
            self._terms = replace(self._terms, connected=connected, names=aliases.now_called(self._copy.connection))
        except UNREADABLE as error:
            yield Problem("projection", f"the reviewers' names cannot be rebuilt from the ledger: {why(error)}")
        for line in ledger_check.lines_of_no_article(self._store):
            read: list[ReadEntry] = []
            yield from examined(self._store, [line], read)
            yield from self._fold_shared("the project", read)
        try:
            project.unite_assignments(self._copy)
            self._copy = replace(self._copy, scheme=stored_scheme(self._copy.connection, self._copy.path))
            self._terms = replace(self._terms, copy=self._copy)
        except UNREADABLE as error:
            yield Problem("projection", f"the project cannot be rebuilt from the ledger: {why(error)}")

    def article(self, ordinal: int) -> Iterator[Problem]:
        """An article with its entries, and everybody's work on it."""
        check = ArticleCheck(self._terms, ordinal)
        yield from check.entries()
        yield from self._fold_article(check.name, check.read)
        yield from check.work()
        self._worked |= check.worked

    def examined(self, ordinal: int) -> Examined:
        """The same, but for what its entries make that is everybody's, for `taken`, here or in another process."""
        check = ArticleCheck(self._terms, ordinal)
        of_entries = list(check.entries())
        shared = [each for each in check.read if _may_be_shared(each.entry)]
        return Examined(check.name, of_entries, shared, list(check.work()), frozenset(check.worked))

    def taken(self, article: Examined) -> Iterator[Problem]:
        """What `article` says of an article that was examined before, after those that come before it."""
        yield from article.of_entries
        yield from self._fold_article(article.name, article.shared)
        yield from article.of_work
        self._worked |= article.worked

    def rest(self) -> Iterator[Problem]:
        """What is everybody's, and what is stored that no entry speaks of; when all articles were examined."""
        try:
            self._sources.settle()
        except UNREADABLE as error:
            yield Problem("projection", f"the sources cannot be rebuilt from the ledger: {why(error)}")
        for table, is_stored, row in differences(self._copy):
            yield differing(table, row, is_stored=is_stored)
        for table in _OWN:
            works = self._store.connection.execute(f"select distinct article, reviewer from {table}").fetchall()
            for work in works:
                if work not in self._worked:
                    rows = f"select * from {table} where article = ? and reviewer = ?"
                    for row in self._store.connection.execute(rows, work):
                        yield differing(table, repr(row), is_stored=True)

    def _fold_article(self, name: str, read: Iterable[ReadEntry]) -> Iterator[Problem]:
        self._sources.forget_entries()
        yield from self._fold_shared(name, read)

    def _fold_shared(self, name: str, read: Iterable[ReadEntry]) -> Iterator[Problem]:
        try:
            for each in read:
                self._sources.note(each.entry, each.key)
                if each.entry.kind == "shared":
                    articles.project_shared(self._copy, each.entry)
        except UNREADABLE as error:
            yield Problem("projection", f"{name}: it cannot be rebuilt from the ledger: {why(error)}")


def _may_be_shared(entry: Entry) -> bool:
    """Whether an entry is shared, names a source, or takes back one that may."""
    if entry.kind == "shared" or entry.undoes is not None:
        return True
    try:
        return names_sources(entry)
    except UNREADABLE:
        # Said where it is folded.
        return True
