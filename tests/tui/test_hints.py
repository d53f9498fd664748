from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.editing.draft import Draft
from annotator.model.judgement import CONTENT, Judgement, Verdict
from annotator.model.review import ArticleReview, State
from annotator.model.scheme import default_scheme
from annotator.model.span import Span
from annotator.tui.card import Card
from annotator.tui.hints import hints
from annotator.tui.keymap import CONFIRM, LABELS, QUEUE, REVIEW, SPANS, SPLIT, Keymap, actions, reason_mode
from annotator.tui.views import Hint
from annotator.tui.widgets.bars import KeyBar

KEYMAP = Keymap(actions(default_scheme()))


def now(mode: str, card: Card | None = None, draft: Draft | None = None) -> list[str]:
    """The keys that are marked as next."""
    return [hint.key for hint in hints(KEYMAP, mode, card, draft) if hint.now]


def card(review: ArticleReview, index: int) -> Card:
    return Card(review, index, review.state(review.claims[index], "both"))


def judged(review: ArticleReview, index: int, **facets: object) -> ArticleReview:
    claim = review.claims[index]
    known = {**review.judgements, claim.id: replace(Judgement(), **facets)}  # type: ignore[arg-type]
    return replace(review, judgements=known)


def test_what_is_suggested_is_accepted_first(review: ArticleReview) -> None:
    assert now(REVIEW, card(review, 2)) == ["⏎"]


def test_after_accepting_comes_the_verdict_key_by_key(review: ArticleReview) -> None:
    settled = judged(review, 1, worth="2", voice="author")
    assert now(REVIEW, card(settled, 1))[:4] == ["s", "r", "m", "n"]


def test_a_done_claim_leads_to_the_next_open_one(review: ArticleReview) -> None:
    done = judged(review, 0, worth="0", voice="author")
    assert now(REVIEW, card(done, 0)) == ["␣"]


def test_a_done_article_leads_to_the_next_article_or_the_queue(review: ArticleReview) -> None:
    everything = {claim.id: Judgement(worth="0", voice="author") for claim in review.claims}
    assert now(REVIEW, card(replace(review, judgements=everything), 0)) == ["]", "q"]


def test_what_is_next_is_what_the_pass_needs(review: ArticleReview) -> None:
    triaged = {claim.id: Judgement(worth="2", voice="author") for claim in review.claims}
    done = Card(replace(review, judgements=triaged), 0, State.DONE)
    assert [hint.key for hint in hints(KEYMAP, REVIEW, done, None, "triage") if hint.now] == ["]", "q"]
    to_weigh = Card(judged(review, 1, voice="author"), 1, State.IN_PROGRESS)
    assert [hint.key for hint in hints(KEYMAP, REVIEW, to_weigh, None, "triage") if hint.now] == ["0 1 2"]


def test_a_draft_names_what_is_missing_and_keeping_once_it_can_be_kept() -> None:
    cue, content = Span(0, 4), Span(5, 9)
    assert now(SPANS, None, Draft("d1")) == ["w", "c", "d"]
    assert now(SPANS, None, Draft("d1", cue=cue)) == ["w", "d"]
    assert now(SPANS, None, Draft("d1", cue=cue, content=(content,))) == ["w", "⏎"]
    assert now(SPANS, None, Draft("d1", source=(content,), cue=cue, content=(content,))) == ["⏎"]


@pytest.mark.parametrize("mode", [REVIEW, SPANS, LABELS, SPLIT, QUEUE])
def test_the_way_to_all_keys_stands_last(mode: str) -> None:
    assert hints(KEYMAP, mode, None, None)[-1].word == "help"


def test_a_question_shows_its_answers() -> None:
    assert [hint.word for hint in hints(KEYMAP, CONFIRM, None, None)] == ["yes", "no"]


def test_a_reason_mode_shows_the_reasons() -> None:
    shown = [(hint.key, hint.word) for hint in hints(KEYMAP, reason_mode("mixed"), None, None)]
    assert shown[:3] == [("1", "conflicting evidence"), ("2", "missing context"), ("3", "outdated")]


def test_letters_are_shown_as_one_key() -> None:
    shown = [(hint.key, hint.word) for hint in hints(KEYMAP, LABELS, None, None)]
    assert shown == [("a … Z", "word"), ("esc", "back"), ("?", "help")]


def test_moving_is_shown_with_its_opposite() -> None:
    shown = {hint.word: hint.key for hint in hints(KEYMAP, SPANS, None, None)}
    assert shown["word"] == "h l"
    assert shown["extend"] == "H L"


def test_the_users_keys_are_shown() -> None:
    keymap = Keymap(actions(default_scheme(), {"flag": "x"}))
    assert {hint.word: hint.key for hint in hints(keymap, REVIEW, None, None)}["flag"] == "x"


def test_an_action_without_a_key_is_not_shown() -> None:
    keymap = Keymap(actions(default_scheme(), {"flag": ""}))
    assert "flag" not in {hint.word for hint in hints(keymap, REVIEW, None, None)}


def test_a_verdict_that_waits_for_its_reason_is_still_next(review: ArticleReview) -> None:
    claim = review.claims[1]
    verdict = Verdict(CONTENT, "mixed")
    made = replace(judged(review, 1, worth="2", voice="author"), verdicts={(claim.id, CONTENT): verdict})
    assert "m" in now(REVIEW, card(made, 1))


def test_the_next_best_keys_stand_together_and_one_without_a_key_is_left_out(review: ArticleReview) -> None:
    def other(keys: dict[str, str]) -> list[str]:
        found = hints(Keymap(actions(default_scheme(), keys)), REVIEW, card(review, 2), None)
        return [hint.key for hint in found if hint.word == "other"]

    assert other({}) == ["W C D"]
    assert other({"alternative.cue": ""}) == ["W D"]


def test_the_key_that_led_to_the_queue_is_called_the_way_back_there(review: ArticleReview) -> None:
    assert ("q", "back") in [(hint.key, hint.word) for hint in hints(KEYMAP, QUEUE, None, None)]
    assert ("q", "queue") in [(hint.key, hint.word) for hint in hints(KEYMAP, REVIEW, card(review, 0), None)]


async def test_the_last_hint_has_a_line_of_its_own_where_it_has_no_room_behind_the_others(
    workbench: Any, library: Callable[..., Path]
) -> None:
    async with workbench(library(), size=(80, 24)) as desk:
        desk.desk.query_one("#keys", KeyBar).show([Hint("a", "x" * 70), Hint("?", "help")])
        assert [line.split()[0] for line in desk.shows("#keys").splitlines()] == ["a", "?"]
