"""`annotator language`: which language articles are in, said by a person or guessed anew."""

from __future__ import annotations

import click

from annotator.cli.exits import DONE
from annotator.cli.import_options import language_option
from annotator.cli.invocation import Invocation, opened, opened_to_read, takes_database, takes_reviewer
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.model.text import neutral_line
from annotator.workflow.importing.speaking import guess_languages, languages, say_language
from annotator.workflow.selection import shown_articles

GUESS = "guess"


@click.command()
@click.argument("tag", metavar="[TAG]", default="")
@click.argument("named", nargs=-1, metavar="[ARTICLE]...")
@takes_database
@takes_reviewer
@click.pass_obj
def language(invocation: Invocation, tag: str, named: tuple[str, ...]) -> int:
    """Set or guess articles' languages, or list them.

    TAG is a language such as en, de-AT or pt-BR, and each ARTICLE an id or its beginning, an address or the exact
    title. With `guess` for the TAG the language of each ARTICLE is guessed again, or of all articles that have none.
    Suggestions stay as they are until `annotator suggest` is run again.

    Without a TAG the articles are listed, one per line: the beginning of the id, the language and the title, separated
    by tabs.
    """
    if not tag:
        return _list(invocation)
    reviewer = invocation.reviewer_or_configured()
    said = "" if tag == GUESS else language_option(tag)
    if said and not named:
        raise click.UsageError(f"which articles are in {said}? `annotator articles` lists them")
    with opened(invocation) as store:
        ids = shown_articles(store, named)
        changed = say_language(store, ids, said, reviewer) if said else guess_languages(store, ids, reviewer)
        for article_id, title, now in changed:
            narrate(f"{article_id[:12]} {title}: now in {now}")
        narrate(f"{counted(len(changed), 'article')} changed")
    return DONE


def _list(invocation: Invocation) -> int:
    with opened_to_read(invocation) as store:
        for article_id, title, tag in languages(store):
            emit("\t".join((article_id[:12], tag, neutral_line(" ".join(title.split())))) + "\n")
    return DONE
