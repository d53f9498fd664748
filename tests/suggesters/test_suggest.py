"""Suggestions for whole texts: invariants on any text, nesting, relays, negation, worth, and who is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.model.article import BlockKind, Segmentation, check_segmentation
from annotator.model.attribution import Attribution, AttributionType, Form, check_nesting
from annotator.suggesters import suggest

Segment = Callable[..., Segmentation]

_PIECES = (
    "Ada Reyes said", "“", "”", '"', "''", "’", "‘", ", ", ". ", ": ", "\n", "\n\n", "told Reuters that",
    " the bridge is shut", "according to", " who ", "adding", " has denied", "-", "(", ")", "reportedly ",
    "By many accounts,", "é\u0301", "🌉", "\u202e", "’s", " and ", "Why?", "he", " is expected to ", "Asked whether ",
    "issued a statement saying", " in a poll", "made it clear that", " his claim that ", "&", "Poll:", "of", "to",
)  # fmt: skip
_TEXTS = st.one_of(st.text(min_size=1), st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map("".join))
_KINDS = st.dictionaries(st.integers(0, 5), st.sampled_from(BlockKind))


def attributions_of(text: str, segmentation: Segmentation, publisher: str = "") -> list[Attribution]:
    return [suggestion.attribution for suggestion in suggest(text, segmentation, publisher=publisher).attributions]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, kinds=_KINDS)
@example(text="0sAID, 0sAID!IN POLL", kinds={})
def test_any_text_gets_suggestions_that_hold_the_invariants(
    segment: Segment, text: str, kinds: dict[int, BlockKind]
) -> None:
    segmentation = segment(text, kinds)
    check_segmentation(text, segmentation)
    suggestions = suggest(text, segmentation)
    attributions = [suggestion.attribution for suggestion in suggestions.attributions]
    check_nesting(attributions)
    assert len({attribution.id for attribution in attributions}) == len(attributions)
    for attribution in attributions:
        for _, span in attribution.role_spans():
            assert span.slice(text).strip() == span.slice(text)
        assert attribution.cue is not None or attribution.form is Form.BLOCK
    sentences = {sentence.span for sentence in segmentation.sentences}
    assert all(worth.worth == "0" and worth.span in sentences for worth in suggestions.worths)


def test_a_text_read_twice_gets_the_same_suggestions(segment: Segment) -> None:
    text = "The mayor said the ferry was late.\n“We waited,” she added."
    assert suggest(text, segment(text)) == suggest(text, segment(text))


def test_every_suggestion_names_its_rule_and_how_sure_it_is(segment: Segment) -> None:
    text = "“We waited,” she said. The mayor criticized the delay."
    quoted, judged = suggest(text, segment(text)).attributions
    assert (quoted.rule, judged.rule) == ("quote_then_speaker", "object")
    assert 0 < judged.confidence < quoted.confidence < 1


def test_what_a_quotation_reports_is_nested_in_it(segment: Segment) -> None:
    text = "“Nobody was hurt. Reyes said that two cables had snapped. We are safe,” the mayor said."
    outer, inner = sorted(attributions_of(text, segment(text)), key=lambda attribution: attribution.parent or "")
    assert inner.parent == outer.id
    assert inner.source[0].slice(text) == "Reyes"
    assert inner.content[0].slice(text) == "that two cables had snapped"


def test_the_outlet_that_was_told_is_the_relay_and_no_part_of_cue_or_content(segment: Segment) -> None:
    text = "Reyes told Reuters on Monday that two cables had snapped."
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.relay is not None
    assert attribution.relay.slice(text) == "Reuters"
    assert attribution.content[0].slice(text) == "that two cables had snapped"


def test_an_interview_names_the_relay(segment: Segment) -> None:
    text = "In an interview with Harbour News, Reyes said the ramp was closed."
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.relay is not None
    assert attribution.relay.slice(text) == "Harbour News"


def test_the_publisher_is_an_outlet_by_whatever_name(segment: Segment) -> None:
    text = "Reyes told Dockside that two cables had snapped."
    (stranger,) = attributions_of(text, segment(text))
    (known,) = attributions_of(text, segment(text), publisher="Dockside")
    assert stranger.relay is None
    assert known.relay is not None


@pytest.mark.parametrize(
    ("text", "relay"),
    [
        ("The ramp is shut, Reyes told this newspaper.", "this newspaper"),
        ("Reyes told us that the ramp is shut.", "us"),
        ("In an interview with this paper, Reyes said the ramp is shut.", "this paper"),
        ("Speaking to Harbour News, Reyes said the ramp is shut.", "Harbour News"),
        ("Interviewed by the Courier, Reyes said the ramp is shut.", "Courier"),
        ("“It is shut,” Reyes told the Courier.", "Courier"),
    ],
)
def test_the_publisher_is_a_relay_under_any_of_its_names(segment: Segment, text: str, relay: str) -> None:
    suggestions = suggest(text, segment(text), publisher="The Harbour Courier")
    (told,) = [suggestion.attribution for suggestion in suggestions.attributions]
    assert told.relay is not None
    assert told.relay.slice(text) == relay
    assert [span.slice(text) for span in told.source] == ["Reyes"]


@pytest.mark.parametrize(
    ("told", "relay"),
    [
        ("the news agency TT", "TT"),
        ("state television RAI", "RAI"),
        ("the Swedish newspaper Dagens Nyheter", "Dagens Nyheter"),
        ("radio station Kiss", "Kiss"),
    ],
)
def test_an_outlet_is_known_by_what_stands_before_its_name(segment: Segment, told: str, relay: str) -> None:
    text = f"Reyes told {told} that the ramp is shut."
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.relay is not None
    assert attribution.relay.slice(text) == relay


def test_somebody_who_works_for_an_outlet_is_none(segment: Segment) -> None:
    text = "Reyes told website manager Ada Costa that the ramp is shut."
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.relay is None


def test_us_is_no_outlet_where_none_is_known(segment: Segment) -> None:
    text = "Reyes told us that the ramp is shut."
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.relay is None


def test_the_publisher_cites_itself(segment: Segment) -> None:
    text = "Two lines were cut, The Harbour Courier has learned."
    (attribution,) = attributions_of(text, segment(text), publisher="The Harbour Courier")
    assert [span.slice(text) for span in attribution.source] == ["The Harbour Courier"]
    assert attribution.content[0].slice(text) == "Two lines were cut"


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("No minister has claimed that the bridge is safe.", "No minister", "has claimed"),
        ("Nobody said the bridge was safe.", "Nobody", "said"),
        ("Nobody at the port has said whether the bridge was safe.", "Nobody at the port", "has said"),
        ("None of the engineers said the bridge was safe.", "None of the engineers", "said"),
        ("Neither Reyes nor Costa said that the bridge was safe.", "Neither Reyes nor Costa", "said"),
        ("Reyes neither said nor suggested that the bridge was safe.", "Reyes", "suggested"),
        ("Nor did she say the bridge was safe.", "she", "say"),
        ("Nothing in the report says the bridge is safe.", "Nothing in the report", "says"),
        ("Reyes never said the bridge was safe.", "Reyes", "never said"),
        ("Reyes is not convinced that the bridge is safe.", "Reyes", "is not convinced"),
    ],
)
def test_what_nobody_says_is_negated(segment: Segment, text: str, source: str, cue: str) -> None:
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.negated
    assert [span.slice(text) for span in attribution.source] == [source]
    assert attribution.cue is not None
    assert attribution.cue.slice(text) == cue


def test_negation_is_seen(segment: Segment) -> None:
    text = "He has never said that the bridge was safe."
    (attribution,) = attributions_of(text, segment(text))
    assert attribution.negated
    assert attribution.cue is not None
    assert attribution.cue.slice(text) == "has never said"


def test_the_type_follows_the_verb(segment: Segment) -> None:
    text = "Reyes said it was late. Reyes hopes to sail. Residents believe it is unsafe. The mayor praised the crew."
    types = [attribution.type for attribution in attributions_of(text, segment(text))]
    assert types == [
        AttributionType.STATEMENT,
        AttributionType.INTENTION,
        AttributionType.BELIEF,
        AttributionType.ATTITUDE,
    ]


def test_boilerplate_credits_bylines_introductions_and_questions_hold_no_claim(segment: Segment) -> None:
    text = "By Ada Reyes\nExample Wire\nThe ramp is closed.\nWhy was it built?\nReyes said:\nShare this page"
    kinds = {
        0: BlockKind.BYLINE, 1: BlockKind.CREDIT, 4: BlockKind.QUOTE_INTRO, 5: BlockKind.BOILERPLATE,
    }  # fmt: skip
    worths = suggest(text, segment(text, kinds)).worths
    assert [worth.span.slice(text) for worth in worths] == [
        "By Ada Reyes", "Example Wire", "Why was it built?", "Reyes said:", "Share this page",
    ]  # fmt: skip
    assert {worth.rule for worth in worths} == {"byline", "credit", "question", "quote_intro", "boilerplate"}
