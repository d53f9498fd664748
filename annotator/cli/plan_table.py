"""The table that says who reviews what: written for the present hand-out, read for the next one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.errors import DomainError
from annotator.model.reviewer import reviewer_handle
from annotator.model.spreadsheet import BYTE_ORDER_MARK, GUARD, csv_lines, starts_formula
from annotator.model.utf8 import where_not_utf8
from annotator.workflow.assigning import Given

_ARTICLE, _REVIEWER, _CLAIM = "article", "reviewer", "claim"


def plan_csv(given: Sequence[Given]) -> str:
    """The assignment as CSV: one row per article and reviewer, or by claim one per claim, with its id behind them."""
    by_claim = any(each.claim_id for each in given)
    columns = [_ARTICLE, _REVIEWER, *([_CLAIM] if by_claim else [])]
    rows = [[each.article_id, each.reviewer, each.claim_id][: len(columns)] for each in given]
    return BYTE_ORDER_MARK + "".join(csv_lines([columns, *rows]))


def read_plan(table: Path) -> Iterator[Given]:
    """Each row of a table, the article as it is named there, reviewer and claim empty where there is no such column.

    Raises DomainError with the line of what cannot be.
    """
    try:
        text = table.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError(f"{table}: {where_not_utf8(error)}") from error
    except OSError as error:
        raise DomainError(f"{table}: cannot be read: {error.strerror}") from error
    reader = csv.DictReader(text.splitlines())
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = columns
    if _ARTICLE not in columns:
        raise DomainError(f"{table}: line 1: no column {_ARTICLE!r}; the columns are {', '.join(columns) or 'none'}")
    if _CLAIM in columns and _REVIEWER not in columns:
        raise DomainError(f"{table}: line 1: a column {_CLAIM!r} needs one that says whose they are, {_REVIEWER!r}")
    for row in reader:
        place = f"{table}: line {reader.line_num}"
        found = {column: (row.get(column) or "").strip() for column in (_ARTICLE, _REVIEWER, _CLAIM)}
        if not found[_ARTICLE]:
            raise DomainError(f"{place}: the column {_ARTICLE!r} is empty")
        name = _named(found[_REVIEWER], place) if _REVIEWER in columns else ""
        yield Given(found[_ARTICLE], name, found[_CLAIM])


def _named(name: str, place: str) -> str:
    if not name:
        raise DomainError(f"{place}: the column {_REVIEWER!r} is empty")
    try:
        return reviewer_handle(name[1:] if name.startswith(GUARD) and starts_formula(name[1:]) else name)
    except DomainError as error:
        raise DomainError(f"{place}: {error}") from error
