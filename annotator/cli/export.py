"""`annotator export`: the dataset, to a file, a folder or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

import click

from annotator.cli.export_options import takes_choice
from annotator.cli.invocation import Invocation, opened_to_read, takes_database
from annotator.cli.near import NearChoice
from annotator.cli.progress import progress, told_what_stays
from annotator.cli.streams import BINARY, emit_bytes, is_screen, narrate
from annotator.cli.wording import counted
from annotator.cli.work_log import logged, takes_log
from annotator.exporters import Files, Format
from annotator.workflow.config import load_config
from annotator.workflow.dataset import FORMATS, Choice, Tally, exported
from annotator.workflow.exporting.publish import publish_files, publish_folder

_STANDARD_OUTPUT = Path("-")
_THOUSANDTHS = 1000


@click.command()
@click.argument("format_", metavar="FORMAT", type=NearChoice(list(FORMATS)))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="PATH",
    default=_STANDARD_OUTPUT,
    help="The file or folder to write, whole or not at all.  [default: standard output]",
)
@takes_choice
@takes_log
@takes_database
@click.pass_obj
def export(invocation: Invocation, format_: str, output: Path, choice: Choice) -> None:
    """Write the dataset: one row per claim and reviewer.

    `annotator formats` lists what FORMAT can be. ARTICLE is an id or its beginning (six digits at least), an address,
    or the exact title.
    """
    row = FORMATS[format_]
    if output == _STANDARD_OUTPUT:
        _check_stream(row, choice)
    choice = replace(choice, viewer=invocation.reviewer_or_configured())
    if row.signed:
        choice = _signed(choice)
    if choice.offsets is not None and choice.offsets not in row.offset_units:
        known = f": it has {' and '.join(row.offset_units)}" if row.offset_units else ""
        raise click.UsageError(f"{row.name} does not count offsets in {choice.offsets}{known}")
    tally = Tally()
    with logged(invocation, f"export {row.name}") as log:
        stays = "the rows so far are no whole dataset" if output == _STANDARD_OUTPUT else f"{output} is as it was"
        with told_what_stays(stays), opened_to_read(invocation) as store, store.snapshot(), _shown(tally, output):
            _write(exported(store, row, choice, tally), row, output, divided=bool(choice.split))
        log.said(counted(tally.rows, row.unit))
    _tell(tally, row, output)


def _tell(tally: Tally, row: Format, output: Path) -> None:
    """Say what was written, and what was not."""
    if tally.losses.line:
        narrate(f"losses: {tally.losses.line}")
    if tally.differing.claims:
        narrate(f"{counted(tally.differing.claims, 'claim')} left out: reviewers differ, and nothing is settled")
    written = counted(tally.rows, row.unit)
    parts = ", ".join(f"{count} {part}" for part, count in tally.parts.items() if part)
    said = f"{written} ({parts})" if parts else written
    narrate(said if output == _STANDARD_OUTPUT else f"{said} written to {output}")


def _check_stream(row: Format, choice: Choice) -> None:
    """Refuse what is several files, or nothing to look at, where one stream is written."""
    if row.is_folder:
        raise click.UsageError(f"{row.name} is a folder of files: say where with -o FOLDER")
    if choice.split and not row.splits:
        raise click.UsageError("--split writes several files: name them with -o, as in -o claims" + row.suffix)
    if row.binary and is_screen(sys.stdout):
        raise click.UsageError(f"{row.name} is not for a terminal: {BINARY}")


def _signed(choice: Choice) -> Choice:
    """The choice with the configuration's organisation, unless another is named; an address belongs to a name."""
    if not choice.organisation:
        config = load_config()
        address = choice.organisation_url or config.organisation_url
        choice = replace(choice, organisation=config.organisation, organisation_url=address)
    if choice.organisation_url and not choice.organisation:
        raise click.UsageError("an organisation's address needs its name: say it with --organisation")
    return choice


def _write(files: Files, row: Format, output: Path, *, divided: bool) -> None:
    if row.is_folder:
        publish_folder(files, output)
    elif output == _STANDARD_OUTPUT:
        emit_bytes(chain.from_iterable(chunks for _, chunks in files))
    elif divided and not row.splits:
        publish_files((_named_for(part, output), chunks) for part, chunks in files)
    else:
        publish_files((output, chunks) for _, chunks in files)


def _named_for(part: str, output: Path) -> Path:
    """The file of one part beside the others: claims.train.jsonl."""
    return output.with_name(f"{output.stem}.{part}{output.suffix}")


@contextmanager
def _shown(tally: Tally, output: Path) -> Iterator[None]:
    """How far the export is, unless a terminal is shown the rows themselves."""
    with progress("exporting", _THOUSANDTHS, quiet=is_screen(sys.stdout) and output == _STANDARD_OUTPUT) as shown:

        def reached(place: int, of: int) -> None:
            # How many articles there are is known when the first is read.
            shown.reached(place * _THOUSANDTHS // of, f"{place}/{of}")

        tally.reached = reached
        yield
        shown.reached(_THOUSANDTHS, shown.counted)
