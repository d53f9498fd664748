"""How long agreement takes: coefficients, intervals, a table of anybody's, and from the database beside pandas.

Run it with `python -m benchmarks.agreement [--quick]`. A million ratings by five reviewers, of claims in articles and
of claims each by itself, are measured at the interval level, which has the most coefficients. Then the same table is
read as CSV. Then claims are decided in a database, one entry of the ledger each, and the long table is exported:
nominal alpha of check-worthiness from the database, reading included, beside pandas reading that table and krippendorff
computing alpha of it (extra `oracles`). Times are those of the processor, memory is the peak of a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.apparatus.table import print_table, ratio

if TYPE_CHECKING:
    from annotator.store import Store

REVIEWERS = ("ana", "ben", "caro", "dov", "eva")
UNITS, PER_ARTICLE = 200_000, 20
ARTICLES = 1000
RESAMPLES = 1000
VALUES = "abcd"
MISSING, RIGHT = 0.05, 0.7
_MEGABYTE = 1024


def ratings(units: int) -> Iterator[tuple[int, str, str]]:
    """Unit, reviewer and value: mostly what is right, now and then anything, and sometimes nothing."""
    draw = random.Random(1)
    for unit in range(units):
        right = draw.choice(VALUES)
        for name in REVIEWERS:
            if draw.random() >= MISSING:
                yield unit, name, right if draw.random() < RIGHT else draw.choice(VALUES)


def timed(what: Callable[[], object]) -> float:
    """Seconds of the processor's time that it took: what else the machine does at the time does not count."""
    started = time.process_time()
    what()
    return time.process_time() - started


def measure_coefficients(units: int, resamples: int, *, clustered: bool) -> list[str]:
    """Seconds for every coefficient and for the resamples: of articles, or of units each by itself."""
    from annotator.agreement import Level, measured
    from annotator.agreement.ratings import RatingTable

    table = RatingTable()
    for unit, name, value in ratings(units):
        table.add(str(unit), name, str(VALUES.index(value)), str(unit // PER_ARTICLE if clustered else unit))
    made = table.ratings(level=Level.INTERVAL)
    alone = timed(lambda: measured(made, resamples=0))
    drawn = timed(lambda: measured(made, resamples=resamples)) - alone
    return [f"{alone:.1f} s", f"{drawn:.1f} s"]


def measure_table(path: Path) -> list[str]:
    """Seconds for `annotator agreement` without intervals, reading included."""
    from annotator.agreement import Level
    from annotator.workflow.agreement.table import table_agreement

    taken = timed(lambda: table_agreement(path, level=Level.NOMINAL, orders=(), resamples=0, seed=0))
    return [f"{taken:.1f} s", ""]


def write_table(path: Path, units: int) -> None:
    """A CSV of the ratings, with ids as long as ours."""
    with path.open("w", encoding="utf-8") as file:
        file.write("article,unit,reviewer,value\n")
        for unit, name, value in ratings(units):
            file.write(f"{unit // PER_ARTICLE:064x},{unit:032x},{name},{value}\n")


# The database


def fill(path: Path, articles: int) -> int:
    """A database in which everybody has decided every claim of so many articles; how many decisions that are."""
    from annotator.model.article import Article, Block, BlockKind, Publication, Segmentation, Sentence
    from annotator.model.span import Span
    from annotator.store import articles as stored
    from annotator.store import open_store

    sentence = "The ferry was late again on day {}. "
    draw = random.Random(2)
    decisions = 0
    with closing(open_store(path)) as store:
        # Nothing here has to outlive a power failure.
        store.connection.execute("pragma synchronous = off")
        for number in range(articles):
            pieces = [sentence.format(number * PER_ARTICLE + place) for place in range(PER_ARTICLE)]
            text = "".join(pieces).rstrip()
            starts = [sum(map(len, pieces[:place])) for place in range(PER_ARTICLE)]
            spans = [Span(at, at + len(piece.rstrip())) for at, piece in zip(starts, pieces, strict=True)]
            segmentation = Segmentation(
                (Block(Span(0, len(text)), BlockKind.BODY),),
                tuple(Sentence(span, BlockKind.BODY) for span in spans),
                "made",
            )
            article = Article(text, f"made-{number}.txt", Publication(f"Ferry {number}"))
            stored.add_article(store, article, segmentation, [], None)
            for name in REVIEWERS:
                decisions += decide(store, article.id, name, draw)
    return decisions


def decide(store: Store, article_id: str, reviewer: str, draw: random.Random) -> int:
    """One entry of the ledger for each claim, which makes it done, all of an article's in one transaction."""
    from annotator.model.ledger import Change, changes_payload, uuid7
    from annotator.store import ledger, projection
    from annotator.store.review import load_article, load_review

    article = load_article(store, article_id, suggested=False)
    review = load_review(store, article, reviewer)
    session = uuid7()
    with store.transaction():
        for claim in review.claims:
            worth = draw.choice("0122")
            facets = {"worth": worth, "voice": "author"}
            changes = [Change("judgement", (claim.id, facet), value) for facet, value in facets.items()]
            if worth == "2":
                value = draw.choice(("supported", "refuted", "not_enough"))
                changes.append(Change("verdict", (claim.id, "content", "value"), value))
            ledger.append(
                store,
                "decision",
                "accept",
                changes_payload(changes),
                reviewer=reviewer,
                session=session,
                article_id=article_id,
                claim_id=claim.id,
            )
            projection.apply_registers(store, reviewer, article_id, [(each.register, each.value) for each in changes])
        projection.write_progress(store, load_review(store, article, reviewer))
    return len(review.claims)


def our_alpha(path: Path) -> float | None:
    """Nominal alpha of check-worthiness from the database, by the brief report."""
    from annotator.store import open_store
    from annotator.workflow.agreement.brief import brief_agreement

    with closing(open_store(path, create=False)) as store:
        report = brief_agreement(store, facets=("worth",), resamples=0)
    return next(row.value for row in report.rows if row.coefficient == "krippendorff_alpha_nominal")


def replayed_alpha(path: Path) -> float | None:
    """The same by the whole report, which reads every decision."""
    from annotator.store import open_store
    from annotator.workflow.agreement.report import AgreementChoice, agreement_report

    with closing(open_store(path, create=False)) as store:
        report = agreement_report(store, AgreementChoice(resamples=0, top=0, facets=("worth",)))
    return next(row.value for row in report.rows if row.coefficient == "krippendorff_alpha_nominal")


def their_alpha(path: Path) -> float:
    """The same by pandas and krippendorff from the exported table."""
    import krippendorff
    import pandas as pd

    table = pd.read_csv(path, dtype=str).query("facet == 'worth'")
    numbers = table.assign(value=table["value"].astype(float))
    matrix = numbers.pivot(index="reviewer", columns="unit", values="value").to_numpy()
    return float(krippendorff.alpha(matrix, level_of_measurement="nominal"))


def export(path: Path, target: Path) -> None:
    """The long table."""
    from annotator.store import open_store
    from annotator.workflow.dataset import FORMATS, Choice, Tally, exported

    with closing(open_store(path, create=False)) as store, target.open("wb") as file:
        for _, chunks in exported(store, FORMATS["decisions"], Choice(), Tally()):
            file.writelines(chunks)


def compare(folder: Path, articles: int) -> None:
    """Print what alpha from the database takes, and what it takes pandas and krippendorff."""
    database, table = folder / "annotations.db", folder / "decisions.csv"
    decisions = fill(database, articles)
    export(database, table)
    rows = sum(1 for _ in table.open("rb")) - 1
    ours, theirs = our_alpha(database), their_alpha(table)
    if ours is None or abs(ours - theirs) > 1e-12:
        sys.exit(f"two alphas: {ours} and {theirs}")
    own, others = timed(lambda: our_alpha(database)), timed(lambda: their_alpha(table))
    replayed = timed(lambda: replayed_alpha(database))
    print_table(
        f"Nominal alpha of {decisions} first decisions; the table has {rows} rows, {table.stat().st_size >> 20} MB",
        ("", "seconds", "beside ours"),
        [
            ["annotator, from the database: the brief report", f"{own:.2f}", "1"],
            ["annotator, from the database: the whole report", f"{replayed:.2f}", ratio(replayed, own)],
            ["pandas and krippendorff, from the exported CSV", f"{others:.2f}", ratio(others, own)],
        ],
    )


PARTS: dict[str, Callable[[int, int, Path], list[str]]] = {
    "articles of 20 claims": lambda units, resamples, _: measure_coefficients(units, resamples, clustered=True),
    "each claim by itself": lambda units, resamples, _: measure_coefficients(units, resamples, clustered=False),
    "from a CSV table": lambda _units, _resamples, path: measure_table(path),
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="show in seconds that it runs; the figures mean nothing")
    parser.add_argument("--part", choices=list(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    units, resamples, articles = (2000, 20, 10) if options.quick else (UNITS, RESAMPLES, ARTICLES)
    if options.part:
        cells = PARTS[options.part](units, resamples, options.table)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
        print("\t".join([*cells, f"{peak:.0f} MB"]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "ratings.csv"
        write_table(table, units)
        lines = []
        for part in PARTS:
            command = [sys.executable, "-m", "benchmarks.agreement", "--part", part, "--table", str(table)]
            done = subprocess.run([*command, *(["--quick"] if options.quick else [])], check=True, capture_output=True)
            lines.append([part, *done.stdout.decode().rstrip("\n").split("\t")])
        count = sum(1 for _ in table.open("rb")) - 1
        print_table(
            f"{count} ratings by {len(REVIEWERS)} reviewers, every coefficient at the interval level",
            ("", "coefficients", f"{resamples} resamples", "peak memory"),
            lines,
        )
        if all(find_spec(module) for module in ("pandas", "krippendorff")):
            compare(folder, articles)
        else:
            print("pandas and krippendorff are not installed: pip install 'annotator[oracles]'")


if __name__ == "__main__":
    main()
