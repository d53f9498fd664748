"""An article as the rows that are stored of it: pure, so that it can be made apart from the writing, in any process."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from annotator.model.article import Article, Segmentation
from annotator.model.language.shingles import bands, below_zero, shingles
from annotator.model.late import dataclass
from annotator.model.suggestion import Suggestions, WorthSuggestion
from annotator.model.text import same_text_id
from annotator.model.worth import best_by_value
from annotator.store.proposal_rows import Row, best_apart, new_rows, packed_rows
from annotator.store.suggestions import suggestion_digest
from annotator.store.text_index import indexed

_LONGEST_BEGINNING = 200


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """What is stored of an article, but for what only the database knows: numbers, the time and the order.

    `payload` is that of its entry in the ledger. `suggestions` are the suggesters' names with their compressed values
    and digests; `index` is what the index of texts is given, `bands` are fingerprints of near copies, `compared` is
    what they are compared by, each there once and not stored; `worths` are the highest confidences of what
    check-worthiness is suggested.
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
    compared: array[int]
    worths: dict[str, float]


def article_rows(article: Article, segmentation: Segmentation, suggestions: Iterable[Suggestions]) -> ArticleRows:
    """The rows of an article with its blocks, sentences and suggestions."""
    given, id_ = tuple(suggestions), article.id
    proposed = _rows(id_, given)
    runs = shingles(article.text)
    return ArticleRows(
        id=id_,
        same_text=same_text_id(article.text, id_),
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
        suggestions=tuple(_suggestion_rows(id_, proposed)),
        index=indexed(article.text),
        bands=bands(runs),
        compared=array("I", runs | below_zero(article.text)),
        worths=_best_worths([sentence.span.start for sentence in segmentation.sentences], proposed, given),
    )


def beginning_of(text: str) -> str:
    """What a text without a title is called in lists: its first line, 200 code points at most."""
    return text.lstrip()[:_LONGEST_BEGINNING].partition("\n")[0].strip()


def _rows(article_id: str, suggestions: Iterable[Suggestions]) -> dict[str, dict[Hashable, Row]]:
    """What each suggester proposes, each thing once; whoever proposes nothing is there too."""
    by_suggester: dict[str, dict[Hashable, Row]] = {}
    first = 0
    for one in suggestions:
        by_suggester.setdefault(one.suggester, {}).update(new_rows(article_id, one, first))
        first += len(one.worths) + len(one.attributions)
    return by_suggester


def _suggestion_rows(
    article_id: str, proposed: Mapping[str, Mapping[Hashable, Row]]
) -> Iterator[tuple[str, bytes | None, bytes]]:
    for suggester, rows in proposed.items():
        value = packed_rows(list(rows.values()))
        yield suggester, value, suggestion_digest(article_id, suggester, value, None)


def _best_worths(
    starts: Sequence[int], proposed: Mapping[str, Mapping[Hashable, Row]], given: Iterable[Suggestions]
) -> dict[str, float]:
    """The highest confidence of each check-worthiness that is proposed for some sentence."""
    rows = (row for made in proposed.values() for row in made.values() if isinstance(row[3], str))
    best = best_apart(rows, frozenset(starts))
    return best if best is not None else best_by_value(starts, _worths(given))


def _worths(suggestions: Iterable[Suggestions]) -> list[WorthSuggestion]:
    """The check-worthiness that is proposed, each thing once at its last place: the order that it will be read in."""
    worths: dict[Hashable, WorthSuggestion] = {}
    for one in suggestions:
        for worth in one.worths:
            key = one.suggester, worth.rule, worth.worth, worth.span.start, worth.span.end
            worths.pop(key, None)
            worths[key] = worth
    return list(worths.values())
