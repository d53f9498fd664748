"""`annotator find`: where words stand, for people and for pipes."""

from __future__ import annotations

import click

from annotator.cli.exits import DONE, FAILED
from annotator.cli.invocation import Invocation, opened_to_read, takes_database, takes_reviewer
from annotator.cli.streams import emit, narrate
from annotator.cli.wording import counted
from annotator.model.text import neutral_line
from annotator.workflow.search import Passage, passages

_NOBODY = ""
"""A reviewer without any work: her claims are the sentences."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, with whole ids and offsets.")
@takes_database
@takes_reviewer
@click.pass_obj
def find(invocation: Invocation, words: tuple[str, ...], *, as_json: bool) -> int:
    """Find words in the articles.

    One line per hit, as `/` finds them in the workbench: the beginning of the article's id, the claim's number, what
    stands before the words, the words, what stands behind them, and the title, with tabs between them. WORDS stand one
    after another, also inside longer words; their case, accents, quotation marks, soft hyphens and the white space
    between them do not matter. The claims are those of the reviewer, or else the sentences. Where nothing is found the
    exit status is 1.
    """
    if not " ".join(words).strip():
        raise click.UsageError("say which words to find")
    count, articles = 0, set()
    with opened_to_read(invocation) as store:
        for passage in passages(store, " ".join(words), invocation.reviewer_or_configured() or _NOBODY):
            emit(_object(passage) if as_json else _line(passage))
            count += 1
            articles.add(passage.hit.article_id)
    if not count:
        narrate(f"found nowhere: {' '.join(words)}")
        return FAILED
    narrate(f"{counted(count, 'hit')} in {counted(len(articles), 'article')}")
    return DONE


def _line(passage: Passage) -> str:
    cells = (
        passage.hit.article_id[:12],
        str(passage.number),
        passage.before,
        passage.words,
        passage.after,
        " ".join(passage.title.split()),
    )
    return "\t".join(map(neutral_line, cells)) + "\n"


def _object(passage: Passage) -> str:
    # Deferred: the room of all formats takes a fifth of what the first hit does.
    from annotator.exporters.row import json_text

    values = {
        "article_id": passage.hit.article_id,
        "title": passage.title,
        "claim": passage.number,
        "claim_id": passage.claim_id,
        "start": passage.hit.span.start,
        "end": passage.hit.span.end,
        "before": passage.before,
        "words": passage.words,
        "after": passage.after,
    }
    return json_text(values) + "\n"
