"""`annotator import`: files, folders, addresses and standard input into the database."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.import_annotations import run_annotation_import, takes_annotation_options
from annotator.cli.import_options import takes_import_options
from annotator.cli.invocation import Invocation, opened, takes_database
from annotator.cli.progress import MUCH, progress, told_what_stays
from annotator.cli.streams import narrate
from annotator.cli.wording import counted
from annotator.cli.work_log import WorkLog, logged, takes_log
from annotator.errors import ImportFailure
from annotator.importers import ImportOptions
from annotator.importers.files import PassedOver, is_directory, size_of
from annotator.importers.metering import metered
from annotator.importers.sources import in_directory
from annotator.model.article import Article
from annotator.model.late import dataclass
from annotator.workflow.ingest import Outcome, ingest, read_articles

if TYPE_CHECKING:
    from annotator.store import Store

WHAT_STAYS = "every article that is counted below is stored whole; the same command again goes on with the others"

A_HANDFUL = 5
"""For more sources than these, a terminal has a bar."""


_MOST_NAMED = 12
"""A closing line names no more files or fields than these; how many more there are it says."""


@dataclass(slots=True)
class Tally:
    """What has become of the articles so far; `unread` has the names of fields as keys, in the order they came."""

    results: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    summaries: Counter[str] = field(default_factory=Counter)
    near: int = 0
    passed: list[str] = field(default_factory=list)
    unread: dict[str, None] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.results[outcome.result] += 1
        self.summaries.update(note.summary for note in outcome.notes)
        self.near += outcome.near
        self.unread |= dict.fromkeys(outcome.unread)
        if outcome.result == "passed":
            self.passed.append(outcome.origin)
        if outcome.result == "added":
            self.sentences += outcome.sentences

    @property
    def lines(self) -> list[str]:
        """The closing lines: the counts, and below them what was not read."""
        found = [self.line]
        if self.passed:
            found.append(f"{counted(len(self.passed), 'file')} passed over: {_listed(self.passed)}")
        if self.unread:
            found.append(
                f"not read: {_listed(list(map(repr, self.unread)))} (of a table, --field OUR=THEIRS reads one)"
            )
        return found

    @property
    def line(self) -> str:
        """The counts in one line."""
        there, publications = self.results["there"] + self.results["publication"], self.results["publication"]
        more = f" ({counted(publications, 'new publication')})" if publications else ""
        added, failed = counted(self.results["added"], "article"), self.results["failed"]
        read = "".join(f"; {number} {summary}" for summary, number in sorted(self.summaries.items()))
        sentences = counted(self.sentences, "sentence")
        near = f"; {self.near} nearly the same as another article" if self.near else ""
        return f"{added} added, {there} already there{more}, {failed} failed, {sentences}{near}{read}"


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; no database is opened or made.")
@takes_import_options
@click.option("--worth-checking", is_flag=True, help="Only articles with a sentence suggested as worth checking.")
@click.option("--quiet", "-q", is_flag=True, help="Print only failures and the last line.")
@takes_log
@takes_database
@takes_annotation_options
@click.pass_obj
def import_articles(
    invocation: Invocation,
    sources: tuple[str, ...],
    *,
    dry_run: bool,
    worth_checking: bool,
    quiet: bool,
    options: ImportOptions,
    annotations: str | None,
    label_map: Path | None,
    realign: bool,
    offsets: str | None,
    named: str | None,
) -> int:
    """Add articles to the database.

    The database is made if there is none. SOURCE is a file, a folder, an http or https address, or - for standard
    input. Read are plain text, Markdown, HTML, JSON, JSON Lines, CSV, Word (.docx) and LibreOffice (.odt) documents;
    RTF and PDF with the extra "documents". A text that is already there changes nothing; the same text from another
    outlet adds a publication. Near copies of other articles are named. What cannot be imported is named with its
    reason, and the rest goes in.

    With --annotations, SOURCE is a file or folder of annotated articles: our own jsonl, or another tool's. They become
    decisions of the reviewers that the file or --reviewer names; what these have decided here themselves stays.
    """
    if annotations is None and (label_map is not None or realign or offsets):
        raise click.UsageError("--label-map, --realign and --offsets go with --annotations FORMAT")
    if annotations is not None:
        return run_annotation_import(
            invocation,
            sources,
            annotations,
            label_map_path=label_map,
            reviewer=named,
            realign=realign,
            offsets=offsets,
            dry_run=dry_run,
            quiet=quiet,
        )
    invocation = replace(invocation, reviewer=named or invocation.reviewer)
    reviewer = None if dry_run else invocation.reviewer_or_configured()
    tally = Tally()
    with (
        logged(invocation, "import") as log,
        nullcontext() if dry_run else opened(invocation, create=True, checked=True) as store,
    ):
        try:
            with told_what_stays(WHAT_STAYS):
                for outcome in _shown(sources, options, store, reviewer, log, only_worth=worth_checking, quiet=quiet):
                    tally.add(outcome)
        finally:
            # Also when the import is interrupted: what went in before is there.
            first, *more = tally.lines
            for line in [f"nothing written: {first}" if dry_run else first, *more]:
                narrate(line)
            log.said(tally.line)
    return FAILED if tally.results["failed"] else DONE


def _shown(
    sources: Sequence[str],
    options: ImportOptions,
    store: Store | None,
    reviewer: str | None,
    log: WorkLog,
    *,
    only_worth: bool,
    quiet: bool,
) -> Iterator[Outcome]:
    """Import the sources, and narrate what there is to say about each article, above the bar where there is one."""
    steps = [step for source in sources for step in _steps(source, options)]
    sizes = [size_of(step) if isinstance(step, str) else 0 for step in steps]
    barred = len(steps) > A_HANDFUL or sum(sizes) > MUCH
    with progress("importing", sum(sizes), quiet=quiet, barred=barred) as shown:
        reached: deque[int] = deque()
        found = ingest(store, _read(steps, options, reached, shown.more), reviewer, only_worth=only_worth)
        said: set[str] = set()
        waiting, at, articles = "", -1, 0
        for outcome in found:
            articles += 1
            # Files are read ahead of what is stored of them.
            before, at = at, reached.popleft()
            said = said if at == before else set()
            shown.say_unless_empty(waiting)
            waiting = _told(outcome, said, log, quiet=quiet)
            shown.reached(shown.done, _counted(at, len(steps), articles))
            yield outcome
        shown.reached(sum(sizes), _counted(len(steps), len(steps), articles))
        shown.say_unless_empty(waiting)


def _read(
    steps: Sequence[str | ImportFailure | PassedOver],
    options: ImportOptions,
    reached: deque[int],
    told: Callable[[int], None],
) -> Iterator[Article | ImportFailure | PassedOver]:
    """What the steps hold; for each of it, the number of its step stands at the end of `reached`."""
    reading = partial(metered, told=told)
    for number, step in enumerate(steps):
        for item in read_articles([step], options, reading) if isinstance(step, str) else [step]:
            reached.append(number)
            yield item


def _counted(files: int, of: int, articles: int) -> str:
    """How far it is, in files, and in articles where they are many in few."""
    return f"{files}/{of}" if of > A_HANDFUL else counted(articles, "article")


def _told(outcome: Outcome, said: set[str], log: WorkLog, *, quiet: bool) -> str:
    """Log the outcome; the line about it, empty where there is nothing to say."""
    if outcome.result == "failed":
        log.failed(outcome.origin, outcome.place, outcome.refused_at, outcome.detail)
    else:
        log.done(outcome.result, outcome.origin, outcome.detail)
    details = _new(outcome, said)
    return f"{outcome.origin}: {'; '.join(details)}" if details and not (quiet and outcome.result != "failed") else ""


def _new(outcome: Outcome, said: set[str]) -> list[str]:
    """What there is to say of an article; what holds for all rows of a file is said with the first of them."""
    found = [note.detail for note in outcome.notes if note.detail and note.detail not in said]
    said.update(found)
    return [*found, outcome.detail] if outcome.detail else found


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _steps(source: str, options: ImportOptions) -> list[str | ImportFailure | PassedOver]:
    """The source, or the files of a folder one by one, so that they can be counted before they are read."""
    if source == "-" or "://" in source or not is_directory(source):
        return [source]
    return list(in_directory(source, options))
