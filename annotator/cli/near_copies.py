"""`annotator near`: articles whose texts are nearly one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from annotator.cli.invocation import Invocation, opened_to_read, takes_database
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.exporters.row import json_text
from annotator.model.text import neutral_line
from annotator.store.articles import find_article, shown_ids
from annotator.store.review import load_article
from annotator.workflow.importing.near_copies import NearCopy, near_copies

if TYPE_CHECKING:
    from annotator.store import Store


@click.command("near")
@click.argument("article", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, with the whole ids.")
@takes_database
@click.pass_obj
def near_command(invocation: Invocation, article: str | None, *, as_json: bool) -> None:
    """List near copies: articles whose texts are nearly one.

    Those of ARTICLE (an id or its beginning, an address, or the exact title), or every pair in the database. One line
    per pair: the share of three-word runs that both have, and the two articles. Near copies are never joined
    automatically.
    """
    count = 0
    with opened_to_read(invocation) as store:
        for id_, title, copy in _pairs(store, article):
            emit(_object(id_, copy) if as_json else _line(id_, title, copy))
            count += 1
    narrate(counted(count, "near copy", "near copies"))


def _pairs(store: Store, named: str | None) -> Iterator[tuple[str, str, NearCopy]]:
    """The articles with their near copies; each pair once where no article is named."""
    seen: set[str] = set()
    for id_ in [find_article(store, named)] if named is not None else shown_ids(store):
        article = load_article(store, id_)
        for copy in near_copies(store, id_, article.text):
            if copy.article_id not in seen:
                yield id_, article.title, copy
        seen.add(id_)


def _line(id_: str, title: str, copy: NearCopy) -> str:
    pair = f"{id_[:12]} {copy.article_id[:12]}  {title} · {copy.title}"
    return f"{copy.likeness:>4.0%}  {neutral_line(' '.join(pair.split()))}\n"


def _object(id_: str, copy: NearCopy) -> str:
    return (
        json_text({"id": id_, "near": copy.article_id, "title": copy.title, "likeness": round(copy.likeness, 4)}) + "\n"
    )
