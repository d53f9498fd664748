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
from itertools import chain, groupby
from typing import Any

from annotator.exporters.annotated_article import json_line
from annotator.exporters.dataset_card import Counts, Split, card
from annotator.exporters.huggingface_features import ARTICLE, CLAIM, columns
from annotator.exporters.options import ExportOptions, Losses
from annotator.exporters.row import Row, checked, rows
from annotator.exporters.split import PARTS, part_of
from annotator.model.record import ClaimRecord

_DATED = ("published_at", "retrieved_at")
_EXTENDED = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d:?\d\d)?)?")
_NAMES: dict[str, Split] = {"train": "train", "dev": "validation", "test": "test"}


def write_huggingface(
    records: Iterable[ClaimRecord], options: ExportOptions, _losses: Losses
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The data files, then the card; the records are gone through twice a split.

    Raises ExportFailure like `rows`.
    """
    counts = Counts()
    for part, share in zip(PARTS, options.split or (1, 0, 0), strict=True):
        if not share:
            continue
        split = _NAMES[part]
        for kind, found in (
            ("claims", _claims(_of_part(records, part, options), options)),
            ("articles", _articles(_of_part(records, part, options), options)),
        ):
            first = next(found, None)
            if first is not None:
                counts.files.append((kind, split))
                yield f"data/{kind}-{split}.jsonl", _counted(kind, split, chain([first], found), counts)
    yield "README.md", [card(counts, options).encode()]


def _of_part(records: Iterable[ClaimRecord], part: str, options: ExportOptions) -> Iterator[ClaimRecord]:
    for record in records:
        if not options.split or part_of(record.article.id, options.split, options.seed) == part:
            yield record


def _claims(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[Row]:
    wanted = columns(CLAIM, options)
    for row in rows(records, options):
        yield with_basic_dates({name: row[name] for name in wanted})


def _articles(records: Iterable[ClaimRecord], options: ExportOptions) -> Iterator[Row]:
    for article, _ in groupby(record.article for record in checked(records)):
        values = {
            "article_id": article.id,
            "text": article.text,
            "language": article.language,
            "rights": article.rights,
            "origin": article.origin,
            "publications": [asdict(publication) for publication in article.publications],
        }
        yield with_basic_dates({name: values[name] for name in columns(ARTICLE, options)})


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


def _counted(kind: str, split: Split, found: Iterable[Row], counts: Counts) -> Iterator[bytes]:
    for row in found:
        line = json_line(row)
        counts.add(kind, split, row, line)
        yield line
