"""An article as the rows that are stored of it: pure, so that it can be made apart from the writing, in any process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from annotator.model.article import Article, Segmentation
from annotator.model.shingles import bands, shingles
from annotator.model.suggestion import Suggestions
from annotator.model.text import same_text_id
from annotator.store.proposal_rows import packed_proposals, proposals_of
from annotator.store.suggestions import suggestion_digest
from annotator.store.text_index import indexed

_LONGEST_BEGINNING = 200


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """What is stored of an article, but for what only the database knows: numbers, the time and the order.

    `payload` is that of its entry in the ledger. `suggestions` are the suggesters' names with their compressed values
    and digests; `index` is what the index of texts is given, `bands` are fingerprints of near copies.
    """

    id: str
    same_text: str
    text: str
    sentences: int
    beginning: str
    payload: dict[str, Any]
    suggestions: tuple[tuple[str, bytes | None, bytes], ...]
    index: str
    bands: tuple[int, ...]


def article_rows(article: Article, segmentation: Segmentation, suggestions: Iterable[Suggestions]) -> ArticleRows:
    """The rows of an article with its blocks, sentences and suggestions."""
    return ArticleRows(
        id=article.id,
        same_text=same_text_id(article.text),
        text=article.text,
        sentences=len(segmentation.sentences),
        beginning=beginning_of(article.text),
        payload={
            "publication": asdict(article.publication),
            "language": article.language,
            "rights": article.rights,
            "origin": article.origin,
            "splitter": segmentation.version,
            "blocks": [[*block.span.as_pair(), block.kind.value] for block in segmentation.blocks],
            "sentences": [sentence.span.as_pair() for sentence in segmentation.sentences],
        },
        suggestions=_suggestion_rows(article.id, suggestions),
        index=indexed(article.text),
        bands=bands(shingles(article.text)),
    )


def beginning_of(text: str) -> str:
    """What a text without a title is called in lists: its first line, 200 code points at most."""
    return text.lstrip()[:_LONGEST_BEGINNING].partition("\n")[0].strip()


def _suggestion_rows(
    article_id: str, suggestions: Iterable[Suggestions]
) -> tuple[tuple[str, bytes | None, bytes], ...]:
    by_suggester: dict[str, dict[str, Any]] = {}
    first = 0
    for one in suggestions:
        made = proposals_of(article_id, one, first)
        first += len(one.worths) + len(one.attributions)
        by_suggester.setdefault(one.suggester, {}).update((proposal.id, proposal) for proposal in made)
    rows = []
    for suggester, proposals in by_suggester.items():
        value = packed_proposals(article_id, list(proposals.values()), fresh=True)
        rows.append((suggester, value, suggestion_digest(article_id, suggester, value, None)))
    return tuple(rows)
