"""`annotator formats`: what an export can be written as."""

from __future__ import annotations

import click

from annotator.cli.streams import emit
from annotator.workflow.dataset import FORMATS


@click.command()
def formats() -> None:
    """List the formats of `annotator export`.

    For each its name, what it is for, what it keeps and loses, and the unit of its offsets.
    """
    for row in FORMATS.values():
        lines = {
            "keeps": row.keeps,
            "loses": "; ".join(row.loses) or "nothing",
            "offsets": row.offsets,
            "needs": f"pip install 'annotator[{row.extra}]'" if row.extra else "",
        }
        emit(f"{row.name}\n  {row.summary}\n")
        emit("".join(f"  {what:<8} {said}\n" for what, said in lines.items() if said))
