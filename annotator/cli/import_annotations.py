"""`annotator import --annotations`: other tools' annotations and our own exports into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, reviewer_name
from annotator.cli.streams import narrate
from annotator.cli.wording import counted
from annotator.importers.annotations import ANNOTATION_FORMATS, AnnotationOptions, LabelMap, label_map
from annotator.importers.files import open_regular
from annotator.workflow.annotations import Taken, import_annotations, text_of

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--annotations",
        type=click.Choice(list(ANNOTATION_FORMATS)),
        help="Read annotations of this format, and the articles that they are of.",
    ),
    click.option(
        "--label-map",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="With --annotations: a TOML file that says what their labels mean.",
    ),
    click.option(
        "--realign",
        is_flag=True,
        help="With --annotations: move spans with wrong offsets to the nearest place where their quoted text is.",
    ),
    click.option(
        "--reviewer",
        "named",
        type=reviewer_name,
        metavar="NAME",
        help="Who is at work, as before the command; with --annotations, whose annotations they are.",
    ),
)


def takes_annotation_options(command: Decorated) -> Decorated:
    """Give a command the options of importing annotations: `annotations`, `label_map`, `realign` and `named`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def run_annotation_import(
    invocation: Invocation,
    sources: Sequence[str],
    format_name: str,
    *,
    label_map_path: Path | None,
    reviewer: str | None,
    realign: bool,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Import the annotations, narrate what there is to say, and return the exit status."""
    labels = _labels(label_map_path)
    importer = None if dry_run else invocation.reviewer_or_configured()
    results: Counter[str] = Counter()
    with nullcontext() if dry_run else opened(invocation, create=True) as store:
        options = AnnotationOptions(labels, reviewer or "", realign)
        if store is not None:
            options = AnnotationOptions(labels, reviewer or "", realign, partial(text_of, store))
        try:
            for taken in import_annotations(store, sources, ANNOTATION_FORMATS[format_name], options, importer):
                _count(results, taken)
                if taken.detail and not (quiet and taken.result != "failed"):
                    narrate(f"{taken.origin}: {taken.detail}")
        finally:
            # Also when the import is interrupted: what went in before is there.
            narrate(f"nothing written: {_line(results)}" if dry_run else _line(results))
    return FAILED if results["failed"] else DONE


def _labels(path: Path | None) -> LabelMap:
    if path is None:
        return LabelMap()
    with open_regular(str(path)) as stream:
        return label_map(stream.read(), str(path))


def _count(results: Counter[str], taken: Taken) -> None:
    results[taken.result] += 1
    results["articles"] += taken.article == "added"
    results["claims"] += taken.claims
    results["attributions"] += taken.attributions
    results["evidence"] += taken.evidence


def _line(results: Counter[str]) -> str:
    """The counts in one line."""
    what = ", ".join(
        (
            counted(results["claims"], "claim"),
            counted(results["attributions"], "attribution"),
            f"{results['evidence']} of evidence",
        )
    )
    works = f"{counted(results['taken'], 'work')} taken over ({what})"
    return f"{counted(results['articles'], 'article')} added, {works}, {results['there']} already there, " + (
        f"{results['failed']} failed"
    )
