"""Fills a database and works in it, as a program of its own, so that any build of the tool can be made to do it.

`python working.py STEP DATABASE NUMBERS...` prints as JSON what the step measured. The steps are the functions below.
The build is the package `annotator` that is found first; the made articles are always those of this clone.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from annotator.model.ledger import Change
from annotator.model.review import ArticleReview
from annotator.store import Store, open_store
from annotator.store import review as stored_review

Planned = tuple[str, list[Change]]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def quick(store: Store) -> None:
    """Nothing here has to outlive a power failure."""
    store.connection.execute("pragma synchronous = off")


def ids(store: Store) -> list[str]:
    """The articles' ids."""
    return [row[0] for row in store.connection.execute("select id from article order by ordinal")]


def fill(path: Path, first: int, count: int, paragraphs: int) -> dict[str, Any]:
    """Import made articles, with suggestions; bytes of text, bytes of the file, seconds and claims."""
    from annotator.workflow.ingest import ingest
    from benchmarks.apparatus.articles import made_article

    made = [made_article(number, paragraphs) for number in range(first, first + count)]
    with closing(open_store(path)) as store:
        quick(store)
        seconds = timed(lambda: list(ingest(store, made)))
        sentences = store.connection.execute("select sum(sentences) from article").fetchone()[0]
    return {
        "text": sum(len(article.text.encode()) for article in made),
        "file": size(path),
        "seconds": seconds,
        "claims": sentences,
    }


def size(path: Path) -> int:
    """Bytes of the database once its log is in it, without pages that nothing uses."""
    with closing(open_store(path)) as store:
        store.connection.execute("pragma wal_checkpoint(truncate)")
        pages, free, bytes_ = (
            store.connection.execute(f"pragma {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * bytes_)


def judged(path: Path, wanted: int) -> dict[str, Any]:
    """One reviewer settles so many claims, each by one decision, as a key does it; bytes that came with a decision."""
    before = size(path)
    took: list[float] = []
    with closing(open_store(path)) as store:
        quick(store)
        for article_id in ids(store):
            review = load(store, article_id, "ana")
            for index in range(len(review.claims)):
                if len(took) == wanted:
                    break
                action, changes, suggestions = next_decision(review, index)
                claim = review.claims[index]
                start = time.perf_counter()
                _, review = stored_review.decide(
                    store, review, "bench", action, claim, changes, suggestions=suggestions
                )
                took.append(time.perf_counter() - start)
            if len(took) == wanted:
                break
    return {"decisions": len(took), "bytes": size(path) - before, "last": sorted(took[-200:])}


def load(store: Store, article_id: str, reviewer: str) -> ArticleReview:
    """A reviewer's work on an article."""
    return stored_review.load_review(store, stored_review.load_article(store, article_id), reviewer)


def next_decision(review: ArticleReview, index: int) -> tuple[str, list[Change], tuple[str, ...]]:
    """Accept what is suggested with a verdict, or judge it: what settles a claim."""
    from annotator.errors import DecisionRefused
    from annotator.workflow import attributing, judging

    claim = review.claims[index]
    values = ("supported", "refuted", "not_enough")
    verdict = judging.verdict(review, claim, values[index % 3])
    try:
        accepted = attributing.accept(review, claim)
    except DecisionRefused:
        return "verdict", list(verdict.changes), ()
    return "accept", [*accepted.changes, *verdict.changes], tuple(accepted.suggestions)


def statistics(path: Path) -> dict[str, Any]:
    """Run `analyze`, as some programs do."""
    with closing(open_store(path)) as store:
        store.connection.execute("analyze")
    return {}


def deciding(path: Path, reviewer: str, rounds: int) -> dict[str, Any]:
    """Seconds that a decision takes in an article that the reviewer has not worked on, with its commit."""
    from annotator.workflow import judging
    from annotator.workflow.session import ReviewSession

    store = open_store(path)
    session = ReviewSession(store, reviewer)
    review, _ = session.open(ids(store)[-1])
    took = [
        timed(lambda at=at: session.apply(judging.flag, review.claims[at % len(review.claims)]))  # type: ignore[misc]
        for at in range(rounds)
    ]
    session.close()
    return {"took": sorted(took)}


def undoing(path: Path, reviewer: str, deep: int) -> dict[str, Any]:
    """Seconds of undoing so many decisions on one article, one after another, with the commits."""
    from annotator.workflow import judging
    from annotator.workflow.session import ReviewSession

    store = open_store(path)
    quick(store)
    session = ReviewSession(store, reviewer)
    review, _ = session.open(ids(store)[-2])
    for at in range(deep):
        session.apply(judging.flag, review.claims[at % len(review.claims)])
    store.connection.execute("pragma synchronous = full")
    took = [timed(session.undo) for _ in range(deep)]
    session.close()
    return {"took": took}


def history(path: Path, reviewer: str) -> dict[str, Any]:
    """Seconds of a claim's history."""
    from annotator.workflow import reading
    from annotator.workflow.session import ReviewSession

    session = ReviewSession(open_store(path), reviewer)
    review, _ = session.open(ids(session.store)[0])
    # Earlier builds have it as a method of the session.
    of_claim = getattr(session, "history", None) or partial(reading.history, session)
    took = [timed(lambda: of_claim(review.claims[0])) for _ in range(5)]
    session.close()
    return {"took": sorted(took)}


def progress(path: Path) -> dict[str, Any]:
    """Seconds of the report on progress."""
    from annotator.workflow.reporting import progress as report

    with closing(open_store(path)) as store:
        return {"took": [timed(lambda: report(store))]}


def exporting(path: Path, format_: str) -> dict[str, Any]:
    """Seconds and rows of an export, and the peak of memory of this process in megabytes."""
    from annotator.exporters import FORMATS
    from annotator.workflow.dataset import Choice, Tally, exported

    tally = Tally()

    def chunks() -> Iterator[int]:
        for _, made in exported(store, FORMATS[format_], Choice(), tally):
            yield from map(len, made)

    with closing(open_store(path)) as store:
        took = timed(lambda: sum(chunks()))
    return {"took": [took], "rows": tally.rows, "peak": peak()}


def listing(path: Path) -> dict[str, Any]:
    """Seconds of listing all articles."""
    from annotator.store.queue import queue_order, queue_rows

    def rows() -> None:
        order = queue_order(store, "", "both")
        for at in range(0, len(order), 500):
            queue_rows(store, "", "both", order[at : at + 500])

    with closing(open_store(path)) as store:
        return {"took": sorted(timed(rows) for _ in range(3))}


def finding(path: Path, words: str) -> dict[str, Any]:
    """Seconds of finding words as `/` does, and how many places there are."""
    from annotator.workflow.search import find

    with closing(open_store(path)) as store:
        took = sorted(timed(lambda: find(store, words)) for _ in range(3))
        return {"took": took, "hits": len(find(store, words))}


def examining(path: Path) -> dict[str, Any]:
    """Seconds of the doctor, what it finds, and the peak of memory of all its processes in megabytes."""
    found: list[object] = []
    with closing(open_store(path)) as store:
        took = timed(lambda: found.extend(_examined(store)))
    return {"took": [took], "found": len(found), "peak": peak() + peak(resource.RUSAGE_CHILDREN)}


def _examined(store: Store) -> Iterator[object]:
    """What the command finds; earlier builds do it in one process."""
    try:
        from annotator.workflow.examining import examine as by_two
        from annotator.workflow.fact_checks.check_matching import words_of
    except ImportError:
        from annotator.store.doctor import examine

        return iter(examine(store))
    return by_two(store, lambda _done, _of: None, words_of)


def glancing(path: Path) -> dict[str, Any]:
    """The same of the doctor's quick look; no seconds of a build that has none."""
    try:
        from annotator.store.doctor import examine_quickly
    except ImportError:
        return {"took": [], "found": 0, "peak": 0.0}
    found: list[object] = []
    with closing(open_store(path)) as store:
        took = timed(lambda: found.extend(examine_quickly(store)))
    return {"took": [took], "found": len(found), "peak": peak()}


def peak(whose: int = resource.RUSAGE_SELF) -> float:
    """The peak of memory of this process in megabytes, or of the one that it started and that had the highest."""
    return resource.getrusage(whose).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    step.__name__: step
    for step in (
        fill, judged, statistics, deciding, undoing, history, progress, exporting, listing, finding, examining,
        glancing,
    )
}  # fmt: skip


def main() -> None:
    """Do one step."""
    # Behind this folder and the build, and in front of whatever else calls itself benchmarks.
    sys.path.insert(2, str(Path(__file__).parent.parent.parent))
    name, path, *given = sys.argv[1:]
    print(json.dumps(STEPS[name](Path(path), *(int(each) if each.isdecimal() else each for each in given))))


if __name__ == "__main__":
    main()
