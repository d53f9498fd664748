"""`annotator remove`: an article out of sight, back again, or erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotator.cli.asking import agreed
from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened, takes_database, takes_reviewer
from annotator.cli.streams import narrate
from annotator.store.articles import find_article, hide_article, purge_article
from annotator.store.review import load_article

if TYPE_CHECKING:
    from annotator.store import Store


@click.command()
@click.argument("article")
@click.option("--purge", is_flag=True, help="Erase its text and everything decided about it. This cannot be undone.")
@click.option("--undo", is_flag=True, help="Show a hidden article again.")
@click.option("--yes", "-y", is_flag=True, help="Erase without asking.")
@takes_database
@takes_reviewer
@click.pass_obj
def remove(invocation: Invocation, article: str, *, purge: bool, undo: bool, yes: bool) -> int:
    """Hide an article, show it again, or erase it.

    ARTICLE is an id or its beginning (six digits at least), an address, or the exact title. A hidden article is in no
    queue, report or export, and nothing of it is lost. Of an erased one only its id remains, and that
    there were decisions about it, and its text cannot be imported into this database again.
    """
    if purge and undo:
        raise click.UsageError("--purge cannot be undone: give --purge or --undo, not both")
    reviewer = invocation.reviewer_or_configured()
    with opened(invocation) as store:
        article_id = find_article(store, article)
        if purge:
            return _purge(store, article_id, reviewer, yes=yes)
        changed = hide_article(store, article_id, reviewer, hidden=not undo)
        state = "shown" if undo else "hidden"
        narrate(f"{state if changed else f'already {state}'}: {_name(store, article_id)}")
        if not undo:
            narrate(f"`annotator remove --undo {article_id[:12]}` shows it again")
    return DONE


def _purge(store: Store, article_id: str, reviewer: str | None, *, yes: bool) -> int:
    name = _name(store, article_id)
    question = f"Erase {name}, with everything decided about it, for good?"
    if not yes and not agreed(question, "add --yes to erase the article for good"):
        return FAILED
    purge_article(store, article_id, reviewer)
    narrate(f"erased: {name}")
    return DONE


def _name(store: Store, article_id: str) -> str:
    return f"{article_id[:12]} {load_article(store, article_id).title}"
