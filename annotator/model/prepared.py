"""What was made of an article elsewhere, as JSON: blocks, sentences and suggestions, with the versions that made them.

It goes with the text in one row of a table, so that another machine need not make it again. It is believed only for the
text whose id it names, and checked like anything that comes from outside.
"""

from __future__ import annotations

import json
from typing import Any

from annotator.errors import AnnotatorError, DomainError
from annotator.model.article import Article, Block, BlockKind, Segmentation, Sentence, check_segmentation
from annotator.model.attribution import Attribution
from annotator.model.span import Span
from annotator.model.suggestion import AttributionSuggestion, Suggestions, WorthSuggestion, check_suggestions


def written(article: Article, made: Segmentation, suggestions: tuple[Suggestions, ...]) -> str:
    """All of it in one line; the same for the same article and the same versions."""
    row = {
        "id": article.id,
        "splitter": made.version,
        "blocks": [[*block.span.as_pair(), block.kind.value] for block in made.blocks],
        "sentences": [[*sentence.span.as_pair(), sentence.kind.value] for sentence in made.sentences],
        "suggestions": [_suggestions(each) for each in suggestions],
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _suggestions(made: Suggestions) -> dict[str, Any]:
    return {
        "suggester": made.suggester,
        "worths": [[*each.span.as_pair(), each.worth, each.rule, each.confidence] for each in made.worths],
        "attributions": [
            [each.attribution.id, each.attribution.as_payload(), each.rule, each.confidence]
            for each in made.attributions
        ],
    }


def read_prepared(article: Article) -> tuple[Segmentation, tuple[Suggestions, ...]] | None:
    """What came with an article; None where nothing did, or what did is another text's.

    Raises DomainError for what is not such a row, or does not hold for the text.
    """
    if not article.prepared:
        return None
    try:
        row = json.loads(article.prepared)
        if row["id"] != article.id:
            return None
        made = Segmentation(
            tuple(Block(Span(start, end), BlockKind(kind)) for start, end, kind in row["blocks"]),
            tuple(Sentence(Span(start, end), BlockKind(kind)) for start, end, kind in row["sentences"]),
            str(row["splitter"]),
        )
        suggestions = tuple(_read_suggestions(each) for each in row["suggestions"])
        check_segmentation(article.text, made)
        for each in suggestions:
            check_suggestions(article.text, each)
    except (KeyError, TypeError, ValueError, IndexError, RecursionError, AnnotatorError) as error:
        raise DomainError(
            f"what came with the text does not belong to it: leave the column 'prepared' out ({error})"
        ) from error
    return made, suggestions


def _read_suggestions(row: dict[str, Any]) -> Suggestions:
    return Suggestions(
        str(row["suggester"]),
        tuple(
            WorthSuggestion(Span(start, end), str(worth), str(rule), float(confidence))
            for start, end, worth, rule, confidence in row["worths"]
        ),
        tuple(
            AttributionSuggestion(Attribution.from_payload(str(id_), payload), str(rule), float(confidence))
            for id_, payload, rule, confidence in row["attributions"]
        ),
    )
