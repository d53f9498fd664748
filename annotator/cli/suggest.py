"""`annotator suggest`: the suggesters asked anew, or asked about files without a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click
from click.core import ParameterSource

from annotator.cli.exits import DONE, FAILED
from annotator.cli.import_options import takes_import_options
from annotator.cli.invocation import Invocation, opened, takes_database
from annotator.cli.progress import progress, told_what_stays
from annotator.cli.split import article_row
from annotator.cli.streams import diverted, emit, narrate
from annotator.cli.wording import counted
from annotator.cli.work_log import WorkLog, logged, takes_log
from annotator.errors import ImportFailure
from annotator.exporters.row import json_text
from annotator.importers import ImportOptions, PassedOver
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.model.suggestion import Suggestions
from annotator.store import Store, articles
from annotator.workflow.importing.preparing import suggest_for
from annotator.workflow.ingest import split_articles
from annotator.workflow.selection import shown_articles
from annotator.workflow.suggesting import BUILT_IN, suggest_again, usable_suggesters

A_HANDFUL = 5
"""For more articles than these, a terminal has a bar."""

_FOR_PRINTING = {
    "suggesters": "--suggester",
    "unwrap": "--unwrap",
    "max_bytes": "--max-size",
    "fields": "--field",
    "format_": "--format",
    "allow_private": "--allow-private",
    "timeout": "--timeout",
}


@click.command()
@click.argument("named", nargs=-1, metavar="[ARTICLE]...")
@click.option(
    "--print",
    "printing",
    is_flag=True,
    help="Take each ARTICLE for a source to read, and print what is proposed as JSON Lines, without a database.",
)
@click.option(
    "--suggester",
    "suggesters",
    metavar="NAME",
    multiple=True,
    default=BUILT_IN,
    show_default=True,
    help="With --print: which suggester to ask. May be repeated.",
)
@takes_import_options
@takes_log
@takes_database
@click.pass_context
def suggest(
    ctx: click.Context, named: tuple[str, ...], *, printing: bool, suggesters: tuple[str, ...], options: ImportOptions
) -> int:
    """Run the suggesters again.

    The project's suggesters read each ARTICLE, or all of them, and what they proposed before is replaced. No decision
    changes, and a reviewer is shown only what she has not decided yet.

    With --print an ARTICLE is what `annotator import` takes: a file, a folder, an address, or - for standard input. One
    line per article is printed: what `annotator split` prints, and the proposals. The options for reading go with it.
    """
    if printing:
        if not named:
            raise click.UsageError("--print needs at least one file, folder, address or -")
        return _print(named, options, suggesters)
    for parameter, option in _FOR_PRINTING.items():
        if ctx.get_parameter_source(parameter) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option} goes with --print only")
    return _again(ctx.obj, named)


def _again(invocation: Invocation, named: Sequence[str]) -> int:
    done = proposals = failed = 0
    with logged(invocation, "suggest") as log, opened(invocation, checked=True) as store:
        article_ids = shown_articles(store, named) or articles.shown_ids(store)
        try:
            with told_what_stays(
                "the articles that are counted below have their new proposals, the others their old ones"
            ):
                for count, fine in _each(store, list(dict.fromkeys(article_ids)), log):
                    done, proposals, failed = done + 1, proposals + count, failed + (not fine)
        finally:
            # Also when it is interrupted: what was proposed before is there.
            trouble = f", with trouble in {failed}" if failed else ""
            line = f"{counted(done, 'article')}, {counted(proposals, 'proposal')}{trouble}"
            narrate(line)
            log.said(line)
    return FAILED if failed else DONE


def _each(store: Store, article_ids: Sequence[str], log: WorkLog) -> Iterator[tuple[int, bool]]:
    """For each article how many proposals it has now and whether nothing went wrong; what did is narrated."""
    total = len(article_ids)
    with progress("suggesting", total, barred=total > A_HANDFUL) as shown:
        for number, renewed in enumerate(suggest_again(store, article_ids), 1):
            short = str(renewed.article_id)[:12]
            shown.reached(number, f"{number}/{total}")
            if renewed.detail:
                shown.say(f"{short} {renewed.title}: {renewed.detail}")
                log.failed(f"article {short}", "", "", renewed.detail)
            else:
                log.done(counted(renewed.proposals, "proposal"), f"article {short}")
            yield renewed.proposals, not renewed.detail


def _print(sources: Sequence[str], options: ImportOptions, names: Sequence[str]) -> int:
    with diverted():
        suggesters = usable_suggesters(names)
    status = DONE
    for item in split_articles(sources, options):
        if isinstance(item, ImportFailure):
            narrate(f"annotator: {item}")
            status = FAILED
            continue
        if isinstance(item, PassedOver):
            narrate(f"{item.origin}: {item.reason}")
            continue
        article, made = item
        with diverted():
            proposed, trouble = suggest_for(article, made, suggesters, default_scheme())
        if trouble:
            narrate(f"annotator: {article.origin}: {trouble}")
            status = FAILED
        emit(json_text({**article_row(article, made), **proposed_row(proposed)}) + "\n")
    return status


def proposed_row(proposed: Sequence[Suggestions]) -> dict[str, Any]:
    """What suggesters propose as JSON values; an attribution's `parent` is its index among the attributions."""
    worths: list[dict[str, Any]] = []
    attributions: list[dict[str, Any]] = []
    for one in proposed:
        worths += [
            {
                "start": worth.span.start,
                "end": worth.span.end,
                "worth": worth.worth,
                "rule": worth.rule,
                "confidence": worth.confidence,
            }
            for worth in one.worths
        ]
        index = {made.attribution.id: number for number, made in enumerate(one.attributions, len(attributions))}
        attributions += [
            {
                "source": _pairs(made.attribution.source),
                "cue": _pairs([made.attribution.cue]),
                "content": _pairs(made.attribution.content),
                "form": made.attribution.form.value,
                "type": made.attribution.type.value,
                "anonymity": made.attribution.anonymity.value,
                "relay": _pairs([made.attribution.relay]),
                "negated": made.attribution.negated,
                "parent": index.get(made.attribution.parent or ""),
                "rule": made.rule,
                "confidence": made.confidence,
            }
            for made in one.attributions
        ]
    return {"suggesters": [one.suggester for one in proposed], "worths": worths, "attributions": attributions}


def _pairs(spans: Sequence[Span | None]) -> list[list[int]]:
    return [span.as_pair() for span in spans if span is not None]
