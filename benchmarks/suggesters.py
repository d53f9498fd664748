"""How many articles of 600 words are read for suggestions in a second, as a ratio to splitting them in the same run.

Run it with `python -m benchmarks.suggesters [--quick]`. The articles are made here from a fixed seed; the plain-text
articles in `seeds/` are measured beside them where they are found. Each figure is the best of the repeats, on one
core, scaled to 600 words an article.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.segmentation import split
from annotator.suggesters import suggest
from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.table import print_table

ARTICLES = 60
PARAGRAPHS = 14
WORDS = 600


def seed_articles() -> list[str]:
    """The plain-text articles of the repository, if this is one."""
    folder = Path(__file__).parent.parent / "seeds"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def speed(work: Callable[[], object], words: int, repeat: int) -> float:
    """Articles of 600 words a second, best of the repeats."""
    best = float("inf")
    for _ in range(repeat):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return words / WORDS / best


def measured(name: str, texts: Sequence[str], repeat: int) -> list[tuple[str, str, str]]:
    """The rows of one set of articles: splitting, suggesting, and both."""
    words = sum(len(text.split()) for text in texts)
    split_texts = [(text, split(text)) for text in texts]
    splitting = speed(lambda: [split(text) for text in texts], words, repeat)
    suggesting = speed(lambda: [suggest(text, segmentation) for text, segmentation in split_texts], words, repeat)
    both = speed(lambda: [suggest(text, split(text)) for text in texts], words, repeat)
    return [
        (f"{name}: {label}", f"{figure:.0f}", f"{figure / splitting:.3f} x")
        for label, figure in (("split", splitting), ("suggest", suggesting), ("split and suggest", both))
    ]


def main() -> None:
    """Print one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--quick", action="store_true", help="five articles, once")
    options = parser.parse_args()
    repeat = 1 if options.quick else options.repeat
    made = [made_article(number, PARAGRAPHS).text for number in range(5 if options.quick else ARTICLES)]
    suggest(made[0], split(made[0]))
    rows = measured("made articles", made, repeat)
    seeds = seed_articles()
    if seeds:
        rows += measured("seed articles", seeds, repeat)
    print_table("Suggesting", ("", f"articles of {WORDS} words a second", "speed to splitting"), rows)


if __name__ == "__main__":
    main()
