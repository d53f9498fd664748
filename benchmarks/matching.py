"""How well claims are matched to published fact-checks, beside plain BM25 in the same run, and how fast.

Run it with `python -m benchmarks.matching [DATA.jsonl[.gz]] [--model NAME|FOLDER] [--fit] [--quick]`; it needs
scikit-learn (the extra `bench`). DATA has the checks and queries of CLEF CheckThat! 2022, task 2, in rows of {"kind":
"check", "set", "id", "claim", "title", "speaker", "date"} and {"kind": "query", "set", "id", "text", "relevant"}. For
each set: MAP@5, P@1 and R@5 of FTS5's BM25 over claim and title (stemmed, each word once), of the program with its
weights (fitted on these very queries), and cross-validated: with weights fitted on the other folds. Then the time of
a query against 200,000 checks that are put together from halves of the collection's. With --model a sentence-
embedding model is asked as well, which reads all checks (a quarter of an hour for all of them), and times are left
out. With --fit the weights of words, or those with a model, are fitted anew and written.

Without DATA it runs on the invented collection of the tests, where the figures of quality mean little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.matching.ranking import weigh
from annotator.matching.reading import read_sought
from annotator.matching.weights import SCORED, SUM, weights
from annotator.model.check import Check, Sought
from annotator.workflow.fact_checks.check_matching import (
    Checks,
    by_vectors,
    in_a_language,
    index_of,
    matches,
    with_vectors,
)
from benchmarks.apparatus.rank_fitting import Query, average_precision, calibrated, cross_validated, fitted, matrix
from benchmarks.apparatus.table import percentile, print_table

if TYPE_CHECKING:
    from annotator.matching.embedding import Embedder

INVENTED = Path(__file__).parents[1] / "tests" / "data" / "fact_checks.jsonl"
WEIGHTS = Path(__file__).parents[1] / "annotator" / "matching" / "weights.toml"
MANY = 200_000
_HEAD = ("", "MAP@5", "P@1", "R@5", "queries")


@dataclass(frozen=True, slots=True)
class Task:
    """A collection and its queries with the ids of the checks that are right."""

    name: str
    checks: list[Check]
    queries: list[tuple[str, str, frozenset[str]]]


def tasks_of(path: Path | None) -> list[Task]:
    """The sets of a data file, or the invented collection, each title of which is a query for its claim."""
    opener = gzip.open if path is not None and path.suffix == ".gz" else open
    with opener(path or INVENTED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if path is None:
        checks = [Check(row["url"], row["claim"], date=row["date"], speaker=row["speaker"]) for row in rows]
        return [Task("invented", checks, [(row["url"], row["title"], frozenset([row["url"]])) for row in rows[::6]])]
    return [_task(name, [row for row in rows if row["set"] == name]) for name in sorted({row["set"] for row in rows})]


def _task(name: str, rows: Sequence[dict[str, Any]]) -> Task:
    checks = [
        Check(row["id"], row["claim"], row["title"], row["speaker"], row["date"])
        for row in rows
        if row["kind"] == "check"
    ]
    queries = [(row["id"], row["text"], frozenset(row["relevant"])) for row in rows if row["kind"] == "query"]
    return Task(name, checks, queries)


def by_bm25(task: Task) -> list[list[str]]:
    """The five best of each query by FTS5's own BM25 over claim and title, each word of the query asked for once.

    Words are stemmed, as FTS5 can: measured, that is the best of what it comes with.
    """
    with sqlite3.connect(":memory:") as connection:
        connection.execute(
            "create virtual table found using fts5 (id unindexed, claim, title, tokenize = 'porter unicode61')"
        )
        connection.executemany("insert into found values (?, ?, ?)", [(c.id, c.claim, c.title) for c in task.checks])
        asked = (" OR ".join(f'"{word}"' for word in _words(text)) for _, text, _ in task.queries)
        wanted = "select id from found where found match ? order by rank limit 5"
        return [[row[0] for row in connection.execute(wanted, [each])] if each else [] for each in asked]


def _words(text: str) -> Iterable[str]:
    """The distinct words of a text in lower case, in its order: a word that is asked for twice would count twice."""
    return dict.fromkeys("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def weighed(checks: Checks, name: str, queries: Sequence[tuple[str, str, frozenset[str]]]) -> Iterator[Query]:
    """Each query's candidates with their features, as the program weighs them."""
    size = checks.index.size()
    for _, text, relevant in queries:
        sought = Sought(text, language=checks.language)
        reading, _ = read_sought(sought, checks.language or "en")
        candidates = checks.index.candidates(reading.distinct)
        likeness, near = by_vectors(checks.embedded, sought, candidates)
        found, _, _ = weigh(
            sought,
            candidates,
            counts=checks.index.counts,
            checks=size.checks,
            average=size.average,
            likeness=likeness,
            near=near,
        )
        yield Query(name, relevant, [each.check.id for each in found], [each.figures for each in found])


def figures(ranked: Sequence[Sequence[str]], relevant: Sequence[frozenset[str]]) -> list[str]:
    """MAP@5, P@1, R@5 and how many queries."""
    rows = [
        (average_precision(names, right), float(bool(set(names[:1]) & right)), float(bool(set(names[:5]) & right)))
        for names, right in zip(ranked, relevant, strict=True)
    ]
    return [*(f"{statistics.fmean(column):.4f}" for column in zip(*rows, strict=True)), str(len(rows))]


def ordered(query: Query, order: dict[str, float]) -> list[str]:
    """A query's candidates by weights, best first."""
    sums = {
        id_: sum(weight * row[name] for name, weight in order.items())
        for id_, row in zip(query.ids, query.figures, strict=True)
    }
    return sorted(sums, key=lambda id_: (-sums[id_], id_))


def many_checks(checks: Sequence[Check], number: int) -> Iterator[Check]:
    """So many checks, each put together from the halves of two."""
    drawing = random.Random(0)
    for at in range(number):
        one, other = drawing.choice(checks), drawing.choice(checks)
        yield replace(
            one, id=str(at), url="", claim=_halves(one.claim, other.claim), title=_halves(other.title, one.title)
        )


def _halves(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join([*first[: len(first) // 2], *second[len(second) // 2 :]])


def timed(checks: Checks, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each query: of the clock, and of this process."""
    clock, process = [], []
    for text in texts:
        began, used = time.perf_counter(), time.process_time()
        matches(checks, Sought(text), 5)
        clock.append(1000 * (time.perf_counter() - began))
        process.append(1000 * (time.process_time() - used))
    return clock, process


def fit(queries: Sequence[Query], strangers: Sequence[Query], table: str) -> str:
    """The table of weights that these queries give; `strangers` are queries to collections without their check."""
    names = list(queries[0].figures[0])
    order = dict(zip(names, fitted(queries, names), strict=True))
    tops, right = [], []
    for query in [*queries, *strangers]:
        if query.ids:
            sums = matrix(query, names) @ list(order.values())
            best = int(sums.argmax())
            tops.append(tuple(sums[best] if name == SUM else query.figures[best][name] for name in SCORED))
            right.append(query.ids[best] in query.relevant)
    *score, bias = calibrated(tops, right)
    lines = [f"[{table}]", f"bias = {bias:.4f}", "", f"[{table}.order]"]
    lines += [f"{name} = {weight:.4f}" for name, weight in order.items()]
    lines += ["", f"[{table}.score]", *(f"{name} = {weight:.4f}" for name, weight in zip(SCORED, score, strict=True))]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and with --fit write the weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--model", help="a sentence-embedding model, by name or folder (the extra `embeddings`)")
    parser.add_argument("--fit", action="store_true", help="fit the weights anew and write them")
    parser.add_argument("--quick", action="store_true", help="show in seconds that it runs")
    options = parser.parse_args()
    if options.fit and options.data is None:
        parser.error("--fit needs DATA")
    tasks = tasks_of(options.data)
    table = "embeddings" if options.model else "words"
    found, strangers = all_weighed(tasks, loaded(options.model) if options.model else None, fits=options.fit)
    everything = [query for task in tasks for query in found[task.name]]
    if options.fit:
        write_weights(table, fit(everything, strangers, table))
    print_quality(tasks, found, cross_validated(everything, list(weights(table).order)), table)
    if not options.model:
        print_speed(tasks, 2_000 if options.quick else MANY)


def all_weighed(
    tasks: Sequence[Task], embedder: Embedder | None, *, fits: bool
) -> tuple[dict[str, list[Query]], list[Query]]:
    """The queries of each task with their candidates; where weights are fitted, others' as well, that have no check."""
    found: dict[str, list[Query]] = {}
    strangers: list[Query] = []
    for at, task in enumerate(tasks):
        given = list(in_a_language(iter(task.checks)))
        with index_of(given) as index:
            checks = with_vectors(index, given, embedder) if embedder is not None else index
            found[task.name] = list(weighed(checks, task.name, task.queries))
            if fits:
                other = tasks[at - 1].queries[::4]
                strangers += weighed(checks, task.name, [(id_, text, frozenset()) for id_, text, _ in other])
    return found, strangers


def loaded(model: str) -> Embedder:
    """The model; imported only where one is asked for."""
    from annotator.matching.embedding import load_embedder

    return load_embedder(model)


def write_weights(table: str, made: str) -> None:
    """Put the weights that were fitted in the place of those of that table."""
    WEIGHTS.write_text(with_table(WEIGHTS.read_text(encoding="utf-8"), table, made), encoding="utf-8")
    weights.cache_clear()


def with_table(text: str, table: str, made: str) -> str:
    """The file of weights with another table; the other one and what is said of both stay."""
    head, words, note, embeddings = sections(text)
    parts = {"words": words, "embeddings": embeddings} | {table: made.rstrip("\n")}
    return f"{head}\n\n{parts['words']}\n\n{note}\n{parts['embeddings']}\n"


def sections(text: str) -> tuple[str, str, str, str]:
    """What stands before the two tables of weights, the first one, what is said of the second, and that."""
    head, _, tables = text.partition("[words]")
    first, _, embeddings = tables.partition("[embeddings]")
    lines = first.splitlines()
    note = "\n".join(line for line in lines if line.startswith("#"))
    words = "\n".join(line for line in lines if not line.startswith("#"))
    return head.rstrip("\n"), f"[words]{words.rstrip()}", note, f"[embeddings]{embeddings.rstrip()}"


def print_quality(
    tasks: Sequence[Task], found: dict[str, list[Query]], validated: list[list[str]], table: str = "words"
) -> None:
    """The table of the three rankings for each set."""
    rows: list[list[str]] = []
    at = 0
    for task in tasks:
        queries = found[task.name]
        relevant = [query.relevant for query in queries]
        own = [ordered(query, dict(weights(table).order)) for query in queries]
        rows.append([f"{task.name}: FTS5's BM25 over claim and title", *figures(by_bm25(task), relevant)])
        rows.append([f"{task.name}: as it comes", *figures(own, relevant)])
        rows.append([f"{task.name}: cross-validated", *figures(validated[at : at + len(queries)], relevant)])
        at += len(queries)
    print_table("Claims to the fact-checks that are about the same:", _HEAD, rows)


def print_speed(tasks: Sequence[Task], number: int) -> None:
    """The table of times against many checks."""
    rows: list[list[str]] = []
    for task in tasks:
        began = time.process_time()
        with index_of(many_checks(task.checks, number)) as checks:
            made = time.process_time() - began
            clock, process = timed(checks, [text for _, text, _ in task.queries[:200]])
            rows.append(
                [
                    f"{task.name}: {number:,} checks",
                    *(f"{percentile(times, percent):.1f}" for times in (clock, process) for percent in (50, 95)),
                    f"{made:.0f}",
                ]
            )
    head = ("", "p50 ms", "p95 ms", "p50 ms of the process", "p95", "s to index them")
    print_table("A query, with five matches and why:", head, rows)


if __name__ == "__main__":
    main()
