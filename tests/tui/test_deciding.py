from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

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


async def test_worth_keys_set_and_clear_and_zero_takes_the_authors_voice(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "0")
        assert desk.claim == 3
        assert "worth checking: 0 (no factual claim)" in desk.message
        await desk.press("k", "k", "k", "j")
        assert desk.claim == 2
        assert "author's voice" in desk.panel
        await desk.press("0")
        assert "cleared" in desk.message
        await desk.press("1")
        await desk.press("j", "j", "2")
        assert desk.claim == 5
    review = stored()
    found = [(review.judgement(claim).worth, review.judgement(claim).voice) for claim in review.claims]
    assert found[1] == ("1", "author")
    assert found[4] == ("2", None)
    assert found[0] == (None, None)


async def test_zero_on_a_claim_with_a_suggested_source_sets_no_voice(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "0")
        assert desk.claim == 3
    review = stored()
    assert (review.judgement(review.claims[2]).worth, review.judgement(review.claims[2]).voice) == ("0", None)


async def test_a_verdict_makes_the_claim_check_worthy_in_the_same_decision(
    workbench: Any, library: Callable[..., Path], stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "a", "r")
        assert desk.claim == 3
    review = stored()
    assert review.judgement(review.claims[1]).worth == "2"
    assert [entry.action for entry in decisions()] == ["voice", "verdict"]


async def test_the_same_verdict_again_clears_it(workbench: Any, library: Callable[..., Path], stored: Stored) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "n", "n")
        assert "verdict cleared" in desk.message
    assert stored().verdicts == {}


async def test_the_authors_voice_on_an_attributed_claim_asks_first(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "a")
        assert "author's voice all the same?" in desk.message
        await desk.press("j", "s")
        assert "author's voice all the same?" in desk.message
        await desk.press("n")
        assert desk.claim == 3
    review = stored()
    assert review.judgement(review.claims[2]).voice is None
    assert review.verdicts == {}


async def test_the_authors_voice_on_an_attributed_claim_can_be_confirmed(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "j", "enter", "a", "y")
        assert "author's voice as well" in desk.panel or "voice" in desk.message
    review = stored()
    assert review.judgement(review.claims[2]).voice == "author"
    assert review.attributed(review.claims[2])


async def test_a_mixed_verdict_asks_why(
    workbench: Any, library: Callable[..., Path], stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "a", "m")
        assert "why?" in desk.message
        assert "missing context" in desk.shows("#keys")
        await desk.press("s")
        assert "why?" in desk.message
        await desk.press("2")
        assert desk.claim == 3
    review = stored()
    verdict = review.verdict(review.claims[1])
    assert verdict is not None
    assert (verdict.value, verdict.reason) == ("mixed", "missing_context")
    assert [entry.action for entry in decisions()] == ["voice", "verdict"]


async def test_without_its_reason_a_mixed_verdict_leaves_the_claim_open(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "a", "m", "enter")
        assert desk.claim == 2
        assert "reason missing" in desk.panel
        review = stored()
        assert review.state(review.claims[1], "both").value != "done"
        # The same key asks for what is missing; without an answer it is as it was.
        await desk.press("m", "enter")
        assert "until the verdict has a reason" in desk.message
        assert stored() == review
        await desk.press("m", "2")
        assert desk.claim == 3
    verdict = stored().verdict(review.claims[1])
    assert verdict is not None
    assert (verdict.value, verdict.reason) == ("mixed", "missing_context")


@pytest.mark.parametrize("leave", ["escape", "q"])
@pytest.mark.parametrize("keys", [["m"], ["j", "j", "B"], ["j", "j", "W", "B"], ["j", "j", "enter", "a"]])
async def test_what_is_asked_and_left_has_decided_nothing(
    workbench: Any, library: Callable[..., Path], decisions: Decisions, keys: list[str], leave: str
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "s", "k", *keys[:-1])
        before, panel = list(decisions()), desk.panel
        await desk.press(keys[-1])
        # Where one types, q is a letter.
        await desk.press("escape" if desk.form == "ChooseScreen" else leave)
        assert desk.form == ""
        assert list(decisions()) == before
        assert desk.panel == panel


async def test_another_verdict_stands_until_its_reason_is_given(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "s", "m", "escape")
        assert "supported" in desk.panel
        await desk.press("m", "1", "u")
        assert "verdict: mixed" in desk.message
        verdict = stored().verdict(stored().claims[1])
        assert verdict is not None
        assert verdict.value == "supported"


async def test_the_verdict_can_be_on_the_attribution(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "j", "enter", "t")
        assert "did they say it?" in desk.message
        await desk.press("r")
        await desk.press("t")
        assert "is it true?" in desk.message
        await desk.press("s", "c", "c")
        assert "medium confidence" in desk.panel
    review = stored()
    (attribution,) = review.attributions
    found = {(verdict.target, verdict.value, verdict.confidence) for verdict in review.verdicts_of(review.claims[2])}
    assert found == {("content", "supported", "medium"), (attribution.id, "refuted", None)}


async def test_without_an_attribution_only_the_content_can_be_judged(
    workbench: Any, library: Callable[..., Path]
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "t")
        assert "only the content" in desk.message


async def test_a_flag_is_raised_and_lowered_and_seen(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "f")
        assert "⚑" in desk.panel
        assert "⚑" in desk.shows("#article")
        assert desk.claim == 2
        await desk.press("f")
        assert "⚑" not in desk.panel
        await desk.press("f")
    review = stored()
    assert [review.judgement(claim).flag for claim in review.claims].count(True) == 1


async def test_passing_over_goes_on_and_can_be_taken_back(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("p")
        assert desk.claim == 2
        assert "»" in desk.shows("#article")
        await desk.press("k")
        assert "passed over" in desk.panel
        await desk.press("p")
        assert "to do" in desk.panel
    assert not stored().judgement(stored().claims[0]).skipped


async def test_confidence_steps_through_its_values_and_none(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        seen = []
        for _ in range(4):
            await desk.press("c")
            review = stored()
            seen.append(review.judgement(review.claims[0]).confidence)
    assert seen == ["low", "medium", "high", None]


async def test_every_suggested_zero_is_one_decision_that_one_undo_takes_back(
    workbench: Any, library: Callable[..., Path], stored: Stored, decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("!")
        assert "2 claims" in desk.message
        review = stored()
        assert [review.judgement(claim).worth for claim in review.claims] == ["0", None, None, None, None, "0"]
        assert review.judgement(review.claims[5]).voice == "author"
        await desk.press("!")
        assert "nothing in this article is suggested" in desk.message
        await desk.press("u", "u")
    assert [entry.action for entry in decisions()] == ["worth-all", "undo"]
    assert all(stored().judgement(claim).worth is None for claim in stored().claims)


async def test_accepting_where_everything_is_settled_says_so_and_stores_nothing(
    workbench: Any, library: Callable[..., Path], decisions: Decisions
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("j", "enter", "enter")
        assert "all that is suggested is taken already" in desk.message
    assert [entry.action for entry in decisions()] == ["accept"]


async def test_accepting_where_nothing_is_suggested_says_what_can_be_done(
    workbench: Any, library: Callable[..., Path], decisions: Decisions
) -> None:
    bridge = Article("Die Brücke bleibt gesperrt. Das sagte der Rat der Stadt am Montag.\n", "b.txt", language="de")
    async with workbench(library(bridge, suggested=False), place=bridge.id) as desk:
        assert "language de: no attributions are suggested" in desk.panel
        await desk.press("enter")
        assert "nothing is suggested here: e marks who says it, a says it is" in desk.message
    assert not decisions()


async def test_the_same_source_carries_the_attribution_on(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("=")
        assert "no attribution to carry on" in desk.message
        await desk.press("j", "j", "j", "enter", "j", "=")
        assert "she" in desk.panel
    review = stored()
    assert review.attributed(review.claims[4])
    assert "Traffic uses the old ramp" in [
        span.slice(review.article.text) for attribution in review.attributions for span in attribution.content
    ]


async def test_splitting_at_the_cursor_and_joining_again(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "|")
        await desk.press("l", "l", "h", "enter")
        assert "Claim 2 of 7" in desk.panel
        texts = [claim.span.slice(stored().article.text) for claim in stored().claims]
        assert texts[1:3] == ["The bridge", "closed at dawn."]
        await desk.press("+")
        assert "Claim 2 of 6" in desk.panel
        await desk.press("u", "u")
        assert "Claim 2 of 6" in desk.panel
    assert stored().boundaries == {}


async def test_leaving_the_split_leaves_the_claim_whole(
    workbench: Any, library: Callable[..., Path], decisions: Decisions
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "|", "l", "q")
        assert "Claim 2 of 6" in desk.panel
    assert decisions() == []


async def test_a_split_says_between_which_words_it_cuts(workbench: Any, library: Callable[..., Path]) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "|")
        assert "between “The” and “bridge”" in desk.message
        await desk.press("l")
        assert "between “bridge” and “closed”" in desk.message
        await desk.press("h")
        assert "between “The” and “bridge”" in desk.message
        await desk.press("q")
        assert desk.message == ""


async def test_the_cursor_of_a_split_stays_inside_the_claim(
    workbench: Any, library: Callable[..., Path], stored: Stored
) -> None:
    async with workbench(library()) as desk:
        await desk.press("j", "|", *["l"] * 9, "enter")
    texts = [claim.span.slice(stored().article.text) for claim in stored().claims]
    assert texts[1:3] == ["The bridge closed at dawn", "."]


async def test_joining_the_last_claim_is_refused(workbench: Any, library: Callable[..., Path]) -> None:
    async with workbench(library()) as desk:
        await desk.press("end", "+")
        assert "no next claim" in desk.message


async def test_the_next_open_claim_comes_by_itself_unless_that_is_switched_off(
    workbench: Any, library: Callable[..., Path]
) -> None:
    async with workbench(library(), advance=False) as desk:
        await desk.press("0")
        assert desk.claim == 1
        await desk.press("A")
        assert "comes by itself" in desk.message
        await desk.press("j", "0")
        assert desk.claim == 3


async def test_a_finished_article_says_what_comes_next(workbench: Any, library: Callable[..., Path]) -> None:
    async with workbench(library()) as desk:
        await desk.press("p", "p", "p", "p", "p", "p")
        assert "every claim of this article is settled" in desk.message
        assert "6 of 6" in desk.shows("#top")
        await desk.press("space")
        assert "every claim of this article is settled" in desk.message
