from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.article import BlockKind, Claim, Publication, Sentence
from annotator.model.attribution import Attribution
from annotator.model.judgement import CONTENT, Evidence, Judgement, Verdict
from annotator.model.progress import Progress, progress_of
from annotator.model.question import Question
from annotator.model.review import ArticleReview, State
from annotator.model.scheme import PASSES, Pass, Scheme, default_scheme, shipped_scheme
from annotator.model.span import Span, trimmed
from annotator.model.stored_article import CUT, JOIN, StoredArticle, claims_of
from annotator.model.suggestion import AttributionSuggestion, WorthSuggestion

TEXT = "Gates shut.\n\nRain fell, Ana said. It stopped.\nBuy our paper."
SENTENCES = tuple(
    Sentence(Span(start, end), kind)
    for start, end, kind in [
        (0, 11, BlockKind.HEADLINE),
        (13, 33, BlockKind.BODY),
        (34, 45, BlockKind.BODY),
        (46, 60, BlockKind.BOILERPLATE),
    ]
)
ARTICLE = StoredArticle("a" * 64, TEXT, (), "", "-", (), SENTENCES)
SAID = Attribution("said", (Span(24, 27),), Span(28, 32), (Span(13, 22),))


def review(**work: Any) -> ArticleReview:
    return ArticleReview(ARTICLE, "ana", default_scheme(), **work)


def claim(number: int) -> Claim:
    return review().claims[number]


@given(st.dictionaries(st.integers(-1, len(TEXT) + 2), st.sampled_from([CUT, JOIN])))
def test_any_boundaries_give_ordered_disjoint_covering_claims(boundaries: dict[int, str]) -> None:
    claims = claims_of(ARTICLE.id, TEXT, SENTENCES, boundaries)
    assert all(before.span.end <= after.span.start for before, after in pairwise(claims))
    inside = {offset for made in claims for offset in range(made.span.start, made.span.end)}
    assert {offset for offset, character in enumerate(TEXT) if not character.isspace()} <= inside
    assert all(made.span == trimmed(TEXT, made.span.start, made.span.end) for made in claims)


def test_without_boundaries_the_sentences_are_the_claims() -> None:
    assert [(made.span, made.kind) for made in review().claims] == [(s.span, s.kind) for s in SENTENCES]


def test_a_cut_begins_a_claim_and_a_join_takes_a_beginning_away() -> None:
    cut = claims_of(ARTICLE.id, TEXT, SENTENCES, {24: CUT})
    assert [made.span.slice(TEXT) for made in cut[1:3]] == ["Rain fell,", "Ana said."]
    joined = claims_of(ARTICLE.id, TEXT, SENTENCES, {34: JOIN})
    assert [made.span.slice(TEXT) for made in joined] == [
        "Gates shut.", "Rain fell, Ana said. It stopped.", "Buy our paper."
    ]  # fmt: skip
    across = claims_of(ARTICLE.id, TEXT, SENTENCES, {13: JOIN})
    assert (across[0].span, across[0].kind) == (Span(0, 33), BlockKind.HEADLINE)


def test_a_stored_sentence_keeps_its_claim_though_zero_width_characters_would_be_trimmed_today() -> None:
    text = "\u200bIt fell,\u200b she said.\ufeff"
    stored = (Sentence(Span(0, len(text)), BlockKind.BODY),)
    assert [made.span for made in claims_of(ARTICLE.id, text, stored, {})] == [Span(0, len(text))]
    cut = claims_of(ARTICLE.id, text, stored, {10: CUT})
    assert [made.span for made in cut] == [Span(0, 10), Span(11, len(text))]


@pytest.mark.parametrize(
    ("work", "triage", "verify", "both"),
    [
        ({}, State.TO_DO, State.TO_DO, State.TO_DO),
        ({"judgement": Judgement(note="?")}, State.IN_PROGRESS, State.IN_PROGRESS, State.IN_PROGRESS),
        ({"judgement": Judgement(worth="2")}, State.IN_PROGRESS, State.IN_PROGRESS, State.IN_PROGRESS),
        ({"judgement": Judgement(worth="2", voice="author")}, State.DONE, State.AWAITING, State.AWAITING),
        ({"judgement": Judgement(worth="1")}, State.IN_PROGRESS, State.DONE, State.IN_PROGRESS),
        ({"judgement": Judgement(worth="1", voice="author")}, State.DONE, State.DONE, State.DONE),
        ({"attributed": True}, State.IN_PROGRESS, State.IN_PROGRESS, State.IN_PROGRESS),
        ({"attributed": True, "judgement": Judgement(worth="0")}, State.DONE, State.DONE, State.DONE),
        ({"verdict": "refuted"}, State.IN_PROGRESS, State.DONE, State.IN_PROGRESS),
        ({"verdict": "mixed"}, State.IN_PROGRESS, State.IN_PROGRESS, State.IN_PROGRESS),
        ({"verdict": "mixed", "reason": "conflict"}, State.IN_PROGRESS, State.DONE, State.IN_PROGRESS),
        (
            {"verdict": "mixed", "judgement": Judgement(worth="2", voice="author")},
            State.DONE,
            State.AWAITING,
            State.AWAITING,
        ),
        (
            {"verdict": "refuted", "judgement": Judgement(worth="2", voice="author")},
            State.DONE,
            State.DONE,
            State.DONE,
        ),
        ({"judgement": Judgement(skipped=True)}, State.SKIPPED, State.SKIPPED, State.SKIPPED),
        ({"judgement": Judgement(worth="2", skipped=True)}, State.SKIPPED, State.SKIPPED, State.SKIPPED),
        ({"judgement": Judgement(worth="0", voice="author", skipped=True)}, State.DONE, State.DONE, State.DONE),
        (
            {"judgement": Judgement(worth="2", voice="author", skipped=True)},
            State.DONE,
            State.SKIPPED,
            State.SKIPPED,
        ),
    ],
)
def test_the_state_in_each_pass_follows_from_what_is_settled(
    work: dict[str, Any], triage: State, verify: State, both: State
) -> None:
    made = claim(1)
    verdict = Verdict(CONTENT, work["verdict"], work.get("reason")) if "verdict" in work else None
    mine = review(
        judgements={made.id: work["judgement"]} if "judgement" in work else {},
        verdicts={(made.id, CONTENT): verdict} if verdict else {},
        attributions=(SAID,) if "attributed" in work else (),
    )
    assert (mine.state(made, "triage"), mine.state(made, "verify"), mine.state(made, "both")) == (triage, verify, both)
    assert mine.state(claim(0), "both") is State.TO_DO


def test_a_question_is_about_the_claim_that_it_begins_in() -> None:
    before, behind = (Question("q", ARTICLE.id, at, 33, "ana", "Why?") for at in (24, 25))
    mine = review(boundaries={25: CUT}, questions=(before, behind))
    assert [mine.questions_of(made) for made in mine.claims[1:3]] == [[before], [behind]]


def test_the_verdict_on_what_the_claim_says_comes_before_those_on_who_says_it() -> None:
    made = claim(1)
    said, content = Verdict(SAID.id, "supported"), Verdict(CONTENT, "refuted")
    early = Verdict("0-" + SAID.id, "supported")
    mine = review(verdicts={(made.id, verdict.target): verdict for verdict in (said, early, content)})
    assert mine.verdicts_of(made) == [content, early, said]


def test_only_content_attributes_a_claim_and_a_touching_source_does_not() -> None:
    outside = replace(SAID, content=(Span(34, 44),))
    mine = review(attributions=(outside,))
    assert not mine.attributed(claim(1))
    assert mine.attributed(claim(2))
    assert mine.attributions_of(claim(1)) == [outside]


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)), max_size=6))
def test_a_claim_is_attributed_where_any_attribution_covers_it(places: list[tuple[int, int]]) -> None:
    attributions = tuple(
        Attribution(f"a{number}", (), Span(0, 1), (Span(start, start + length),))
        for number, (start, length) in enumerate(places)
    )
    seen = review(attributions=attributions)
    for made in seen.claims:
        assert seen.attributed(made) is any(attribution.covers(made.span) for attribution in attributions)


@given(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=4), st.sampled_from([{}, {24: CUT, 34: JOIN}]))
def test_an_attribution_covers_the_claims_that_any_of_its_content_overlaps(
    edges: set[int], boundaries: dict[int, str]
) -> None:
    pairs = list(pairwise(sorted(edges)))[::2]
    made = Attribution("made", (), Span(0, 1), tuple(Span(*pair) for pair in pairs))
    whose = review(boundaries=boundaries)
    assert whose.covered(made) == [at for at, each in enumerate(whose.claims) if made.covers(each.span)]
    assert whose.claims_covered(made) == len(whose.covered(made))


def test_the_next_open_claim_goes_round_the_end_past_what_is_done_or_skipped() -> None:
    judgements = {
        claim(1).id: Judgement(worth="0", voice="author"),
        claim(2).id: Judgement(skipped=True),
        claim(3).id: Judgement(worth="2", voice="author"),
    }
    mine = review(judgements=judgements)
    assert mine.next_open(-1, "both") == 0
    assert mine.next_open(0, "both") == 3
    assert mine.next_open(3, "both") == 0
    assert mine.next_open(0, "triage") == 0
    assert review(judgements=judgements | {claim(0).id: Judgement(skipped=True)}).next_open(0, "triage") is None


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (12, 0), (13, 1), (33, 1), (59, 3), (500, 3)])
def test_an_offset_finds_its_claim_or_the_one_before(offset: int, index: int) -> None:
    assert review().index_at(offset) == index


def test_the_title_is_the_first_one_known_or_begins_as_the_text_does() -> None:
    assert ARTICLE.title.startswith("Gates shut.")
    assert replace(ARTICLE, publications=(Publication(url="u"), Publication("Rain"))).title == "Rain"


def test_a_suggestion_is_offered_until_something_of_hers_is_in_its_place() -> None:
    worth = ("w", WorthSuggestion(Span(13, 33), "2", "rule", 0.5))
    said = ("s", AttributionSuggestion(SAID, "rule", 0.5))
    article = replace(ARTICLE, worths=(worth,), attributions=(said,))
    fresh = ArticleReview(article, "ana", default_scheme())
    assert fresh.suggested_worth(claim(1)) == worth
    assert fresh.suggested_worth(claim(2)) is None
    assert fresh.suggested_attributions(claim(1)) == [said]
    assert not fresh.author_by_default(claim(1))
    assert fresh.author_by_default(claim(2))
    taken = replace(fresh, attributions=(replace(SAID, id="hers", content=(Span(14, 20),)),))
    assert taken.suggested_attributions(claim(1)) == []


@pytest.mark.parametrize("pass_", ["triage", "verify", "both"])
def test_progress_counts_each_claim_once(pass_: Pass) -> None:
    mine = review(
        judgements={
            claim(0).id: Judgement(worth="0", voice="author", flag=True),
            claim(1).id: Judgement(worth="2", voice="author"),
            claim(2).id: Judgement(note="?", flag=True),
        }
    )
    counts = progress_of(mine, pass_)
    triaged = 2 if pass_ == "triage" else 1
    assert counts == Progress(4, triaged, 0, 2, in_progress=1, awaiting=2 - triaged)
    assert counts.open == 4 - triaged


# What the scheme says completes a claim


def checked(**work: Any) -> ArticleReview:
    return review(judgements={claim(1).id: Judgement(worth="2", voice="author")}, **work)


def test_where_evidence_is_required_a_verdict_alone_settles_nothing() -> None:
    verdicts = {(claim(1).id, CONTENT): Verdict(CONTENT, "supported")}
    strict = replace(default_scheme(), evidence_required=True)
    bare = replace(checked(verdicts=verdicts), scheme=strict)
    assert checked(verdicts=verdicts).state(claim(1), "both") is State.DONE
    assert bare.state(claim(1), "both") is State.AWAITING
    assert bare.needs_evidence(claim(1), verdicts[claim(1).id, CONTENT])
    elsewhere = Evidence("e", claim(1).id, target="said", answer="yes")
    assert replace(bare, evidence=(elsewhere,)).state(claim(1), "both") is State.AWAITING
    found = replace(elsewhere, target=CONTENT)
    assert replace(bare, evidence=(found,)).state(claim(1), "both") is State.DONE


def test_a_verdict_may_be_free_of_evidence() -> None:
    verdicts = {(claim(1).id, CONTENT): Verdict(CONTENT, "not_enough")}
    fever = replace(checked(verdicts=verdicts), scheme=shipped_scheme("fever-3"))
    assert fever.state(claim(1), "both") is State.DONE


def test_what_the_scheme_no_longer_has_is_kept_and_settles_nothing() -> None:
    verdicts = {
        (claim(1).id, CONTENT): Verdict(CONTENT, "half-true"),
        (claim(2).id, CONTENT): Verdict(CONTENT, "mixed", "x"),
    }
    judgements = {claim(1).id: Judgement(worth="2", voice="author"), claim(2).id: Judgement(worth="7", voice="author")}
    suggested = (("s", WorthSuggestion(SENTENCES[0].span, "9", "old", 0.5)),)
    old = ArticleReview(replace(ARTICLE, worths=suggested), "ana", default_scheme(), {}, judgements, verdicts)
    assert old.states("verify")[1:3] == [State.AWAITING, State.IN_PROGRESS]
    assert not old.facet_done(claim(2), "worth")
    assert old.suggested_worth(claim(0)) is None


def test_the_verify_pass_goes_to_what_awaits_a_verdict_before_what_was_never_triaged() -> None:
    made = review(judgements={claim(2).id: Judgement(worth="2", voice="author")})
    assert made.next_open(-1, "verify") == 2
    assert made.next_open(-1, "both") == 0
    assert made.next_open(2, "verify") == 2


_JUDGEMENTS = st.builds(
    Judgement,
    worth=st.sampled_from([None, "0", "1", "2", "gone"]),
    voice=st.sampled_from([None, "author"]),
    flag=st.booleans(),
    note=st.sampled_from([None, "a note"]),
    skipped=st.booleans(),
)
_VERDICTS = st.lists(
    st.tuples(st.sampled_from([CONTENT, "said"]), st.sampled_from(["supported", "mixed", "gone"]), st.booleans()),
    max_size=2,
)


@given(st.lists(st.tuples(st.none() | _JUDGEMENTS, _VERDICTS, st.booleans()), min_size=4, max_size=4), st.booleans())
def test_the_states_of_all_claims_are_those_of_each(
    work: list[tuple[Judgement | None, list[tuple[str, str, bool]], bool]], attributed: bool
) -> None:
    of_claims = [(made.id, *each) for made, each in zip(review().claims, work, strict=True)]
    judgements = {id_: judged for id_, judged, _, _ in of_claims if judged is not None}
    verdicts = {
        (id_, target): Verdict(target, value, "conflict" if reason else None)
        for id_, _, given_, _ in of_claims
        for target, value, reason in given_
    }
    evidence = [Evidence(f"of {id_}", id_, CONTENT, question="Where?") for id_, _, _, based in of_claims if based]
    for scheme in (default_scheme(), replace(default_scheme(), evidence_required=True)):
        found = replace(
            review(judgements=judgements, verdicts=verdicts, evidence=tuple(evidence)),
            scheme=scheme,
            attributions=(SAID,) if attributed else (),
        )
        for pass_ in PASSES:
            assert list(found.states(pass_)) == [found.state(made, pass_) for made in found.claims]


def test_a_review_that_follows_another_keeps_its_claims_while_the_segmentation_is_the_same() -> None:
    before = review()
    after = review(judgements={claim(0).id: Judgement(worth="2")}).following(before)
    assert after.claims is before.claims
    cut = review(boundaries={24: CUT}).following(before)
    assert len(cut.claims) == len(before.claims) + 1


def worked(scheme: Scheme, *decided: Any) -> ArticleReview:
    """A review by a scheme: what was decided of each claim, whether they are attributed, and of which is evidence."""
    *work, attributed, based = decided
    of_claims = [(made.id, *each) for made, each in zip(review().claims, work, strict=True)]
    made = review(
        judgements={id_: judged for id_, judged, _ in of_claims if judged is not None},
        verdicts={
            (id_, target): Verdict(target, value, "conflict" if reason else None)
            for id_, _, verdicts in of_claims
            for target, value, reason in verdicts
        },
        evidence=tuple(Evidence(f"{at}", of_claims[at][0], CONTENT, question="Where?") for at in sorted({*based})),
    )
    return replace(made, scheme=scheme, attributions=(SAID,) if attributed else ())


_ONE = st.tuples(st.none() | _JUDGEMENTS, _VERDICTS)
_DECIDED = st.tuples(_ONE, _ONE, _ONE, _ONE, st.booleans(), st.lists(st.integers(0, 3), max_size=2))
"""What was decided of each of four claims, whether they are attributed, and of which there is evidence."""


@given(st.lists(_DECIDED, min_size=2, max_size=4), st.booleans(), st.lists(st.sampled_from(PASSES), max_size=3))
def test_a_review_that_follows_others_is_in_every_state_as_one_that_follows_none(
    decided: list[tuple[Any, ...]], evidence_required: bool, asked: list[Pass]
) -> None:
    scheme = replace(default_scheme(), evidence_required=evidence_required)
    before: ArticleReview | None = None
    for work in decided:
        made = worked(scheme, *work)
        before = made if before is None else made.following(before)
        # What one was never asked is not there to be followed.
        for pass_ in asked:
            before.states(pass_)
    assert before is not None
    for pass_ in PASSES:
        assert list(before.states(pass_)) == [before.state(each, pass_) for each in before.claims]


def test_a_review_that_follows_another_takes_its_states_by_what_claims_are_now(monkeypatch: pytest.MonkeyPatch) -> None:
    before = review()
    assert set(before.states("both")) == {State.TO_DO}
    after = review(judgements={claim(0).id: Judgement(worth="2")}).following(before)
    asked: list[Claim] = []
    state = ArticleReview.state

    def noted(self: ArticleReview, claim: Claim, pass_: Pass) -> State:
        asked.append(claim)
        return state(self, claim, pass_)

    monkeypatch.setattr(ArticleReview, "state", noted)
    assert list(after.states("both")) == [State.IN_PROGRESS, *[State.TO_DO] * (len(after.claims) - 1)]
    # What the claims that nothing was decided of are is known already.
    assert asked == [after.claims[0]]


@given(st.lists(st.sets(st.integers(0, len(TEXT)), min_size=6, max_size=6), max_size=4))
def test_what_touches_a_claim_is_found_wherever_its_parts_are(places: list[set[int]]) -> None:
    made = []
    for number, edges in enumerate(places):
        one, two, three = (Span(*pair) for pair in list(pairwise(sorted(edges)))[::2])
        made.append(Attribution(f"a{number}", (three,), one, (two,)))
    offered = tuple((each.id, AttributionSuggestion(each, "rule", 0.5)) for each in made)
    hers = review(attributions=tuple(made))
    fresh = ArticleReview(replace(ARTICLE, attributions=offered), "ana", default_scheme())
    for one_claim in hers.claims:
        touching = [each for each in made if each.touches(one_claim.span)]
        assert {each.id for each in hers.attributions_of(one_claim)} == {each.id for each in touching}
        assert [each.attribution for _, each in fresh.suggested_attributions(one_claim)] == touching
