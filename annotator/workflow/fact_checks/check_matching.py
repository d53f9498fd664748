"""Fact-checks matched to texts: the ranking over an index of them, in a database or in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from annotator.matching import rank, read, read_sought, stemming_language
from annotator.model.check import Check, Match, Sought
from annotator.model.language.languages import guessed_language
from annotator.model.late import dataclass
from annotator.store.fact_checks.check_index import Size, Words, in_memory

if TYPE_CHECKING:
    from annotator.matching.embedding import Embedder, Vectors

_SAMPLE = 200
"""By so many of its checks the language of a collection is guessed that does not say it."""


Likenesses = Mapping[str, tuple[float, float]]
"""By a check's id the cosines of what is looked for with its claim and with its title."""


class Index(Protocol):
    """Checks by their words: in a database, or in memory."""

    def size(self) -> Size:
        """How much it holds."""

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many checks each of the words stands; words that are in none are left out."""

    def candidates(self, words: Iterable[str]) -> list[Check]:
        """The checks that share rare words with these, the best first."""


class Likeness(Protocol):
    """What a model says of checks, wherever their vectors are."""

    def like(self, sought: Sought, candidates: Sequence[Check]) -> tuple[Sequence[Check], Likenesses]:
        """The nearest checks, best first, and the likenesses of those and of the candidates."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Checks with their vectors, and the model that made them."""

    checks: Sequence[Check]
    vectors: Vectors
    embedder: Embedder

    def like(self, sought: Sought, candidates: Sequence[Check]) -> tuple[Sequence[Check], Likenesses]:
        """The nearest checks, best first, and the likenesses of those and of the candidates."""
        from annotator.matching.embedding import vector_of

        places, told = self.vectors.near(vector_of(sought, self.embedder))
        nearest = [self.checks[at] for at in places if not self.checks[at].withdrawn]
        return nearest, told([check.id for check in (*candidates, *nearest)])


@dataclass(frozen=True, slots=True)
class Checks:
    """An index of checks, the language that most of them are in, and what a model says of them where one is used."""

    index: Index
    language: str
    embedded: Likeness | None = None


def with_vectors(checks: Checks, given: Sequence[Check], embedder: Embedder) -> Checks:
    """An index of these checks that a model is asked of as well: it reads each of them."""
    # Deferred: it is heavy, and needs an extra.
    from annotator.matching.embedding import vectors_of

    return replace(checks, embedded=Embedded(given, vectors_of(given, embedder), embedder))


@contextmanager
def index_of(given: Iterable[Check]) -> Iterator[Checks]:
    """An index in memory over these checks, no two of which have one key."""
    with in_memory() as index:
        languages: Counter[str] = Counter()

        def read_one(check: Check) -> tuple[Check, Words]:
            languages[check.language] += 1
            return check, words_of(check)

        with index.filling():
            index.add(map(read_one, in_a_language(iter(given))))
        yield Checks(index, max(languages, key=lambda each: (languages[each], each), default=""))


def words_of(check: Check) -> Words:
    """The words of a check's claim and its title, as the index takes them."""
    language = stemming_language(check.language)
    return read(check.claim, language).words, read(check.title, language).words


def in_a_language(checks: Iterator[Check]) -> Iterator[Check]:
    """The checks, those that do not say their language with the one that the first of them seem to be in."""
    sample = list(islice(checks, _SAMPLE))
    guessed = guessed_language("\n".join(check.claim for check in sample if not check.language))
    for check in chain(sample, checks):
        yield check if check.language or not guessed else replace(check, language=guessed)


def matches(checks: Checks, sought: Sought, most: int) -> list[Match]:
    """The checks of an index that are most likely about the same, best first."""
    sought = sought if sought.language else replace(sought, language=checks.language)
    reading, _ = read_sought(sought, stemming_language(sought.language))
    size = checks.index.size()
    candidates = checks.index.candidates(reading.distinct)
    likeness, near = by_vectors(checks.embedded, sought, candidates)
    return rank(
        sought,
        candidates,
        counts=checks.index.counts,
        checks=size.checks,
        average=size.average,
        most=most,
        likeness=likeness,
        near=near,
    )


def by_vectors(
    embedded: Likeness | None, sought: Sought, candidates: list[Check]
) -> tuple[Likenesses | None, frozenset[str]]:
    """What a model says of each candidate, and which are nearest by it: those become candidates too."""
    if embedded is None:
        return None, frozenset()
    nearest, likeness = embedded.like(sought, candidates)
    known = {check.id for check in candidates}
    candidates += [check for check in nearest if check.id not in known]
    return likeness, frozenset(check.id for check in nearest)
