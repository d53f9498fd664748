"""Published fact-checks matched to texts without a database: an index in memory, and the ranking over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice

from annotator.errors import ImportFailure
from annotator.importers.checks import CheckOptions, read_checks
from annotator.importers.checks.rows import objects_of
from annotator.matching import rank, read, read_sought, stemming_language
from annotator.model.check import Check, Match, Sought
from annotator.model.languages import guessed_language
from annotator.store.check_index import CheckIndex, in_memory

Complain = Callable[[ImportFailure], None]
_SAMPLE = 200
"""By so many of its checks the language of a collection is guessed that does not say it."""


@dataclass(frozen=True, slots=True)
class Checks:
    """An index of checks, and the language that most of them are in."""

    index: CheckIndex
    language: str


@contextmanager
def checks_in_memory(path: str, complain: Complain) -> Iterator[Checks]:
    """An index over the checks of a file; what of it is none is complained of."""
    with index_of(_latest(_sound(path, complain))) as checks:
        yield checks


@contextmanager
def index_of(given: Iterable[Check]) -> Iterator[Checks]:
    """An index in memory over these checks, no two of which have one key."""
    with in_memory() as index:
        languages: Counter[str] = Counter()
        with index.filling():
            index.add(with_words(check, languages) for check in in_a_language(iter(given)))
        yield Checks(index, max(languages, key=lambda each: (languages[each], each), default=""))


def with_words(check: Check, languages: Counter[str]) -> tuple[Check, tuple[str, ...], tuple[str, ...]]:
    """The check with the words of its claim and its title, as the index takes them; its language is counted."""
    languages[check.language] += 1
    language = stemming_language(check.language)
    return check, read(check.claim, language).words, read(check.title, language).words


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
    return rank(
        sought,
        checks.index.candidates(reading.distinct),
        counts=checks.index.counts,
        checks=size.checks,
        average=size.average,
        most=most,
    )


def queries_of(path: str, complain: Complain) -> Iterator[tuple[str | int, Sought]]:
    """The ids and texts of a file of queries: JSON Lines with "id", "text" and perhaps speaker, date and language."""
    for item in objects_of(path):
        if isinstance(item, ImportFailure):
            complain(item)
            continue
        number, row = item
        id_, text = row.get("id"), row.get("text")
        if isinstance(id_, str | int) and not isinstance(id_, bool) and isinstance(text, str):
            said = {name: row.get(name) for name in ("speaker", "date", "language")}
            yield id_, Sought(text, **{name: each for name, each in said.items() if isinstance(each, str)})
        else:
            complain(ImportFailure(path, 'a query needs "id" and "text"', f"line {number}"))


def _sound(path: str, complain: Complain) -> Iterator[Check]:
    for item in read_checks(path, CheckOptions()):
        if isinstance(item, ImportFailure):
            complain(item)
        else:
            yield item


def _latest(checks: Iterable[Check]) -> Iterator[Check]:
    """Each fact-check once: of several rows about one the newest, and of equally new ones the last."""
    by_key: dict[str, Check] = {}
    for check in checks:
        known = by_key.get(check.key)
        if known is None or check.latest >= known.latest:
            by_key[check.key] = check
    yield from by_key.values()
