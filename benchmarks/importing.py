"""How fast articles are imported, and what of it is reading, splitting, suggesting and storing.

Run it with `python -m benchmarks.importing [--quick]`. Made articles are written to a folder and imported as `annotator
import FOLDER` does it; then each step runs alone on the same articles. Each time is the best of the repeats, with its
ratio to splitting into blocks and sentences alone.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator import segmentation
from annotator.importers import ImportOptions, read_sources
from annotator.model.article import Article
from annotator.store import open_store
from annotator.store.articles import add_article
from annotator.workflow.ingest import import_sources
from annotator.workflow.preparing import split_article, suggest_for
from benchmarks.apparatus.articles import made_article
from benchmarks.apparatus.table import best, print_table, ratio

ARTICLES = 300
REPEAT = 3


def main() -> None:
    """Print one line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="ten articles, once")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), 10 if quick else ARTICLES, 1 if quick else REPEAT)


def measure(folder: Path, count: int, repeat: int) -> None:
    """Import that many articles by way of a folder, and print the table."""
    source = folder / "articles"
    source.mkdir()
    for number in range(count):
        made = made_article(number)
        (source / made.origin).write_text(made.text, encoding="utf-8")
    articles = [item for item in read_sources([str(source)], ImportOptions()) if isinstance(item, Article)]
    assert len(articles) == count
    splits = [split_article(article) for article in articles]
    proposed = [suggest_for(article, made)[0] for article, made in zip(articles, splits, strict=True)]
    sentences = sum(len(made.sentences) for made in splits)
    databases = iter(range(10_000))

    def whole() -> None:
        with closing(open_store(folder / f"{next(databases)}.db")) as store:
            outcomes = list(import_sources(store, [str(source)], ImportOptions()))
        # Imported without suggestions it would only look fast.
        assert not (wrong := [each for each in outcomes if each.result != "added" or each.detail]), wrong[0]

    def store_all() -> None:
        with closing(open_store(folder / f"{next(databases)}.db")) as store:
            for article, made, suggestions in zip(articles, splits, proposed, strict=True):
                add_article(store, article, made, suggestions, None)

    steps: dict[str, Callable[[], object]] = {
        "annotator import FOLDER": whole,
        "  reading and normalising the files": lambda: list(read_sources([str(source)], ImportOptions())),
        "  splitting into blocks and sentences": lambda: [
            segmentation.split(each.text, language=each.language, hints=each.hints) for each in articles
        ],
        "  the same with its check": lambda: [split_article(article) for article in articles],
        "  suggesting attributions and worth": lambda: [
            suggest_for(article, made) for article, made in zip(articles, splits, strict=True)
        ],
        "  storing, one transaction an article": store_all,
    }
    seconds = {name: best(step, repeat) for name, step in steps.items()}
    total, unit = seconds["annotator import FOLDER"], seconds["  splitting into blocks and sentences"]
    print_table(
        f"Import: {count} articles, {sentences:,} sentences, best of {repeat}",
        ("", "articles/s", "sentences/s", "of the import", "to splitting"),
        [
            (name, f"{count / each:,.0f}", f"{sentences / each:,.0f}", f"{each / total:.0%}", ratio(each, unit))
            for name, each in seconds.items()
        ],
    )


if __name__ == "__main__":
    main()
