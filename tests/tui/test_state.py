from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, Judgement
from annotator.model.review import ArticleReview
from annotator.model.scheme import default_scheme
from annotator.model.source import Registry, SourceEntity, SourceKind
from annotator.tui.claim_view import AttributionInFull, ClaimView
from annotator.tui.keymap import QUEUE, REVIEW, SPANS, Keymap, actions
from annotator.tui.presenter import screen_view
from annotator.tui.state import Message, ReviewState
from annotator.workflow.naming.proposing import SourceProposal

DUARTE = SourceEntity("1", "Ines Duarte", SourceKind.PERSON)


@pytest.fixture
def state(review: ArticleReview) -> ReviewState:
    """The bridge, open at its third claim."""
    made = ReviewState(default_scheme(), "ana", "both", advance=True, database="annotations.db")
    made.opened, made.present, made.mode = review, 2, REVIEW
    return made


def test_nothing_is_open_at_first() -> None:
    state = ReviewState(default_scheme(), "ana", "triage", advance=True, database="annotations.db")
    assert (state.mode, state.open_id, state.index_of("any", 0)) == (QUEUE, None, None)
    view = screen_view(state, Keymap(actions(default_scheme())))
    assert (view.heading.title, view.heading.round) == ("Articles in annotations.db", "triage")
    assert (view.article, view.claim, view.queue) == (None, None, None)


@pytest.mark.parametrize(("index", "found", "said"), [(-1, 0, "first claim"), (6, 5, "last claim"), (4, 4, "")])
def test_she_goes_no_further_than_the_articles_ends(state: ReviewState, index: int, found: int, said: str) -> None:
    state.go_to(index)
    assert state.present == found
    assert said in state.message.text


def chosen(state: ReviewState) -> tuple[int | None, str, bool]:
    return state.candidate, state.target, state.unfolded


def test_of_another_claim_nothing_has_been_chosen_yet(state: ReviewState) -> None:
    state.candidate, state.target, state.unfolded = 1, "told", True
    state.go_to(2)
    assert chosen(state) == (1, "told", True)
    state.go_to(3)
    assert chosen(state) == (None, CONTENT, False)


def test_another_mode_folds_the_panel(state: ReviewState) -> None:
    state.unfolded = True
    state.enter(REVIEW)
    assert state.unfolded
    state.enter(SPANS)
    assert not state.unfolded


def test_what_was_said_is_forgotten_with_the_next_action_unless_that_says_something(state: ReviewState) -> None:
    state.say("said", "asked")
    state.forget()
    assert state.message == Message("said", "asked")
    state.age()
    state.say("more")
    state.forget()
    assert state.message == Message("more")
    state.age()
    state.forget()
    assert state.message == Message()


def test_what_is_painted_changes_with_every_value_but_what_is_said(state: ReviewState) -> None:
    before = state.shown()
    state.say("said")
    state.states()
    assert all(now is then for now, then in zip(state.shown(), before, strict=True))
    state.waiting |= {state.claim.id}
    assert sum(now is not then for now, then in zip(state.shown(), before, strict=True)) == 1


def test_the_article_shows_what_is_suggested_for_the_present_claim(state: ReviewState) -> None:
    view = screen_view(state, Keymap(actions(default_scheme())))
    assert view.article is not None
    text = state.review.article.text
    assert view.article.suggested
    assert next(span.slice(text) for _, span in view.article.marks) == "Ines Duarte"
    assert {sign for sign, _ in view.article.signs} == {"· "}
    assert isinstance(view.claim, ClaimView)
    (shown,) = view.claim.attributions
    assert isinstance(shown, AttributionInFull)
    assert (shown.source, shown.cue, shown.relay) == ("? Ines Duarte", "told", " → the Sela Post")
    assert "Ines Duarte" in shown.entity


def test_whose_words_a_suggestion_gives_is_asked_once_while_nothing_of_it_changes(
    state: ReviewState, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Attribution] = []

    def noted(review: ArticleReview, shown: Attribution, registry: Registry) -> list[SourceProposal]:
        asked.append(shown)
        return [SourceProposal(DUARTE, "the same name", 0.97 if registry.entities else 0.5)]

    monkeypatch.setattr("annotator.workflow.naming.proposing.propose_unkept", noted)
    shown = state.review.article.attributions[0][1].attribution
    assert state.proposed_source(shown) == "B: Ines Duarte (person)?"
    state.opened = replace(state.review, judgements={"c": Judgement(flag=True)})
    assert state.proposed_source(shown) == "B: Ines Duarte (person)?"
    assert len(asked) == 1
    state.registry = Registry().changed([DUARTE])
    assert state.proposed_source(shown) == "? Ines Duarte (person)"
    state.opened = replace(state.review, attributions=(shown,))
    state.proposed_source(shown)
    assert len(asked) == 3
