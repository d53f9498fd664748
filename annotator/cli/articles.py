"""`annotator articles`: what is in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from annotator.cli.invocation import Invocation, opened_to_read, takes_database
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.exporters.row import json_text
from annotator.model.queue import QueueRow
from annotator.model.text import neutral_line
from annotator.store.queue import queue_order, queue_rows

if TYPE_CHECKING:
    from annotator.store import Store

_PAGE = 500
_NOBODY = ""
"""A reviewer without any work: her claims are the sentences."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, with the whole id.")
@takes_database
@click.pass_obj
def articles(invocation: Invocation, *, as_json: bool) -> None:
    """List the articles in the database.

    One line per article, in the order they were added: the beginning of its id, how many sentences it has, its title,
    and its publisher. Hidden articles are left out.
    """
    count = 0
    with opened_to_read(invocation) as store:
        for row in _rows(store):
            emit(_object(row) if as_json else _line(row))
            count += 1
    narrate(counted(count, "article"))


def _rows(store: Store) -> Iterator[QueueRow]:
    order = queue_order(store, _NOBODY, "both")
    for at in range(0, len(order), _PAGE):
        yield from queue_rows(store, _NOBODY, "both", order[at : at + _PAGE])


def _line(row: QueueRow) -> str:
    named = " · ".join(part for part in (row.title, row.publisher) if part)
    return f"{row.article_id[:12]} {row.progress.claims:>5}  {neutral_line(' '.join(named.split()))}\n"


def _object(row: QueueRow) -> str:
    values = {
        "id": row.article_id,
        "title": row.title,
        "publisher": row.publisher,
        "published_at": row.published_at,
        "sentences": row.progress.claims,
    }
    return json_text(values) + "\n"
