"""Keys a claim: gold annotations are played through the real key map and the real screen by the shortest way there is.

Run it with `python -m benchmarks.keystrokes [GOLD.jsonl[.gz]]` (without a file: two of our own seeds). How it is
counted is told in docs/keystrokes.md. The exit status is 1 where a gold attribution cannot be reached by keyboard.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import mean, median

from annotator.model.review import ArticleReview
from annotator.store import open_store
from annotator.store import review as work
from annotator.workflow.ingest import ingest
from benchmarks.apparatus.table import percentile, print_table
from benchmarks.keystroke.drafting import Drafting
from benchmarks.keystroke.gold import Gold, Wanted, chosen, read_gold, wanted
from benchmarks.keystroke.playing import Play, Played, first_desk, no_hand, part_of, play
from benchmarks.keystroke.pressing import check, pressed_play

SEEDS = Path(__file__).parent.parent / "tests" / "data" / "seeds_gold.jsonl"
REVIEWER = "bench"


def stored(gold: Gold, path: Path) -> ArticleReview:
    """The article as a reviewer opens it for the first time, from a new database."""
    with closing(open_store(path)) as store:
        outcomes = list(ingest(store, [gold.article]))
        assert [outcome.result for outcome in outcomes] == ["added"], outcomes
        return work.load_review(store, work.load_article(store, gold.article.id), REVIEWER)


def played(gold: Gold, *, fast: bool, all_checked: bool) -> Play:
    """One article, pressed for real and checked against the database unless `fast`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.db"
        review = stored(gold, path)
        reasons = {value.id: [reason.id for reason in value.reasons] for value in review.scheme.verdict}
        drawn: list[Wanted] = [wanted(claim, all_checked=all_checked, reasons=reasons) for claim in review.claims]
        drafting = Drafting(review.article)
        if fast:
            return asyncio.run(play(first_desk(review), gold.attributions, drawn, no_hand, drafting))
        found = asyncio.run(pressed_play(path, REVIEWER, review, gold.attributions, drawn, drafting))
        with closing(open_store(path)) as store:
            after = work.load_review(store, work.load_article(store, gold.article.id), REVIEWER)
        check(after, gold.attributions, drawn, found.unreached)
        return found


def figures(name: str, claims: Sequence[Played]) -> tuple[str, ...]:
    """A row of the table: claims, then keys a claim, then the mean of each part."""
    keys = [claim.keys() for claim in claims] or [0]
    parts = [mean([claim.keys(part) for claim in claims] or [0]) for part in ("moving", "attribution", "verdict")]
    spread = (f"{mean(keys):.2f}", f"{median(keys):.0f}", f"{percentile(keys, 90):.0f}", str(max(keys)))
    return (name, str(len(claims)), *spread, *(f"{part:.2f}" for part in parts))


def main() -> int:
    """Print the keys a claim, where they go, and what was left out or not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=SEEDS, help="rows in the scorers' format")
    parser.add_argument("--articles", type=int, default=50, help="play so many, chosen by a hash (default 50)")
    parser.add_argument("--fast", action="store_true", help="count with the model alone, press nothing")
    parser.add_argument("--all-checked", action="store_true", help="every claim is check-worthy and takes a verdict")
    parser.add_argument("--quick", action="store_true", help="one article: show that it runs")
    options = parser.parse_args()
    golds = chosen(read_gold(options.gold), 1 if options.quick else options.articles)
    started = time.perf_counter()
    plays: list[Play] = []
    for gold in golds:
        plays.append(played(gold, fast=options.fast, all_checked=options.all_checked))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report(golds, plays, fast=options.fast)
    print(f"{time.perf_counter() - started:.0f} seconds")
    return 1 if any(each.unreached for each in plays) else 0


def report(golds: Sequence[Gold], plays: Sequence[Play], *, fast: bool) -> None:
    """Print the tables."""
    claims = [claim for each in plays for claim in each.claims]
    carrying = [claim for claim in claims if claim.carries]
    plain = [claim for claim in claims if not claim.carries]
    how = "counted with the model alone, nothing was pressed" if fast else "every key pressed, the database checked"
    print_table(
        f"Keys a claim: {len(golds)} articles; {how}",
        ("", "claims", "mean", "median", "p90", "most", "moving", "attribution", "verdict"),
        [figures("with an attribution", carrying), figures("without", plain), figures("all", claims)],
    )
    count = sum(len(gold.attributions) for gold in golds)
    print(f"{count} gold attributions; not reached by keyboard: {sum(len(each.unreached) for each in plays)}")
    for gold, each in zip(golds, plays, strict=True):
        for what in each.unreached:
            print(f"  NOT REACHED {gold.name}, {what}")
    for remark, times in Counter(remark for gold in golds for remark in gold.remarks).most_common():
        print(f"  {times} x {remark}")
    purposes = Counter(step.purpose for claim in carrying for step in claim.steps)
    print_table(
        "Where the keys of the claims with an attribution go",
        ("", "part", "keys", "a claim"),
        [
            (purpose, part_of(next(s for c in carrying for s in c.steps if s.purpose == purpose)), str(number),
             f"{number / len(carrying):.2f}")
            for purpose, number in purposes.most_common()
        ],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
