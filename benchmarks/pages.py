"""How much of what a reader would copy from a web page by hand is imported, beside trafilatura alone in the same run.

Run it with `python -m benchmarks.pages [--quick] [--each]`. The pages are invented, in the markup of different
publishers. F1 is that of words, over all pages; metadata are exact where title, authors and day are right.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable
from itertools import islice

import trafilatura

from annotator.importers import ImportOptions, read_sources
from annotator.model.article import Article
from benchmarks.apparatus.page_corpus import METADATA, CorpusPage, Overlap, Reading, corpus, exact, same
from benchmarks.apparatus.table import print_table

NOTHING = Reading("", "", "", "", "")


def imported(page: CorpusPage) -> Reading:
    """The page as `annotator import` reads it."""
    (article,) = read_sources(["-"], ImportOptions(format="html"), lambda: page.data)
    if not isinstance(article, Article):
        return NOTHING
    said = article.publication
    return Reading(article.text, said.title, said.author, said.published_at, article.language)


def by_trafilatura(page: CorpusPage) -> Reading:
    """The page as trafilatura reads it without comments, with its title in front where its text lacks it."""
    found = trafilatura.bare_extraction(page.data.decode(), include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return NOTHING
    title, text = found.title or "", found.text or ""
    whole = text if title in text else f"{title}\n\n{text}"
    return Reading(whole, title, found.author or "", found.date or "", "")


def main() -> None:
    """Print one line a reader of pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="three pages")
    parser.add_argument("--each", action="store_true", help="also print what is not exact, page by page")
    options = parser.parse_args()
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    pages = list(islice(corpus(), 3 if options.quick else None))
    rows = [
        row_of(name, reads, pages, each=options.each)
        for name, reads in (("annotator import", imported), ("trafilatura alone", by_trafilatura))
    ]
    print_table(
        f"Web pages: {len(pages)} invented pages",
        ("", "words F1", "worst page", "metadata exact", *(f"{name} right" for name in METADATA), "ms a page"),
        rows,
    )


def row_of(
    name: str, reads: Callable[[CorpusPage], Reading], pages: list[CorpusPage], *, each: bool
) -> tuple[str, ...]:
    """The figures of one reader of pages."""
    whole, worst = Overlap(), 1.0
    right = dict.fromkeys(METADATA, 0)
    exactly = 0
    started = time.perf_counter()
    readings = [reads(page) for page in pages]
    seconds = time.perf_counter() - started
    for page, found in zip(pages, readings, strict=True):
        alone = Overlap()
        for overlap in (whole, alone):
            overlap.add(page.right.text, found.text)
        worst = min(worst, alone.f1)
        exactly += exact(page.right, found)
        for field in METADATA:
            right[field] += same(getattr(page.right, field), getattr(found, field))
        if each and (alone.f1 < 1 or not exact(page.right, found)):
            print(f"{name}: {page.name}: F1 {alone.f1:.3f}")
            for field in METADATA:
                if not same(getattr(page.right, field), getattr(found, field)):
                    print(f"    {field}: {getattr(found, field)!r}, right is {getattr(page.right, field)!r}")
    share = [f"{count / len(pages):.1%}" for count in (exactly, *right.values())]
    return (name, f"{whole.f1:.2%}", f"{worst:.1%}", *share, f"{1000 * seconds / len(pages):.0f}")


if __name__ == "__main__":
    main()
