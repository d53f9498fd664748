"""`annotator import --annotations`: other tools' annotations and our own exports into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, reviewer_name
from annotator.cli.near import NearChoice
from annotator.cli.progress import MUCH, progress, told_what_stays
from annotator.cli.streams import narrate
from annotator.cli.wording import counted
from annotator.cli.work_log import WorkLog, logged
from annotator.importers.annotations import (
    ANNOTATION_FORMATS,
    AnnotationFormat,
    AnnotationOptions,
    LabelMap,
    bytes_to_read,
    label_map,
)
from annotator.importers.files import open_regular
from annotator.importers.metering import metered
from annotator.model.late import dataclass
from annotator.model.offsets import OffsetUnit
from annotator.workflow.annotations import Taken, import_annotations, text_of

if TYPE_CHECKING:
    from annotator.store import Store

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_WITH_UNITS = ("doccano", "label-studio", "w3c")

_OPTIONS = (
    click.option(
        "--annotations",
        type=NearChoice(list(ANNOTATION_FORMATS)),
        help="Read annotations in this format, with their articles.",
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
        "--offsets",
        type=click.Choice([unit.value for unit in OffsetUnit]),
        help="With --annotations doccano, label-studio or w3c: the unit of the files' offsets.",
    ),
    click.option(
        "--reviewer",
        "named",
        type=reviewer_name,
        metavar="NAME",
        help="The reviewer's name, as before the command; with --annotations, whose annotations they are.",
    ),
)


def takes_annotation_options(command: Decorated) -> Decorated:
    """Give a command `annotations`, `label_map`, `realign`, `offsets` and `named`."""
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
    offsets: str | None,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Import the annotations, narrate what there is to say, and return the exit status."""
    labels = _labels(label_map_path)
    importer = None if dry_run else invocation.reviewer_or_configured()
    unit = OffsetUnit(offsets) if offsets else None
    if unit is not None and format_name not in _WITH_UNITS:
        known = f"{', '.join(_WITH_UNITS[:-1])} or {_WITH_UNITS[-1]}"
        raise click.UsageError(f"--offsets goes with --annotations {known}: the others have one unit")
    tally = _Tally()
    with (
        logged(invocation, "import") as log,
        nullcontext() if dry_run else opened(invocation, create=True, checked=True) as store,
    ):
        options = AnnotationOptions(labels, reviewer or "", realign, offsets=unit)
        if store is not None:
            options = replace(options, text_of=partial(text_of, store))
        try:
            with told_what_stays("every work that is counted below is stored whole; the same command again goes on"):
                _take(store, sources, ANNOTATION_FORMATS[format_name], options, importer, tally, log, quiet=quiet)
        finally:
            # Also when the import is interrupted: what went in before is there.
            for line in tally.unnamed:
                narrate(line)
            narrate(f"nothing written: {tally.line}" if dry_run else tally.line)
            log.said(tally.line)
    return FAILED if tally.results["failed"] else DONE


def _take(
    store: Store | None,
    sources: Sequence[str],
    format_: AnnotationFormat,
    options: AnnotationOptions,
    importer: str | None,
    tally: _Tally,
    log: WorkLog,
    *,
    quiet: bool,
) -> None:
    """Import the annotations; what there is to say about each article is said above the bar, where there is one."""
    total = bytes_to_read(sources, format_, options)
    with progress("importing", total, quiet=quiet, barred=total > MUCH) as shown:
        reading = partial(metered, told=shown.more)
        for taken in import_annotations(store, sources, format_, options, importer, reading):
            tally.add(taken)
            shown.counted = counted(tally.results["taken"] + tally.results["there"], "work")
            if taken.result == "failed":
                log.failed(taken.origin, taken.place, taken.refused_at, taken.detail)
            elif taken.result != "note":
                log.done(taken.result, taken.origin, taken.detail)
            if taken.detail and not (quiet and taken.result != "failed"):
                shown.say(f"{taken.origin}: {taken.detail}")


def _labels(path: Path | None) -> LabelMap:
    if path is None:
        return LabelMap()
    with open_regular(str(path)) as stream:
        return label_map(stream.read(), str(path))


@dataclass(slots=True)
class _Tally:
    """What has become of everything so far."""

    results: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    guessed: dict[str, None] = field(default_factory=dict)

    def add(self, taken: Taken) -> None:
        """Count one more."""
        self.results[taken.result] += 1
        self.results["articles"] += taken.article == "added"
        self.results["claims"] += taken.claims
        self.results["attributions"] += taken.attributions
        self.results["evidence"] += taken.evidence
        if taken.kind:
            self.left_out[taken.kind] += taken.count
        if taken.result == "taken" and not taken.named:
            self.guessed[taken.reviewer] = None

    @property
    def unnamed(self) -> list[str]:
        """A line where the files do not name the reviewers."""
        if not self.guessed:
            return []
        return [f"no name says whose work it is: taken as {', '.join(self.guessed)}; --reviewer NAME says it"]

    @property
    def line(self) -> str:
        """The counts in one line."""
        results = self.results
        what = ", ".join(
            (
                counted(results["claims"], "claim"),
                counted(results["attributions"], "attribution"),
                f"{results['evidence']} of evidence",
            )
        )
        works = f"{counted(results['taken'], 'work')} taken over ({what})"
        empty = f", {results['empty']} with nothing to take over" if results["empty"] else ""
        there = f"{results['there']} already there{empty}, {results['failed']} failed"
        kinds = ", ".join(counted(count, kind) for kind, count in sorted(self.left_out.items()) if count)
        return f"{counted(results['articles'], 'article')} added, {works}, {there}" + (
            f"; left out: {kinds}" if kinds else ""
        )
