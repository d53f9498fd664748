"""`annotator split`: an article's text, blocks and sentences as JSON, without a database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.import_options import takes_import_options
from annotator.cli.streams import emit, narrate
from annotator.errors import ImportFailure
from annotator.exporters.row import json_text
from annotator.importers import ImportOptions, PassedOver
from annotator.model.article import Article, Block, Segmentation, Sentence
from annotator.workflow.ingest import split_articles


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@takes_import_options
def split(sources: tuple[str, ...], options: ImportOptions) -> int:
    """Print blocks and sentences as JSON Lines, without a database.

    One line per article: its normalised text, its parts, and what else was found. SOURCE is what `annotator import`
    takes: a file, a folder, an address, or - for standard input. Offsets are Unicode code points of "text", end
    exclusive.
    """
    status = DONE
    for item in split_articles(sources, options):
        if isinstance(item, ImportFailure):
            narrate(f"annotator: {item}")
            status = FAILED
        elif isinstance(item, PassedOver):
            narrate(f"{item.origin}: {item.reason}")
        else:
            article, made = item
            for note in filter(None, (note.detail for note in article.notes)):
                narrate(f"{article.origin}: {note}")
            emit(json_text(article_row(article, made)) + "\n")
    return status


def article_row(article: Article, made: Segmentation) -> dict[str, Any]:
    """An article, its blocks and its sentences as JSON values."""
    return {
        "id": article.id,
        **asdict(article.publication),
        "language": article.language,
        "rights": article.rights,
        "origin": article.origin,
        "text": article.text,
        "splitter": made.version,
        "blocks": [_place(block) for block in made.blocks],
        "sentences": [_place(sentence) for sentence in made.sentences],
    }


def _place(part: Block | Sentence) -> dict[str, Any]:
    return {"start": part.span.start, "end": part.span.end, "kind": part.kind.value}
