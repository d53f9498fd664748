"""Fact-checks and queries of files, matched without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from annotator.errors import ImportFailure
from annotator.importers.checks import CheckOptions, read_checks
from annotator.importers.checks.rows import objects_of
from annotator.importers.files import called
from annotator.model.check import Check, Sought
from annotator.workflow.fact_checks.check_matching import Checks, in_a_language, index_of, with_vectors

Complain = Callable[[ImportFailure], None]


@contextmanager
def checks_in_memory(path: str, complain: Complain, model: str = "") -> Iterator[Checks]:
    """An index over the checks of a file; what of it is none is complained of.

    With a model (its name or folder) the checks have vectors too; raises ConfigError where it cannot be loaded.
    """
    if not model:
        with index_of(_latest(_sound(path, complain))) as checks:
            yield checks
        return
    # Deferred: it is heavy, and needs an extra.
    from annotator.matching.embedding import load_embedder

    embedder = load_embedder(model)
    given = list(in_a_language(_latest(_sound(path, complain))))
    with index_of(given) as checks:
        yield with_vectors(checks, given, embedder)


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
            complain(ImportFailure(called(path), 'a query needs "id" and "text"', f"line {number}"))


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
