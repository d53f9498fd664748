"""One web page, from its markup to the article in it: what is seen, what of that is the article, what is said of it."""

from __future__ import annotations

import copy
import logging
import re
from typing import Any

import trafilatura
from trafilatura.xml import xmltotxt

from annotator.importers.decoding import Source
from annotator.importers.draft import Draft
from annotator.importers.options import ImportOptions
from annotator.importers.pages.blocks import PageBlock, blocks_of, letters
from annotator.importers.pages.choosing import choose
from annotator.importers.pages.days import is_dateline
from annotator.importers.pages.limits import check_size
from annotator.importers.pages.notes import FROM_METADATA, NO_VISIBLE_TEXT, note_on_paid, note_on_taken
from annotator.importers.pages.people import BETWEEN, is_byline
from annotator.importers.pages.saying import PageSays, what_it_says
from annotator.importers.pages.typed import write_out_headings
from annotator.importers.pages.visible import leave_what_is_seen
from annotator.importers.pages.wording import text_of
from annotator.model.article import BlockKind, Publication

METADATA = "metadata"
# A long prologue hides from trafilatura that this is a page.
_PROLOGUE = re.compile(r"\A\s*(?:(?:<\?xml[^>]*>|<!--.*?-->)\s*)*", re.DOTALL)

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def article_of(page: str, source: Source, options: ImportOptions) -> Draft | None:
    """The article in a page's markup, or None where it shows none; raises ImportFailure for one that is too large."""
    page = _PROLOGUE.sub("", page, count=1)
    if "<html" not in page[:5000].lower():
        page = f"<html><body>{page}</body></html>"
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    check_size(tree, source.origin)
    write_out_headings(tree)
    says = what_it_says(tree, source.url)
    taken = leave_what_is_seen(tree, language=says.language, unwrap=options.unwrap)
    found = _found(tree, says.url)
    authors = says.author.split(BETWEEN) if says.author else []
    chosen = choose(
        blocks_of(tree, says.titles),
        found,
        says.titles,
        authors,
        lambda line: is_dateline(line, says.language) or is_byline(line, authors),
    )
    text, hints = text_of(chosen)
    notes = note_on_taken(taken, chosen)
    longer = len(letters(says.body)) > len(letters(text))
    paid = note_on_paid(paid=says.paid, whole=longer)
    if says.body and longer and (options.prefer == METADATA or not text):
        notes, paid = (FROM_METADATA if text else NO_VISIBLE_TEXT,), ()
        text, hints = says.body, ()
    if not text:
        return None
    return Draft(
        text,
        Publication(
            title=_title(chosen, says) or "",
            url=says.url,
            publisher=says.publisher,
            author=says.author,
            published_at=says.published_at,
        ),
        says.language,
        says.rights,
        hints,
        wrapped=False,
        notes=(*notes, *paid),
    )


def _found(tree: Any, url: str) -> str:
    """The text of the article that trafilatura finds in a tree, a line for a paragraph; the tree stays as it is."""
    document = trafilatura.bare_extraction(copy.deepcopy(tree), url=url or None, include_comments=False)
    if document is None or isinstance(document, dict):
        return ""
    return str(xmltotxt(document.body, include_formatting=False) or "")


def _title(chosen: list[PageBlock], says: PageSays) -> str:
    """The headline as the page shows it in front of its text, or else the best of the page's titles."""
    shown = next((block for block in chosen if block.kind is BlockKind.HEADLINE), None)
    if shown is not None and (shown.is_title or any(shown.letters in letters(title) for title in says.titles)):
        return " ".join(shown.text.split())
    return next(iter(says.titles), "")
