"""`annotator edit`: what is known of an article's publication, changed later."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

import click

from annotator.cli.import_options import address, one_line, publication_date
from annotator.cli.invocation import Invocation, opened, takes_database, takes_reviewer
from annotator.cli.numbers import WholeNumber
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.errors import DecisionRefused
from annotator.model.article import Publication
from annotator.model.text import neutral_line
from annotator.store.articles import find_article
from annotator.store.publications import edit_publication, last_edit, publications_of

if TYPE_CHECKING:
    from annotator.store import Store

_NAMES = {each.name: "date" if each.name == "published_at" else each.name for each in fields(Publication)}


@click.command()
@click.argument("article")
@click.option("--title", type=one_line, help="Its title; the text stays as it is.")
@click.option("--url", type=address, metavar="ADDRESS", help="Its address.")
@click.option("--archived-url", type=address, metavar="ADDRESS", help="The address of an archived copy.")
@click.option("--publisher", type=one_line, metavar="NAME", help="Who published it.")
@click.option("--author", type=one_line, metavar="NAME", help="Who wrote it.")
@click.option("--date", "published_at", type=publication_date, metavar="DATE", help="When it was published.")
@click.option("--publication", "number", type=WholeNumber(1), metavar="N", help="Which, where there are several.")
@click.option("--undo", is_flag=True, help="Take the last change back.")
@takes_database
@takes_reviewer
@click.pass_obj
def edit(invocation: Invocation, /, article: str, *, number: int | None, undo: bool, **given: str | None) -> None:
    """Correct an article's title, address, publisher, author or date.

    ARTICLE is an id or its beginning (six digits at least), an address, or the exact title. An empty value says
    that it is not known. The change is an entry of the ledger, and --undo takes the last one back. Without an option
    the publications are only printed.
    """
    changes = {name: value for name, value in given.items() if value is not None}
    if undo and changes:
        raise click.UsageError("--undo takes the last change back: give it alone")
    reviewer = invocation.reviewer_or_configured()
    with opened(invocation) as store:
        article_id = find_article(store, article)
        if undo:
            _undo(store, article_id, reviewer)
        elif changes:
            was = _chosen(publications_of(store, article_id), number)
            edit_publication(store, article_id, was, replace(was, **changes), reviewer)
        for at, publication in enumerate(publications_of(store, article_id), 1):
            emit(_line(at, publication))


def _undo(store: Store, article_id: str, reviewer: str | None) -> None:
    last = last_edit(store, article_id)
    if last is None:
        raise DecisionRefused("no change of this article's publications is left to take back")
    was, now = last
    edit_publication(store, article_id, now, was, reviewer)
    narrate("the last change was taken back")


def _chosen(known: list[Publication], number: int | None) -> Publication:
    if number is None and len(known) > 1:
        listed = "; ".join(_line(at, each).strip() for at, each in enumerate(known, 1))
        raise click.UsageError(f"the article has {len(known)} publications: say which with --publication ({listed})")
    at = (number or 1) - 1
    if at >= len(known):
        raise click.UsageError(f"--publication {number}: the article has {counted(len(known), 'publication')}")
    return known[at]


def _line(at: int, publication: Publication) -> str:
    said = (f"{_NAMES[name]}: {value}" for name, value in asdict(publication).items() if value)
    return neutral_line(f"{at}  {' · '.join(said) or 'nothing is known'}") + "\n"
