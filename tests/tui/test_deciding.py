from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from annotator.model.article import Article, Publication
from annotator.model.ledger import Entry
from annotator.model.review import ArticleReview

Stored = Callable[..., ArticleReview]
Decisions = Callable[[], Sequence[Entry]]


async def test_a_rightly_suggested_claim_takes_two_keys(
    workbench: Any, library: Callable[..., Path], stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j")
        assert desk.claim == 3
        await desk.press("enter", "s")
        assert desk.claim == 4
        assert "✓" in desk.shows("#article")
    review = stored()
    claim = review.claims[2]
    (attribution,) = review.attributions
    text = review.article.text
    assert [(role.value, span.slice(text)) for role, span in attribution.role_spans()] == [
        ("source", "Ines Duarte"),
        ("cue", "told"),
        ("content", "that two cables had “lost tension”"),
        ("relay", "the Sela Post"),
    ]
    assert review.judgement(claim).worth == "2"
    verdict = review.verdict(claim)
    assert verdict is not None
    assert verdict.value == "supported"
    made = decisions()
    assert [entry.action for entry in made] == ["accept", "verdict"]
    assert len(made[0].suggestions) == 2
    assert not made[1].suggestions


async def test_two_keys_are_enough_with_the_real_suggester(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    text = "Mill to reopen\n\nThe mill will reopen in May, said Rosa Brandt, the mayor.\n"
    article = Article(text, "mill.txt", Publication(title="Mill to reopen"))
    async with workbench(library(article, suggested=False), place=article.id) as desk:
        await desk.press("end", "enter", "s")
    review = stored(article=article.id)
    (attribution,) = review.attributions
    assert attribution.cue is not None
    assert attribution.cue.slice(text) == "said"
    assert "Rosa Brandt" in attribution.source[0].slice(text)
    assert [verdict.value for verdict in review.verdicts_of(review.claims[-1])] == ["supported"]
