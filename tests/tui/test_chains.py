"""Chains in the claim panel: what is nested is indented, and whom the words passed through is wrapped, never cut."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len

from annotator.model.attribution import Attribution
from annotator.model.review import ArticleReview
from annotator.tui.card import Card
from annotator.tui.claim_view import claim_view
from annotator.tui.widgets.claim_lines import claim_lines

INES = 2


def nested(review: ArticleReview) -> ArticleReview:
    """Ines Duarte's attribution, with one nested in it and one in that."""
    outer = replace(review.article.attributions[0][1].attribution, id="outer")
    inner = replace(outer, id="inner", parent="outer", relay=None, source=(review.article.blocks[0].span,))
    innermost = Attribution("innermost", (outer.content[0],), outer.cue, outer.content, parent="inner")
    return replace(review, attributions=(outer, inner, innermost))


def rows(review: ArticleReview, width: int, candidate: int = 0) -> list[str]:
    card = Card(review, INES, review.state(review.claims[INES], "both"), candidate=candidate)
    return ["".join(text for text, _ in line).rstrip() for line in claim_lines(claim_view(card), width, wide=True)]


def test_what_is_nested_is_indented_whether_it_is_shown_in_full_or_not(review: ArticleReview) -> None:
    shown = rows(nested(review), 60)
    assert [line.count("└") for line in shown if "⇥" in line] == [1, 2]
    (says,) = [line for line in rows(nested(review), 60, candidate=2) if line.startswith(" Says")]
    assert "└ └ that two cables" in says


def test_a_long_chain_is_wrapped_and_not_cut(review: ArticleReview) -> None:
    lines = rows(nested(review), 40, candidate=2)
    at = next(at for at, line in enumerate(lines) if line.startswith(" Chain"))
    end = next(behind for behind in range(at + 1, len(lines)) if not lines[behind].startswith(" " * 10))
    chain = " ".join(line[10:].strip() for line in lines[at:end])
    assert end > at + 1
    assert chain.startswith("Sela Wire → the Sela Post → Ines Duarte → ")
    assert chain.endswith("that two cables had “lost tension”")
    assert all(cell_len(line) <= 40 for line in lines)
