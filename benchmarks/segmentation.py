"""How fast text is split into sentences, beside sentencex and pysbd on the same text in the same run.

Run it with `python -m benchmarks.segmentation [--quick]` (the libraries beside it: `pip install -e '.[bench]'`).
The text is made here from a fixed seed; the plain-text articles in `seeds/` are added where they are found. Each
figure is the best of the repeats, in millions of code points a second, with the ratio to splitting by our rules.

A second table is made of runs of what the rules look for (marks, stops, initials): how long a text takes, and how much
longer one of twice the length. What grows faster than the text is a rule that looks too far.
"""

from __future__ import annotations

import argparse
import importlib
import random
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.segmentation import sentence_spans, split
from benchmarks.apparatus.table import print_table

SUBJECTS = (
    "The harbour master",
    "Lt. Gov. Ines Duarte",
    "A U.S. official",
    "Dr. A. B. Costa",
    "Nobody at Brightwater Inc.",
)
VERBS = ("said", "told Reuters at 5 p.m. Monday", "denied on Jan. 12", "reported", "warned in No. 7 of the series")
OBJECTS = (
    "that the bridge had lost 3.5 tons of steel to rust since it was last painted, and that more would follow",
    "the toll of $2.75 which the council had agreed to in the spring without asking anybody who pays it",
    "two of nine cables as the ones that were replaced when the road was widened and the trams taken out",
    "what she called “a great loss” to the towns on the other side of the river, where the hospital is",
)
QUOTED = ("We looked at every cable.", "Who is going to pay?", "It held for 41 years!", "Nobody asked us …")

# Repeated, each of these is the worst text for some rule.
RUNS = (
    "'",
    "_",
    '"',
    "(",
    ". ",
    ".'",
    '. "A',
    "! ",
    "。」",
    "A. ",
    "2. ",
    ".1",
    'says "a b. c" ',
    "e.g. ",
    "a\n",
    "\u200b",
)
RUN_SIZE = 20_000

ARTICLES = 200
SLOW_SHARE = 20


def made_articles(count: int) -> list[str]:
    """Articles of some 30 paragraphs with titles, figures, abbreviations and quotations in them."""
    choose = random.Random(2026)

    def paragraph() -> str:
        sentences = [
            f"{choose.choice(SUBJECTS)} {choose.choice(VERBS)} {choose.choice(OBJECTS)}."
            for _ in range(choose.randint(1, 4))
        ]
        if choose.random() < 0.3:
            sentences.append(f"“{choose.choice(QUOTED)} {choose.choice(QUOTED)}”")
        return " ".join(sentences)

    return ["\n\n".join(["Bridge closed", *(paragraph() for _ in range(30))]) for _ in range(count)]


def seed_articles() -> list[str]:
    """The plain-text articles of the repository, if this is one."""
    folder = Path(__file__).parent.parent / "seeds"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def speed(splitter: Callable[[str], object], texts: Sequence[str], repeat: int) -> float:
    """Millions of code points a second, best of the repeats."""
    size = sum(map(len, texts))
    best = float("inf")
    for _ in range(repeat):
        started = time.perf_counter()
        for text in texts:
            splitter(text)
        best = min(best, time.perf_counter() - started)
    return size / best / 1e6


def with_sentencex() -> Callable[[str], object]:
    """Its boundaries with offsets."""
    boundaries = importlib.import_module("sentencex").get_sentence_boundaries
    return lambda text: boundaries("en", text)


def with_pysbd() -> Callable[[str], object]:
    """Its sentences with offsets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: segmenter.segment(text)


def growth(run: str, repeat: int) -> tuple[str, float, float]:
    """The seconds of processor time that a text of one run takes, and how many times longer one of twice its length."""
    seconds = []
    for size in (RUN_SIZE, 2 * RUN_SIZE):
        text = f"The mayor said {run * (size // len(run))} end."
        taken = []
        for _ in range(repeat):
            started = time.process_time()
            split(text)
            taken.append(time.process_time() - started)
        seconds.append(min(taken))
    return repr(run), seconds[0], seconds[1] / seconds[0]


def main() -> None:
    """Print one line a splitter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="how often each splitter runs (default: 5)")
    parser.add_argument("--quick", action="store_true", help="ten articles, once, and pysbd on one of them")
    options = parser.parse_args()
    repeat = 1 if options.quick else options.repeat
    texts = made_articles(10) if options.quick else made_articles(ARTICLES) + seed_articles()
    few = texts[:1] if options.quick else texts[:: len(texts) // SLOW_SHARE]
    ours = speed(sentence_spans, texts, repeat)
    rows = [("our rules: sentences", ours), ("our rules: blocks and sentences", speed(split, texts, repeat))]
    for name, load, some in (("sentencex", with_sentencex, texts), ("pysbd", with_pysbd, few)):
        try:
            splitter = load()
        except ImportError:
            print(f"{name}: not installed")
            continue
        rows.append((name, speed(splitter, some, 1 if some is few else repeat)))
    print_table(
        f"Splitting: {len(texts)} articles, {sum(map(len, texts)):,} code points; pysbd on {len(few)} of them",
        ("", "M code points/s", "speed to our sentences"),
        [(name, f"{figure:.3f}", f"{figure / ours:.3f} x") for name, figure in rows],
    )
    print_table(
        f"Runs of {RUN_SIZE:,} code points, and of twice as many",
        ("run of", "ms", "twice the text"),
        [(run, f"{1000 * taken:.1f}", f"{times:.1f} x") for run, taken, times in (growth(run, repeat) for run in RUNS)],
    )


if __name__ == "__main__":
    main()
