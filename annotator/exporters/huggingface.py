"""Hugging Face: a dataset's folder with its card, JSON Lines, and splits that never divide an article.

`datasets.load_dataset(FOLDER)` takes it as it is (https://huggingface.co/docs/datasets/repository_structure):

- `data/claims-SPLIT.jsonl` are the rows of JSON Lines, one a claim and reviewer: the configuration `claims`, which is
  the default. `data/articles-SPLIT.jsonl` are the articles that their offsets count in, one a line: `articles`.
- The splits are train, validation (the dev part) and test by the article's id and the seed, as in `exporters.split`;
  without shares everything is train. A split without rows has no file.
- `README.md` is the card: the configurations, every column's type in `dataset_info` (a column may be null in all rows
  of a split, so types are not guessed), counts, the scheme's values and their definitions. Each configuration has a
  version that is made from its rows.

Dates of publication and retrieval are in the basic form of ISO 8601 (20260312, 20260312T100000+0100): `datasets` takes
a column of nothing but extended dates for times, puts 00:00:00 behind them and drops time zones, whatever type the card
declares.

Offsets are code points. Without text, the columns with words of the article are absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import chain
from typing import IO, Any

from annotator.exporters.annotated_article import json_line
from annotator.exporters.dataset_card import Counts, Split, card
from annotator.exporters.huggingface_features import ARTICLE, columns
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row, evidence_rows, json_text, with_articles
from annotator.exporters.row_json import RowJson
from annotator.exporters.split import PARTS, part_of
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.temporary import temporary_file, told_as_temporary

_DATED = ("published_at", "retrieved_at")
_EXTENDED = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d:?\d\d)?)?")
_NAMES: dict[str, Split] = {"train": "train", "dev": "validation", "test": "test"}


def write_huggingface(
    records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The data files, then the card; the records are gone through once a split.

    Articles wait in a temporary file until all claims of the split are written. Raises ExportFailure like `rows`, and
    NoRoomError.
    """
    counts = Counts()
    for part, share in zip(PARTS, options.split or (1, 0, 0), strict=True):
        if not share:
            continue
        split = _NAMES[part]
        with temporary_file() as articles:
            found = _claims(_of_part(records, part, options), split, options, counts, articles)
            first = next(found, None)
            if first is not None:
                counts.files += [("claims", split), ("articles", split)]
                yield f"data/claims-{split}.jsonl", chain([first], found)
                with told_as_temporary():
                    articles.seek(0)
                yield f"data/articles-{split}.jsonl", iter(partial(articles.read, _PIECE), b"")
    yield "README.md", [card(counts, options).encode()]


_PIECE = 1 << 16


def _of_part(records: Iterable[ClaimRecord], part: str, options: ExportOptions) -> Iterator[ClaimRecord]:
    for record in records:
        if not options.split or part_of(record.article.id, options.split, options.seed) == part:
            yield record


def _claims(
    records: Iterable[ClaimRecord], split: Split, options: ExportOptions, counts: Counts, articles: IO[bytes]
) -> Iterator[bytes]:
    """The lines of the claims; those of their articles are put into the file."""
    written = RowJson(options, _evidence).claim
    wanted = columns(ARTICLE, options)
    known: ArticleRecord | None = None
    said: Row = {}
    opening = ""
    for record, of_article in with_articles(records):
        if of_article is not said:
            said, opening = of_article, json_text(with_basic_dates(of_article)).removesuffix("}")
        if record.article != known:
            known = record.article
            line = json_line(_article(known, wanted))
            counts.add("articles", split, known.language, line)
            with told_as_temporary():
                articles.write(line)
        line = f"{opening},{written(record)}}}\n".encode("utf-8", errors="backslashreplace")
        counts.add("claims", split, record.reviewer, line)
        yield line


def _evidence(record: ClaimRecord) -> str:
    return json_text(with_basic_dates(evidence_rows(record))) if record.evidence else "[]"


def _article(article: ArticleRecord, wanted: Iterable[str]) -> Row:
    values = {
        "article_id": article.id,
        "text": article.text,
        "language": article.language,
        "rights": article.rights,
        "origin": article.origin,
        "publications": [asdict(publication) for publication in article.publications],
    }
    found: Row = with_basic_dates({name: values[name] for name in wanted})
    return found


def with_basic_dates(value: Any) -> Any:
    """The JSON value with its dates in ISO 8601's basic form; what is not a whole date stays as it is."""
    if isinstance(value, list):
        return [with_basic_dates(each) for each in value]
    if isinstance(value, dict):
        return {key: _basic(each) if key in _DATED else with_basic_dates(each) for key, each in value.items()}
    return value


def _basic(date: str) -> str:
    if not _EXTENDED.fullmatch(date):
        return date
    day, time = date[:10].replace("-", ""), date[11:].replace(":", "")
    return f"{day}T{time}" if time else day
