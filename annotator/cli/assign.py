"""`annotator assign`: who reviews what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from click.core import ParameterSource

from annotator.cli.asking import agreed
from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, reviewer_name, takes_database, takes_reviewer
from annotator.cli.near import NearChoice
from annotator.cli.numbers import WholeNumber
from annotator.cli.plan_table import plan_csv, read_plan
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.model.text import neutral_line
from annotator.workflow import assigning
from annotator.workflow.assigning import Grain, Proposal, Shares

if TYPE_CHECKING:
    from annotator.store import Store


def _names(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(reviewer_name(name) for name in value.split(",") if name.strip()) if value else ()


@click.command()
@click.option("--reviewers", callback=_names, metavar="NAME,NAME", help="Who is to review, separated by commas.")
@click.option(
    "--overlap",
    default="1",
    show_default=True,
    metavar="N|N%",
    help="How many review each: 2, or 20% for a fifth reviewed by two and the rest by one.",
)
@click.option(
    "--by",
    "grain",
    type=NearChoice(["article", "claim"]),
    default="article",
    show_default=True,
    help="Assign whole articles, or single claims.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the random draw.")
@click.option("--limit", type=WholeNumber(min=1), help="Assign at most this many that nobody has yet.")
@click.option(
    "--from",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="A table with a column article, and one reviewer where it says who reviews what; as --format csv writes it.",
)
@click.option(
    "--format",
    "format_",
    type=NearChoice(["terminal", "csv"]),
    default="terminal",
    show_default=True,
    help="How to show the present assignment; csv is a table for --from.",
)
@click.option("--undo", is_flag=True, help="Take the last assignment back.")
@click.option("--dry-run", is_flag=True, help="Show what would be assigned, and do nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
@takes_database
@takes_reviewer
@click.pass_obj
def assign(
    invocation: Invocation,
    reviewers: tuple[str, ...],
    overlap: str,
    grain: str,
    seed: int,
    limit: int | None,
    table: Path | None,
    format_: str,
    *,
    undo: bool,
    dry_run: bool,
    yes: bool,
) -> int:
    """Assign articles to reviewers, or show who has which.

    Everybody gets about the same number of claims. Whoever has begun an article keeps it; the open work of a reviewer
    who is not named goes to those who are. So run the same command again when articles are added, or when a reviewer
    joins or leaves. Each reviewer's queue then shows her own articles first. Without --reviewers or --from the present
    assignment is shown.
    """
    me = invocation.reviewer_or_configured()
    if format_ == "csv" and (undo or reviewers or table is not None):
        raise click.UsageError("--format csv shows what is assigned: leave --reviewers, --from and --undo out")
    with opened(invocation) as store:
        if undo:
            assigning.take_back(store, me)
            emit(_table(assigning.shares(store)))
            narrate("the last assignment was taken back; decisions made meanwhile stay")
            return DONE
        if not reviewers and table is None:
            _check_nothing_is_drawn()
            emit(plan_csv(assigning.given(store)) if format_ == "csv" else _table(assigning.shares(store)))
            return DONE
        proposal = _proposal(store, table, reviewers, overlap, cast(Grain, grain), seed, limit)
        emit(_comparison(proposal))
        narrate(_summary(proposal))
        if dry_run:
            return DONE
        otherwise = "add --yes to hand it out, or --dry-run to look at it"
        if proposal.changes and not yes and not agreed("Hand it out so?", otherwise):
            return FAILED
        assigning.assign(store, proposal, me)
        narrate("assigned; `annotator assign --undo` takes it back")
    return DONE


def _check_nothing_is_drawn() -> None:
    """Raise UsageError where options say how to draw, and none who is to review: they would change nothing."""
    context = click.get_current_context()
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        if given and parameter.name in _DRAWN:
            raise click.UsageError(f"{parameter.opts[0]} draws for nobody: name them with --reviewers NAME,NAME")


_DRAWN = frozenset(("reviewers", "overlap", "grain", "seed", "limit"))
"""The options that say what is drawn, and for whom."""


def _proposal(
    store: Store,
    table: Path | None,
    reviewers: Sequence[str],
    overlap: str,
    grain: Grain,
    seed: int,
    limit: int | None,
) -> Proposal:
    from annotator.assignment import Overlap

    rows = list(read_plan(table)) if table is not None else None
    if rows is not None and any(row.reviewer for row in rows):
        if reviewers:
            raise click.UsageError(f"{table} says who reviews what: leave --reviewers out")
        named = assigning.find_articles(store, [row.article_id for row in rows])
        return assigning.propose_given(
            store, [replace(row, article_id=id_) for id_, row in zip(named, rows, strict=True)]
        )
    if not reviewers:
        raise click.UsageError("say with --reviewers who is to review")
    chosen = None if rows is None else assigning.find_articles(store, [row.article_id for row in rows])
    return assigning.propose(
        store, reviewers, Overlap.parsed(overlap), grain=grain, seed=seed, limit=limit, article_ids=chosen
    )


def _table(shares: Mapping[str, Shares]) -> str:
    if not shares:
        return "nothing is assigned: everybody reviews everything\n"
    rows = [("reviewer", "articles", "claims", "left")]
    rows += [(name, str(share.articles), str(share.claims), str(share.left)) for name, share in shares.items()]
    return _aligned(rows)


def _comparison(proposal: Proposal) -> str:
    nothing = Shares(0, 0, 0)
    rows = [("reviewer", "articles", "claims", "left before", "left after")]
    for name in sorted(proposal.before.keys() | proposal.after.keys()):
        before, after = proposal.before.get(name, nothing), proposal.after.get(name, nothing)
        rows.append((name, str(after.articles), str(after.claims), str(before.left), str(after.left)))
    return _aligned(rows)


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        first, *others = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append(neutral_line("  ".join((first, *others))).rstrip())
    return "\n".join(lines) + "\n"


def _summary(proposal: Proposal) -> str:
    parts = [
        f"{counted(proposal.units, proposal.grain)} for these reviewers",
        f"{proposal.several} of them reviewed by several",
    ]
    if proposal.shared:
        fewest = min(proposal.shared.values())
        parts.append(f"any two who share work have at least {counted(fewest, 'claim')} in common")
    return "; ".join(parts)
