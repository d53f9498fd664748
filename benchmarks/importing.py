"""How fast articles are imported, and what of it is reading, splitting, suggesting and storing.

Run it with `python -m benchmarks.importing [--quick] [--processor] [--articles N] [--paragraphs N]`. Made articles are
written to a folder and imported as `annotator import FOLDER` does it; then each step runs alone on the same articles.
Each time is the best of the repeats, with its ratio to splitting into blocks and sentences alone. With `--processor` it
is the processor's, and all of the import is done by one process: that says something on a busy machine too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from annotator import segmentation
from annotator.importers import ImportOptions, read_sources
from annotator.model.article import Article
from annotator.model.language.languages import guessed_language
from annotator.store import open_store
from annotator.store.article_rows import ArticleRows, article_rows
from annotator.store.articles import add_articles
from annotator.workflow.importing.preparing import split_article, suggest_for
from annotator.workflow.ingest import ingest, read_articles
from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.table import best, print_table, ratio

ARTICLES = 300
REPEAT = 3


def main() -> None:
    """Print one line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="ten articles, once")
    parser.add_argument("--processor", action="store_true", help="the processor's time, of one process")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many (%(default)s)")
    parser.add_argument("--paragraphs", type=int, default=12, help="of an article (%(default)s)")
    options = parser.parse_args()
    articles, repeat = (10, 1) if options.quick else (options.articles, REPEAT)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "articles")
        source.mkdir()
        for number in range(articles):
            made = made_article(number, options.paragraphs)
            (source / made.origin).write_text(made.text, encoding="utf-8")
        measure(source, repeat, processor=options.processor)


def measure(source: Path, repeat: int, *, processor: bool) -> None:
    """Import the articles of a folder, and print the table."""
    articles = [item for item in read_sources([str(source)], ImportOptions()) if isinstance(item, Article)]
    assert len(articles) == len(list(source.iterdir()))
    steps = steps_of(source, articles, processes=1 if processor else None)
    clock = time.process_time if processor else time.perf_counter
    seconds = {name: best(step, repeat, clock) for name, step in steps.items()}
    sentences = sum(len(split_article(article).sentences) for article in articles)
    total, unit = seconds["annotator import FOLDER"], seconds["  splitting into blocks and sentences"]
    print_table(
        f"Import: {len(articles)} articles, {sentences:,} sentences, best of {repeat}",
        ("", "articles/s", "sentences/s", "of the import", "to splitting"),
        [
            (name, f"{len(articles) / each:,.0f}", f"{sentences / each:,.0f}", f"{each / total:.0%}", ratio(each, unit))
            for name, each in seconds.items()
        ],
    )


def steps_of(source: Path, articles: list[Article], processes: int | None) -> dict[str, Callable[[], object]]:
    """All of the import, and each step alone, by names."""
    splits = [split_article(article) for article in articles]
    proposed = [suggest_for(article, made)[0] for article, made in zip(articles, splits, strict=True)]
    rows = [article_rows(*each) for each in zip(articles, splits, proposed, strict=True)]
    databases = (source.parent / f"{number}.db" for number in count())
    return {
        "annotator import FOLDER": lambda: import_all(next(databases), source, processes),
        "  reading and normalising the files": lambda: list(read_sources([str(source)], ImportOptions())),
        "  guessing the language": lambda: [guessed_language(article.text) for article in articles],
        "  splitting into blocks and sentences": lambda: [
            segmentation.split(each.text, language=each.language, hints=each.hints) for each in articles
        ],
        "  the same with its check": lambda: [split_article(article) for article in articles],
        "  suggesting attributions and worth": lambda: list(map(suggest_for, articles, splits)),
        "  making what is stored": lambda: list(map(article_rows, articles, splits, proposed)),
        "  storing, one transaction an article": lambda: store_all(next(databases), rows, together=1),
        "  storing, eight articles a transaction": lambda: store_all(next(databases), rows, together=8),
    }


def import_all(database: Path, source: Path, processes: int | None) -> None:
    """Import the folder into a new database."""
    with closing(open_store(database)) as store:
        outcomes = list(ingest(store, read_articles([str(source)], ImportOptions()), processes=processes))
    # Imported without suggestions it would only look fast.
    wrong = [each for each in outcomes if each.result != "added" or (each.detail and not each.near)]
    assert not wrong, wrong[0]


def store_all(database: Path, rows: Sequence[ArticleRows], together: int) -> None:
    """Store articles that are prepared in a new database, so many in a transaction."""
    with closing(open_store(database)) as store:
        for at in range(0, len(rows), together):
            add_articles(store, rows[at : at + together], None)


if __name__ == "__main__":
    main()
