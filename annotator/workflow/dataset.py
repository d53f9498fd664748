"""The dataset: the chosen claim records in one of the formats."""

from __future__ import annotations

from dataclasses import replace

from annotator.exporters import ExportOptions, Files, Format
from annotator.exporters.split import PARTS, part_of
from annotator.store import Store
from annotator.workflow.exporting.batches import files_of
from annotator.workflow.exporting.chosen import Choice, Chosen, Tally, chosen_of, options_of
from annotator.workflow.formats import FORMATS

__all__ = ["FORMATS", "Choice", "Tally", "exported"]


def exported(store: Store, format_: Format, choice: Choice, tally: Tally) -> Files:
    """The dataset's files, each in pieces, a few records held at a time; `tally` counts what is written.

    A format that knows nothing of parts is written once for each: a single file under the part's name, a folder's
    files below it. Raises NotFoundError, SchemeError and ExportFailure, before anything is written, for what is
    asked for and not there; ExportFailure.
    """
    chosen, options = chosen_of(store, format_, choice, tally), options_of(store, format_, choice)
    tally.by_writer = format_.counts
    if choice.split and not format_.splits:
        return _by_part(format_, chosen, options)
    return files_of(format_, chosen, options)


def _by_part(format_: Format, chosen: Chosen, options: ExportOptions) -> Files:
    split, seed = chosen.choice.split, chosen.choice.seed
    fallen = {article_id: part_of(article_id, split, seed) for article_id in chosen.article_ids}
    # The bar goes through the parts one after another.
    order = sorted(fallen, key=lambda article_id: PARTS.index(fallen[article_id]))
    places = {article_id: place for place, article_id in enumerate(order, 1)}
    for part, share in zip(PARTS, split, strict=True):
        if not share:
            continue
        article_ids = [article_id for article_id in chosen.article_ids if fallen[article_id] == part]
        of_part = replace(chosen, part=part, article_ids=article_ids, places=places)
        before = chosen.tally.losses.written
        for path, chunks in files_of(format_, of_part, options):
            yield f"{part}/{path}" if path else part, chunks
        if format_.counts:
            chosen.tally.parts[part] = chosen.tally.losses.written - before
