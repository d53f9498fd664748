"""`annotator worth`: how far sentences are worth checking, without a database."""

from __future__ import annotations

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.streams import emit_bytes, narrate
from annotator.errors import ImportFailure
from annotator.exporters.row import json_text
from annotator.workflow.worth_lists import assessed_rows


@click.command()
@click.argument("source", metavar="FILE|-")
def worth(source: str) -> int:
    """Score sentences for check-worthiness, without a database.

    FILE, or - for standard input, is JSON Lines: {"id": ..., "text": "..."}, one English sentence per row. One line per
    row is printed: its id, the score from 0 to 1, whether that makes it worth checking, and the reasons.
    """
    status = DONE
    for item in assessed_rows(source):
        if isinstance(item, ImportFailure):
            narrate(f"annotator: {item}")
            status = FAILED
            continue
        row, made = item
        told = {"id": row.id, "score": made.score, "worth": made.worth, "reasons": made.reasons}
        emit_bytes([json_text(told).encode() + b"\n"])
    return status
